package dev.gitvan.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.hook.HookReport.Answer;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.repository.WorktreeId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HookReportTest {
  private static final Path GIT = Path.of("/r/.git").toAbsolutePath();
  private static final WorktreeId WORKTREE =
      new WorktreeId(GIT, new RepositoryId(GIT), GIT.getParent());

  private static HookReport report(String point, HookOutcome... outcomes) {
    var event = new HookEvent(point, WORKTREE, Map.of(), HookEvent.DEFAULT_LIMIT);
    var answers =
        List.of(outcomes).stream()
            .map(o -> new Answer("hook", "org.example 1.0.0", o, Duration.ZERO))
            .toList();
    return new HookReport(
        BuiltInHookPoints.find(point).orElseThrow(), event, answers, Duration.ZERO);
  }

  @Test
  void vetoFailureAndTimeoutStopAGate() {
    assertThat(HookOutcome.vetoed("no").stopsGate()).isTrue();
    assertThat(new HookOutcome.Failed(new Problem(Codes.JOB_FAILED, "", "x", "")).stopsGate())
        .isTrue();
    assertThat(new HookOutcome.TimedOut(Duration.ZERO).stopsGate()).isTrue();
    assertThat(HookOutcome.passed().stopsGate()).isFalse();
    assertThat(HookOutcome.skipped("not mine").stopsGate()).isFalse();
    assertThat(HookOutcome.fixed(List.of("a.txt")).stopsGate()).isFalse();
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

  @Test
  void fixedFilesOfAllHooksAreSorted() {
    var report =
        report(
            "pre-commit",
            HookOutcome.fixed(List.of("src/b.txt", "a.txt")),
            HookOutcome.passed(),
            HookOutcome.fixed(List.of("a.txt")));
    assertThat(report.fixedFiles()).containsExactly("a.txt", "src/b.txt");
    assertThat(report.stoppedBy()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/etc/passwd", "../other", "a/../../b"})
  void fixedFilesAreInsideTheWorkingTree(String file) {
    assertThatThrownBy(() -> HookOutcome.fixed(List.of(file)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void fixingNothingIsNotFixing() {
    assertThatThrownBy(() -> HookOutcome.fixed(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
