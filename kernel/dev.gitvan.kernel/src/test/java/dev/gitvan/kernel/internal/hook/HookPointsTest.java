package dev.gitvan.kernel.internal.hook;

import static dev.gitvan.document.ValueType.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.document.ValueField;
import dev.gitvan.hook.HookEvent;
import dev.gitvan.hook.HookListing;
import dev.gitvan.hook.HookOutcome;
import dev.gitvan.hook.HookPoint;
import dev.gitvan.hook.HookReport;
import dev.gitvan.hook.spi.Hook;
import dev.gitvan.hook.spi.HookPointProvider;
import dev.gitvan.kernel.internal.Offers;
import dev.gitvan.kernel.internal.Recordings;
import dev.gitvan.kernel.internal.swap.Kernel;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.repository.WorktreeId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HookPointsTest {
  private static final Path GIT = Path.of("/repo/.git").toAbsolutePath();
  private static final WorktreeId WORKTREE =
      new WorktreeId(GIT, new RepositoryId(GIT), GIT.getParent());
  private static final HookPoint RELEASE =
      HookPoint.gate(
          "release:before",
          "Before a release",
          ValueField.required("version", STRING, "Version to release"));

  private final Recordings metrics = new Recordings();
  private final Hooks hooks = new Hooks(new Kernel(), () -> metrics, 4, Duration.ofMillis(50));

  @AfterEach
  void close() {
    hooks.close();
  }

  private static Offers<HookPointProvider> provider(String name, HookPointProvider provider) {
    return Offers.of(provider).with("gitvan.hook.point.name", name);
  }

  private void hook(String name, String... points) {
    hooks.add(
        Offers.<Hook>of(event -> HookOutcome.vetoed("no"))
            .with("gitvan.hook.name", name)
            .with("gitvan.hook.on", points)
            .offer());
  }

  private HookReport fire(String point, Map<String, Object> data) {
    return hooks.fire(new HookEvent(point, WORKTREE, data, HookEvent.DEFAULT_LIMIT));
  }

  @Test
  void hookIsActiveWhileItsPointIsContributed() {
    hook("freeze", "release:before");
    assertThat(hooks.rejections())
        .extracting(Rejection::contribution, Rejection::code)
        .containsExactly(tuple("freeze", "POINT_UNKNOWN"));
    assertThatThrownBy(() -> fire("release:before", Map.of("version", "1.0")))
        .isInstanceOfSatisfying(
            GitVanException.class, e -> assertThat(e.code()).isEqualTo(Codes.HOOK_NOT_FOUND));

    var provider = provider("release:before", () -> RELEASE);
    hooks.addPoint(provider.offer());
    assertThat(hooks.rejections()).isEmpty();
    assertThat(hooks.points()).contains(RELEASE);
    var report = fire("release:before", Map.of("version", "1.0"));
    assertThat(report.stoppedBy()).map(HookReport.Answer::hook).contains("freeze");

    hooks.removePoint(provider);
    assertThat(hooks.rejections()).hasSize(1);
    assertThat(hooks.points()).doesNotContain(RELEASE);
  }

  @Test
  void misspeltPointIsReportedWithTheNearestAndTheOthersOfTheHookWork() {
    hook("lint", "pre-comit", "pre-push");
    assertThat(hooks.rejections())
        .singleElement()
        .satisfies(
            rejection ->
                assertThat(rejection.reason())
                    .startsWith("there is no hook point pre-comit. Did you mean pre-commit"));
    assertThat(fire("pre-push", push()).answers()).hasSize(1);
    assertThat(hooks.list(WORKTREE, "pre-comit"))
        .singleElement()
        .extracting(HookListing::problems)
        .asString()
        .contains("HOOK_NOT_FOUND");
  }

  private static Map<String, Object> push() {
    return Map.of("remote", "origin", "url", "/x", "updates", List.of());
  }

  @Test
  void eventsMustCarryWhatTheirPointDeclares() {
    assertThatThrownBy(() -> fire("pre-push", Map.of("remote", "origin")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("url is missing");
  }

  @Test
  void pointsThatDescribeNothingUsableAreRejected() {
    hooks.addPoint(provider("pre-commit", () -> RELEASE).offer());
    hooks.addPoint(provider("release", () -> RELEASE).offer());
    hooks.addPoint(provider("release:after", () -> RELEASE).offer());
    hooks.addPoint(provider("a:fails", () -> HookPoint.gate("a:fails", "")).offer());
    hooks.addPoint(provider("a:null", () -> null).offer());

    assertThat(hooks.rejections())
        .extracting(Rejection::code)
        .containsExactlyInAnyOrder(
            "NAME_OWNED", "NAME_INVALID", "NAME_MISMATCH", "POINT_FAILED", "POINT_FAILED");
  }

  @Test
  void ofTwoBundlesTheFirstOwnsAPoint() {
    var other = HookPoint.notification("release:before", "Another one");
    hooks.addPoint(provider("release:before", () -> RELEASE).bundle("a", "1.0.0", 1).offer());
    hooks.addPoint(provider("release:before", () -> other).bundle("b", "1.0.0", 2).offer());

    assertThat(hooks.points()).contains(RELEASE).doesNotContain(other);
    assertThat(hooks.rejections())
        .singleElement()
        .satisfies(
            rejection -> {
              assertThat(rejection.code()).isEqualTo("SHADOWED");
              assertThat(rejection.bundle()).isEqualTo("b 1.0.0");
            });
  }
}
