package dev.gitvan.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.diagnostics.Problem;
import dev.gitvan.hook.HookReport.Answer;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.repository.WorktreeId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HookReportTest {
  private static final Path GIT = Path.of("/r/.git").toAbsolutePath();
  private static final WorktreeId WORKTREE =
      new WorktreeId(GIT, new RepositoryId(GIT), GIT.getParent());

  private static HookReport report(String point, HookOutcome... outcomes) {
    var event = new HookEvent(point, WORKTREE, Map.of(), HookEvent.DEFAULT_LIMIT);
    var answers =
        List.of(outcomes).stream().map(o -> new Answer("hook", o, Duration.ZERO)).toList();
    return new HookReport(event, answers, Duration.ZERO);
  }

  @Test
  void vetoFailureAndTimeoutStopAGate() {
    assertThat(HookOutcome.vetoed("no").stopsGate()).isTrue();
    assertThat(new HookOutcome.Failed(new Problem("X", "", "x", "")).stopsGate()).isTrue();
    assertThat(new HookOutcome.TimedOut(Duration.ZERO).stopsGate()).isTrue();
    assertThat(HookOutcome.passed().stopsGate()).isFalse();
    assertThat(HookOutcome.skipped("not mine").stopsGate()).isFalse();
  }

  @Test
  void firstObjectionAtAGateIsTold() {
    var veto = HookOutcome.vetoed("no");
    var report =
        report("pre-commit", HookOutcome.passed(), veto, new HookOutcome.TimedOut(Duration.ZERO));
    assertThat(report.stoppedBy().map(Answer::outcome)).contains(veto);
    assertThat(report(HookEvent.JOB_BEFORE, veto).stoppedBy()).isPresent();
    assertThat(report("pre-commit", HookOutcome.passed()).stoppedBy()).isEmpty();
    assertThat(report("pre-commit").stoppedBy()).isEmpty();
  }

  @Test
  void whereThereIsNoGateNothingIsStopped() {
    assertThat(report("post-commit", HookOutcome.vetoed("no")).stoppedBy()).isEmpty();
    assertThat(report(HookEvent.JOB_AFTER, HookOutcome.vetoed("no")).stoppedBy()).isEmpty();
  }
}
