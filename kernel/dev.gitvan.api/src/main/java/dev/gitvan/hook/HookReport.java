package dev.gitvan.hook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What all hooks of a point answered, in their order.
 *
 * @param duration of the whole chain
 */
public record HookReport(HookEvent event, List<Answer> answers, Duration duration) {
  public HookReport {
    answers = List.copyOf(answers);
  }

  /**
   * One hook's answer.
   *
   * @param hook its name
   */
  public record Answer(String hook, HookOutcome outcome, Duration duration) {}

  /** The first answer that stops the operation; empty where the point is no gate. */
  public Optional<Answer> stoppedBy() {
    return event.isGate()
        ? answers.stream().filter(answer -> answer.outcome().stopsGate()).findFirst()
        : Optional.empty();
  }
}
