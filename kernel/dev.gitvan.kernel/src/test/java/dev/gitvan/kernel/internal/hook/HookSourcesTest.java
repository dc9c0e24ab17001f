package dev.gitvan.kernel.internal.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.config.internal.ConfigurationsService;
import dev.gitvan.config.internal.document.DocumentsService;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.extension.BundleSettings;
import dev.gitvan.extension.Selection;
import dev.gitvan.hook.HookDefinition;
import dev.gitvan.hook.HookEvent;
import dev.gitvan.hook.HookListing;
import dev.gitvan.hook.HookOrder;
import dev.gitvan.hook.HookOutcome;
import dev.gitvan.hook.HookReport;
import dev.gitvan.hook.spi.Hook;
import dev.gitvan.hook.spi.HookSource;
import dev.gitvan.hook.spi.HookSource.Found;
import dev.gitvan.kernel.internal.Offers;
import dev.gitvan.kernel.internal.Recordings;
import dev.gitvan.kernel.internal.swap.Kernel;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.metrics.Operation;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.repository.WorktreeId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class HookSourcesTest {
  private static final Path GIT = Path.of("/repo/.git").toAbsolutePath();
  private static final WorktreeId WORKTREE =
      new WorktreeId(GIT, new RepositoryId(GIT), GIT.getParent());
  private static final Path ELSEWHERE = Path.of("/other/.git").toAbsolutePath();

  private final Recordings metrics = new Recordings();
  private final Kernel kernel = new Kernel();
  private final Hooks hooks = new Hooks(kernel, () -> metrics, 4, Duration.ofMillis(50));
  private final CountDownLatch free = new CountDownLatch(1);

  @AfterEach
  void close() {
    free.countDown();
    hooks.close();
  }

  private static HookDefinition definition(String name, HookOrder order, String timeout) {
    return HookDefinition.builder(name, List.of("pre-commit"), "gitvan.yaml:3:5")
        .order(order)
        .timeout(Duration.parse(timeout))
        .build();
  }

  private static Found sound(String name, HookOrder order, Hook hook) {
    return new Found.Valid(definition(name, order, "PT10S"), name, hook);
  }

  private Offers<HookSource> source(HookSource source) {
    var offer = Offers.of(source).with("component.name", "files");
    hooks.addSource(offer.offer());
    return offer;
  }

  private void plugin(String name, Hook hook) {
    hooks.add(
        Offers.of(hook)
            .with("gitvan.hook.name", name)
            .with("gitvan.hook.on", "pre-commit")
            .offer());
  }

  private HookReport fire(WorktreeId worktree) {
    return hooks.fire(new HookEvent("pre-commit", worktree, Map.of(), Duration.ofSeconds(20)));
  }

  private static List<String> names(HookReport report) {
    return report.answers().stream().map(HookReport.Answer::hook).toList();
  }

  private static List<HookOutcome> outcomes(HookReport report) {
    return report.answers().stream().map(HookReport.Answer::outcome).toList();
  }

  private static String problem(HookReport report) {
    return ((HookOutcome.Failed) outcomes(report).get(0)).problem().toString();
  }

  @Test
  void hooksOfSourcesAndOfBundlesFormOneChain() {
    plugin("polite", e -> HookOutcome.passed());
    var afterPolite = new HookOrder(Set.of(), Set.of("polite"), "");
    source(
        worktree ->
            worktree.equals(WORKTREE)
                ? List.of(
                    sound("tests", afterPolite, e -> HookOutcome.vetoed("red")),
                    sound("lint", HookOrder.ANY, e -> HookOutcome.passed()))
                : List.of());

    var report = fire(WORKTREE);
    assertThat(names(report)).containsExactly("lint", "polite", "tests");
    assertThat(report.answers().get(0).origin()).isEqualTo("gitvan.yaml:3:5");
    assertThat(report.stoppedBy()).map(HookReport.Answer::hook).contains("tests");
    assertThat(metrics.counts()).containsEntry(Operation.HOOK_CALL, 3L);

    var elsewhere = new WorktreeId(ELSEWHERE, new RepositoryId(ELSEWHERE), Path.of("/other"));
    assertThat(names(fire(elsewhere))).containsExactly("polite");
  }

  @Test
  void onlyBundlesThatTheWorktreeSelectsAreCalled(@TempDir Path home) throws Exception {
    plugin("polite", e -> HookOutcome.passed());
    source(worktree -> List.of(sound("lint", HookOrder.ANY, e -> HookOutcome.passed())));
    assertThat(names(fire(WORKTREE))).containsExactly("lint", "polite");

    Files.writeString(home.resolve("gitvan.yaml"), "bundles: { disable: [org.example.plugin] }\n");
    var configurations =
        ConfigurationsService.with(
            new DocumentsService(), Metrics.NONE, home, BundleSettings.SECTION);
    kernel.configure(Map::of, worktree -> Selection.of(configurations.ofUser()));
    assertThat(fire(WORKTREE).answers()).isEmpty();
    assertThat(hooks.list(WORKTREE, null)).isEmpty();
  }

  @Test
  void configurationThatCannotBeReadStopsAGate() {
    plugin("polite", e -> HookOutcome.passed());
    kernel.configure(
        Map::of,
        worktree -> {
          throw GitVanException.of(Codes.CONFIG_PARSE, "gitvan.yaml:1:2", "no mapping", "");
        });
    var report = fire(WORKTREE);
    assertThat(problem(report)).startsWith("CONFIG_PARSE gitvan.yaml:1:2");
    assertThat(report.stoppedBy()).isPresent();
  }

  @Test
  void sourceWithoutHooksLeavesAnEmptyReport() {
    source(worktree -> List.of());
    assertThat(fire(WORKTREE).answers()).isEmpty();
    assertThat(metrics.counts()).isEmpty();
  }

  @Test
  void sourceThatFailsStopsAGate() {
    source(
        worktree -> {
          throw GitVanException.of(Codes.CONFIG_PARSE, "gitvan.yaml:1:2", "no mapping", "");
        });
    plugin("good", e -> HookOutcome.passed());

    var report = fire(WORKTREE);
    assertThat(names(report)).containsExactly("files", "good");
    assertThat(problem(report)).startsWith("CONFIG_PARSE gitvan.yaml:1:2");
    assertThat(report.stoppedBy()).isPresent();
    assertThat(hooks.list(WORKTREE, null))
        .extracting(HookListing::name)
        .containsExactly("files", "good");
  }

  @Test
  void sourceThatReturnsNullFailsWithItsName() {
    source(worktree -> null);
    assertThat(problem(fire(WORKTREE))).contains("INTERNAL hook files");
  }

  @Test
  void sourceThatIgnoresInterruptsStopsGatesUntilItIsReplaced() {
    var stuck = source(worktree -> List.of(hang()));
    var event = new HookEvent("pre-commit", WORKTREE, Map.of(), Duration.ofMillis(100));
    assertThat(hooks.fire(event).stoppedBy()).isPresent();
    assertThat(hooks.rejections()).extracting(Rejection::code).containsExactly("QUARANTINED");
    assertThat(problem(fire(WORKTREE))).startsWith("HOOK_QUARANTINED hook source files");
    assertThat(hooks.list(WORKTREE, null)).extracting(HookListing::name).containsExactly("files");

    hooks.removeSource(stuck);
    assertThat(fire(WORKTREE).answers()).isEmpty();
  }

  private Found hang() {
    while (true) {
      try {
        free.await();
        return sound("late", HookOrder.ANY, e -> HookOutcome.passed());
      } catch (InterruptedException e) {
        // Ignores interrupts, as bad sources do.
      }
    }
  }

  @Test
  void brokenHookStopsAGateWithItsFirstProblem() {
    var problem = new Problem(Codes.CONFIG_TYPE, "gitvan.yaml:3:9", "run must be a string", "");
    source(
        worktree ->
            List.of(
                new Found.Invalid(definition("lint", HookOrder.ANY, "PT10S"), List.of(problem))));

    var report = fire(WORKTREE);
    assertThat(report.stoppedBy()).isPresent();
    assertThat(problem(report)).startsWith("CONFIG_TYPE gitvan.yaml:3:9");
    assertThat(hooks.list(WORKTREE, "pre-commit"))
        .containsExactly(
            new HookListing("lint", "pre-commit", "gitvan.yaml:3:5", List.of(problem)));
  }

  @Test
  void hookThatIgnoresInterruptsFailsUntilItsDefinitionChanges() {
    var fingerprint = new AtomicReference<>("one");
    var body = new AtomicReference<Hook>(e -> outcome(hang()));
    source(
        worktree ->
            List.of(
                new Found.Valid(
                    definition("slow", HookOrder.ANY, "PT0.01S"), fingerprint.get(), body.get())));
    assertThat(outcomes(fire(WORKTREE)))
        .containsExactly(new HookOutcome.TimedOut(Duration.ofMillis(10)));
    assertThat(problem(fire(WORKTREE))).startsWith("HOOK_QUARANTINED hook slow");
    assertThat(hooks.rejections()).extracting(Rejection::code).containsExactly("QUARANTINED");

    fingerprint.set("two");
    body.set(e -> HookOutcome.passed());
    assertThat(outcomes(fire(WORKTREE))).containsExactly(HookOutcome.passed());
  }

  private static HookOutcome outcome(Found found) {
    return HookOutcome.passed();
  }
}
