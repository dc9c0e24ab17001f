package dev.gitvan.hook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Outcomes of all hooks of a point. Immutable.
 *
 * @param point the point as it was when the event was fired
 * @param answers one for each hook, in the order of the chain; also one for each source that failed
 * @param duration of the whole chain
 */
public record HookReport(
    HookPoint point, HookEvent event, List<Answer> answers, Duration duration) {
  public HookReport {
    answers = List.copyOf(answers);
  }

  /**
   * One hook's answer.
   *
   * @param hook name of the hook
   * @param origin as {@link HookDefinition#origin}
   * @param duration of the call; zero if the hook was not called
   */
  public record Answer(String hook, String origin, HookOutcome outcome, Duration duration) {}

  /** The first answer that stops the operation; empty where the point is not a gate. */
  public Optional<Answer> stoppedBy() {
    return point.gate().isClosable(event.data())
        ? answers.stream().filter(answer -> answer.outcome().stopsGate()).findFirst()
        : Optional.empty();
  }

  /** The files that hooks have changed, sorted. */
  public Set<String> fixedFiles() {
    var files = new TreeSet<String>();
    for (var answer : answers) {
      if (answer.outcome() instanceof HookOutcome.Fixed fixed) {
        files.addAll(fixed.files());
      }
    }
    return files;
  }
}
