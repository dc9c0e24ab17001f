package dev.gitvan.shell.internal.diag;

import static dev.gitvan.shell.internal.diag.TestFramework.component;
import static dev.gitvan.shell.internal.diag.TestFramework.start;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.diagnostics.RejectionSource;
import dev.gitvan.shell.internal.diag.parts.Broken;
import dev.gitvan.shell.internal.diag.parts.Waiting;
import dev.gitvan.shell.internal.diag.parts.Working;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What diag says of bundles in a real framework. */
class SystemCheckTest {
  private static final String PARTS = "dev.gitvan.shell.internal.diag.parts";
  private static final Map<String, String> PLUGIN =
      Map.of("Import-Package", "dev.gitvan.job.spi," + PARTS);
  private static final String RUNNABLE = "java.lang.Runnable";
  private static final String COMPARABLE = "java.lang.Comparable";

  @TempDir Path storage;
  private TestFramework framework;
  private final List<RejectionSource> rejections = new ArrayList<>();

  @BeforeEach
  void startFramework() throws Exception {
    framework = new TestFramework(storage);
  }

  @AfterEach
  void stopFramework() throws Exception {
    framework.close();
  }

  @Test
  void isSilentWhenEverythingWorks() {
    start(framework.install("works", PLUGIN, component(Working.class, RUNNABLE)));
    framework.install("not.started.and.none.of.gitvan", Map.of("Bundle-Activator", "x.Y"));

    assertThat(lines()).isEmpty();
  }

  @Test
  void tellsWhichApiAPluginWasMadeFor() {
    framework.install("newer", Map.of("Import-Package", "dev.gitvan.job.spi;version=\"[2,3)\""));
    framework.install("older", Map.of("Import-Package", "dev.gitvan.job.spi;version=\"[0.9,1)\""));

    assertThat(lines())
        .containsExactly(
            "newer 1.0.0 is not resolved",
            "  it needs the package dev.gitvan.job.spi, version [2.0.0,3.0.0): it was made for API"
                + " 2, this is API 1 (org.apache.felix.framework 7.0.5 has version 1.0.0)",
            "  -> Update GitVan, or install a version of newer that was made for API 1.",
            "older 1.0.0 is not resolved",
            "  it needs the package dev.gitvan.job.spi, version [0.9.0,1.0.0): it was made for API"
                + " 0, this is API 1 (org.apache.felix.framework 7.0.5 has version 1.0.0)",
            "  -> Install a version of older that was made for API 1.");
  }

  @Test
  void namesTheArtifactOfAMissingPackage() {
    framework.install("a", Map.of("Import-Package", "dev.gitvan.git"));
    framework.install(
        "b",
        Map.of(
            "Import-Package",
            "io.pebbletemplates.pebble,io.pebbletemplates.pebble.node,"
                + "io.pebbletemplates.pebble.lexer,io.pebbletemplates.pebble.loader"));
    framework.install("c", Map.of("Import-Package", "org.nowhere"));

    assertThat(lines())
        .containsExactly(
            "a 1.0.0 is not resolved",
            "  it needs the package dev.gitvan.git, which is in dev.gitvan.git.api",
            "  -> Install dev.gitvan.git.api (Maven: dev.gitvan:dev.gitvan.git.api).",
            "b 1.0.0 is not resolved",
            "  it needs the packages io.pebbletemplates.pebble, io.pebbletemplates.pebble.node,"
                + " io.pebbletemplates.pebble.lexer and 1 more, which are in pebble",
            "  -> Install pebble (Maven: io.pebbletemplates:pebble).",
            "c 1.0.0 is not resolved",
            "  it needs the package org.nowhere, which no installed bundle provides",
            "  -> Install a bundle that provides it, or a version of c that does without.");
  }

  @Test
  void startsAtTheBundleThatOthersNeed() {
    framework.install("c.user", Map.of("Import-Package", "org.example.lib"));
    framework.install(
        "lib", Map.of("Import-Package", "org.nowhere", "Export-Package", "org.example.lib"));

    assertThat(lines())
        .containsExactly(
            "lib 1.0.0 is not resolved",
            "  it needs the package org.nowhere, which no installed bundle provides",
            "  -> Install a bundle that provides it, or a version of lib that does without.",
            "  c.user 1.0.0 is not resolved",
            "    it needs the package org.example.lib of lib 1.0.0");
  }

  @Test
  void tellsAboutJavaAndBundles() {
    framework.install(
        "new", Map.of("Require-Capability", "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\""));
    framework.install("part", Map.of("Fragment-Host", "org.example.host"));
    framework.install("user", Map.of("Require-Bundle", "part;bundle-version=2"));

    assertThat(lines())
        .contains(
            "  it needs Java 99, but this is Java " + Runtime.version().feature(),
            "  -> Run GitVan with Java 99 or newer.",
            "  it needs the bundle org.example.host, which is not installed",
            "  -> Install the bundle org.example.host, or a version of part that does without.");
  }

  /** Shown to fail on the old check, which looked at unresolved bundles only. */
  @Test
  void tellsAboutStoppedBundlesAndWhatWaitsForThem() throws Exception {
    var provider =
        framework.install(
            "provider",
            Map.of(
                "Import-Package", "dev.gitvan.job.spi," + PARTS,
                "Provide-Capability", "osgi.service;objectClass:List<String>=" + RUNNABLE),
            component(Working.class, RUNNABLE));
    start(provider);
    start(framework.install("waits", PLUGIN, component(Waiting.class, COMPARABLE, RUNNABLE)));
    assertThat(lines()).isEmpty();

    provider.stop();

    assertThat(lines())
        .containsExactly(
            "provider 1.0.0 is stopped",
            "  -> To use it, start it in the shell: start " + provider.getBundleId() + ".",
            "  Waiting (job waiting) waits for the service java.lang.Runnable");
  }

