package dev.gitvan.kernel.internal.hook;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.hook.HookEvent;
import dev.gitvan.hook.HookOutcome;
import dev.gitvan.hook.HookReport.Answer;
import dev.gitvan.hook.spi.HookSource;
import dev.gitvan.hook.spi.HookSource.Found;
import dev.gitvan.kernel.internal.Contribution;
import dev.gitvan.kernel.internal.Contributions;
import dev.gitvan.kernel.internal.swap.Kernel;
import dev.gitvan.repository.WorktreeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The hook sources, and the hooks that they find. */
final class SourceCatalog {
  private final Contributions<HookSource, String> sources;
  private final ChainRunner runner;

  /** Fingerprints of hooks that did not end, with the reason. */
  private final Map<String, Rejection> stuck = new ConcurrentHashMap<>();

  SourceCatalog(Kernel kernel, ChainRunner runner) {
    this.sources =
        new Contributions<>(
            kernel,
            "hook source",
            offer -> String.valueOf(offer.properties().getOrDefault("component.name", "source")),
            name -> name,
            () -> {});
    this.runner = runner;
  }

  Contributions<HookSource, String> sources() {
    return sources;
  }

  /**
   * What one source replied.
   *
   * @param hooks what it found; empty if it failed
   * @param failure how it failed; null if it replied
   */
  record Reply(Contribution<HookSource, String> source, List<Found> hooks, Answer failure) {}

  /**
   * Asks sources for the hooks of a worktree.
   *
   * @param deadline when all must have answered, a {@link System#nanoTime()}
   * @param limit the time until the deadline as it was at the beginning
   */
  List<Reply> ask(
      List<Contribution<HookSource, String>> asked,
      WorktreeId worktree,
      long deadline,
      Duration limit) {
    if (asked.isEmpty()) {
      return List.of();
    }
    var questions = new ArrayList<Question<HookSource, List<Found>>>();
    for (var source : asked) {
      questions.add(
          new Question<>(sources, source, service -> List.copyOf(service.hooks(worktree))));
    }
    var calls = runner.run(questions, ChainPlan.of(questions), false, deadline, limit);
    var replies = new ArrayList<Reply>();
    for (int i = 0; i < asked.size(); i++) {
      var answer = calls.get(i).answer();
      replies.add(
          answer.outcome() instanceof HookOutcome.Passed
              ? new Reply(asked.get(i), questions.get(i).reply(), null)
              : new Reply(asked.get(i), List.of(), answer));
    }
    return replies;
  }

  /**
   * Answers for the sources that are not asked any more because they did not end: nobody knows
   * which hooks they have.
   */
  List<Answer> quarantined() {
    return sources.rejections().stream()
        .filter(rejection -> rejection.code().equals(Contributions.QUARANTINED))
        .map(
            source ->
                new Answer(
                    source.contribution(),
                    source.bundle(),
                    new HookOutcome.Failed(
                        new Problem(
                            Codes.HOOK_QUARANTINED,
                            "hook source " + source.contribution(),
                            source.reason(),
                            "Replace or restart " + source.bundle() + ".")),
                    Duration.ZERO))
        .toList();
  }

  /** A hook of a source as a member of a chain. */
  ChainMember member(Contribution<HookSource, String> source, Found found, HookEvent event) {
    var problems = problems(found);
    return found instanceof Found.Valid sound && problems.isEmpty()
        ? new SourceHook(source, sound, event, reason -> quarantine(sound, reason))
        : new UnusableHook(found.definition(), problems.get(0));
  }

  /** Why a hook cannot be called; empty: it can. */
  List<Problem> problems(Found found) {
    if (found instanceof Found.Invalid broken) {
      return broken.problems();
    }
    var rejection = stuck.get(((Found.Valid) found).fingerprint());
    return rejection == null
        ? List.of()
        : List.of(
            new Problem(
                Codes.HOOK_QUARANTINED,
                "hook " + rejection.contribution(),
                rejection.reason(),
                "Make it end when it is interrupted, or raise its timeout."));
  }

  private void quarantine(Found.Valid found, String reason) {
    var definition = found.definition();
    stuck.put(
        found.fingerprint(),
        new Rejection(
            "hook", definition.name(), definition.origin(), Contributions.QUARANTINED, reason));
  }

  List<Rejection> rejections() {
    var all = new ArrayList<>(sources.rejections());
    all.addAll(stuck.values());
    return all;
  }
}