  @Test
  void namesTheArtifactOfAMissingService() {
    start(
        framework.install(
            "waits", PLUGIN, component(Waiting.class, COMPARABLE, "dev.gitvan.metrics.Metrics")));

    assertThat(lines())
        .containsExactly(
            "dev.gitvan.metrics.Metrics is a service that no installed bundle provides",
            "  -> Install dev.gitvan.metrics, which is part of GitVan, or reinstall GitVan.",
            "  Waiting (job waiting) waits for the service dev.gitvan.metrics.Metrics");
  }

  /** Nobody has used the service yet, so that nothing but the check can know. */
  @Test
  void tellsWhyAComponentCannotBeConstructed() {
    start(framework.install("broken", PLUGIN, component(Broken.class, RUNNABLE)));

    assertThat(lines())
        .containsExactly(
            "Broken (job broken) could not be started",
            "  IllegalStateException: no licence key",
            "  -> Remove the cause. If it is a bug in broken, report it to its author:"
                + " gitvan -v diag prints the stack trace.");
    assertThat(check().run(List.of(), Optional.empty()).get(0).finding().trace())
        .contains("InvocationTargetException");
  }

  @Test
  void tracesAConsumerToTheComponentThatCannotBeConstructed() {
    start(framework.install("broken", PLUGIN, component(Broken.class, RUNNABLE)));
    start(framework.install("waits", PLUGIN, component(Waiting.class, COMPARABLE, RUNNABLE)));

    var trees = check().run(List.of(), Optional.empty());

    assertThat(trees).hasSize(1);
    assertThat(trees.get(0).finding().name()).isEqualTo("Broken (job broken)");
    assertThat(trees.get(0).consequences())
        .extracting(tree -> tree.finding().name())
        .containsExactly("Waiting (job waiting)");
  }

  @Test
  void believesTheLauncher() {
    var failed = framework.install("failed", Map.of("Bundle-Activator", "x.Y"));
    start(failed);
    var idle = framework.install("idle", Map.of("Bundle-Activator", "x.Y"));
    start(idle);
    Supplier<Map<String, Object>> report =
        () ->
            Map.of(
                "unreadable",
                Map.of("/opt/bundles/a.jar", "is empty"),
                "failures",
                Map.of(
                    failed.getBundleId(),
                    "org.osgi.framework.BundleException: Activator start error in bundle x.\n"
                        + "\tat a.b\nCaused by: java.io.IOException: port 80 is in use\n"),
                "idle",
                Set.of(idle.getBundleId()));
    Dictionary<String, Object> properties = new Hashtable<>(Map.of("gitvan.launch.report", true));
    framework.context().registerService(Supplier.class, report, properties);

    assertThat(lines())
        .containsExactly(
            "/opt/bundles/a.jar is empty",
            "  -> Replace it with a working copy of the bundle, or delete it.",
            "failed 1.0.0 could not be started",
            "  IOException: port 80 is in use",
            "  -> Remove the cause and run the command again; in the shell: start "
                + failed.getBundleId()
                + ". If it is a bug in the bundle, report it to its author: gitvan -v diag prints"
                + " the stack trace.");
  }

  @Test
  void tellsAboutPlainJarsAndRejections() {
    framework.installPlainJar("x.jar");
    rejections.add(
        () ->
            List.of(
                new Rejection("job", "greet", "b 1.0.0", "SHADOWED", "another job has its name")));

    assertThat(lines())
        .containsExactly(
            "test:x.jar is not an OSGi bundle: its manifest has no Bundle-SymbolicName",
            "  other bundles cannot import its packages",
            "  -> Use a version that is a bundle, or add the manifest headers with bnd.",
            "job greet was rejected with SHADOWED: another job has its name",
            "  contributed by b 1.0.0",
            "  -> Rename one of the two, or uninstall a bundle.");
  }

  @Test
  void whatTheUserAllowsToBeReplacedIsNoProblem() {
    var reason = "org.example.tools 1.0.0 replaces it, as your own gitvan.yaml allows";
    var replaced =
        new Rejection("verb", "version", "dev.gitvan.shell 1.0.0", Rejection.REPLACED, reason);
    rejections.add(() -> List.of(replaced));

    assertThat(lines()).isEmpty();
    assertThat(check().replacements()).containsExactly(replaced);
  }

  @Test
  void aRepositoryThatCannotBeOpenedIsAProblem() {
    var problem = new Problem(Codes.ACCESS_DENIED, "/r", "HEAD may not be read", "Allow it.");
    var findings = check().run(List.of(), Optional.of(problem));

    assertThat(findings).hasSize(1);
    var finding = findings.get(0).finding();
    assertThat(finding.kind()).isEqualTo(Finding.Kind.REPOSITORY);
    assertThat(finding.name() + " " + finding.what())
        .isEqualTo("repository /r cannot be opened: HEAD may not be read");
    assertThat(finding.remedy()).isEqualTo("Allow it.");
  }

  private SystemCheck check() {
    return new SystemCheck(framework.context(), framework.components(), rejections);
  }

  private List<String> lines() {
    var lines = new ArrayList<String>();
    check().run(List.of(), Optional.empty()).forEach(tree -> add(tree, "", lines));
    return lines;
  }

  private static void add(FindingTree tree, String indent, List<String> lines) {
    var finding = tree.finding();
    lines.add(indent + finding.name() + " " + finding.what());
    finding.details().forEach(detail -> lines.add(indent + "  " + detail));
    if (!finding.remedy().isEmpty()) {
      lines.add(indent + "  -> " + finding.remedy());
    }
    tree.consequences().forEach(consequence -> add(consequence, indent + "  ", lines));
  }
}
