package dev.gitvan.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is reported of an installation in which something is wrong. */
@Timeout(180)
class DiagIT {
  private static final Pattern ENGINE =
      Pattern.compile("(\\d+)\\|Active +\\| +\\d+\\|dev\\.gitvan\\.template\\.pebble ");
  private static final Pattern CONFIGURATION =
      Pattern.compile("(\\d+)\\|Active +\\| +\\d+\\|dev\\.gitvan\\.config ");

  @TempDir Path directory;

  /** Shown to fail on the launcher that gave up at such a file: exit status 70, or no end. */
  @Test
  void filesThatAreNoBundlesStopNoCommand() throws Exception {
    var repository = Repository.withOneCommit(directory);
    var bundles = copy().resolve("bundles");
    var whole = Files.readAllBytes(jar("picocli-"));
    Files.write(bundles.resolve("a-truncated.jar"), Arrays.copyOf(whole, whole.length / 2));
    Files.createFile(bundles.resolve("a-empty.jar"));
    Files.writeString(bundles.resolve("a-text.jar"), "not a jar");
    Files.createDirectory(bundles.resolve("a-directory.jar"));
    var gitvan = gitvan(repository);

    gitvan.run("job", "list").ok();
    var diagnosis = gitvan.run("diag");

    assertThat(diagnosis.status()).as(diagnosis.toString()).isEqualTo(1);
    assertThat(diagnosis.err()).isEmpty();
    assertThat(diagnosis.out())
        .contains(
            bundles.resolve("a-directory.jar") + " is a directory, not a jar file.\n",
            bundles.resolve("a-empty.jar") + " is empty.\n",
            bundles.resolve("a-text.jar") + " is not a complete jar file: ",
            bundles.resolve("a-truncated.jar") + " is not a complete jar file: ",
            "  To do: Replace it with a working copy of the bundle, or delete it.\n");
  }

  @Test
  void aMissingBundleIsTheRootOfWhatItLeavesWaiting() throws Exception {
    var repository = Repository.withOneCommit(directory);
    Files.delete(copy().resolve("bundles").resolve(jar("dev.gitvan.template-").getFileName()));
    var gitvan = gitvan(repository);

    var diagnosis = gitvan.run("diag");

    assertThat(diagnosis.status()).isEqualTo(1);
    assertThat(diagnosis.out())
        .startsWith(
            """
            dev.gitvan.template.Templates is a service that no installed bundle provides.
              To do: Install dev.gitvan.template, which is part of GitVan, or reinstall GitVan.
              Consequences:
            """)
        .containsPattern(
            "\n    dev\\.gitvan\\S*TemplateVerb \\(verb template\\) waits for the service ")
        // One root: every other line is indented, but for those of the health checks.
        .doesNotContainPattern("\n(?!health check )\\S");
    assertThat(gitvan.run("template", "list").err())
        .contains("gitvan template: ", "dev.gitvan.template.Templates")
        .contains("Install dev.gitvan.template,");
  }

  @Test
  void pluginsThatDoNotFitAreExplained() throws Exception {
    var repository = Repository.withOneCommit(directory);
    var bundles = copy().resolve("bundles");
    bundle(bundles, "org.example.newer", "dev.gitvan.job.spi;version=\"[2,3)\"");
    bundle(bundles, "org.example.lost", "org.example.nowhere");
    Files.delete(bundles.resolve(jar("pebble-").getFileName()));
    var gitvan = gitvan(repository);

    gitvan.run("job", "list").ok();
    var out = gitvan.run("diag").out();

    assertThat(out)
        .contains("it was made for API 2, this is API 1")
        .contains("To do: Update GitVan, or install a version of org.example.newer that was made")
        .contains("It needs the package org.example.nowhere, which no installed bundle provides.")
        .contains("To do: Install pebble (Maven: io.pebbletemplates:pebble).")
        .doesNotContain("osgi.wiring.package", "Exception");
    var problems = (List<?>) Json.object(gitvan.run("--json", "diag").out()).get("problems");
    assertThat(problems)
        .hasSize(3)
        .allSatisfy(
            problem ->
                assertThat(problem.toString()).contains("kind=bundle", "problem=is not resolved"));
  }

  /** Shown to fail on the old check, which reported that all is well. */
  @Test
  void inTheShellStoppedBundlesAreNoticed() {
    var repository = Repository.withOneCommit(directory);
    try (var shell = repository.gitvan().onTerminal("shell")) {
      shell.expect("gitvan> ").type("gitvan:version\r").expect("0.1.0").expect("gitvan> ");
      shell.type("gitvan:diag\r").expect("all well").expect("gitvan> ");
      shell.type("lb -s template.pebble\r").expect("Symbolic name");
      var engine = id(ENGINE, shell.until("gitvan> "));
      shell.type("stop " + engine + "\r").expect("gitvan> ");
      shell.type("gitvan:diag\r").expect("dev.gitvan.template.pebble").expect("is stopped");
      shell.expect("To do:").expect("start " + engine).expect("gitvan> ");
      shell.type("start " + engine + "\r").expect("gitvan> ");
      shell.type("gitvan:diag\r").expect("all well").expect("gitvan> ");
      shell.type("exit\r");
      assertThat(shell.end()).as(shell.screen()).isZero();
    }
  }

  /** Shown to fail when Gogo prints its exceptions: CommandNotFoundException, BundleException. */
  @Test
  void inTheShellFailuresReadAsOnTheCommandLine() throws Exception {
    var repository = Repository.withOneCommit(directory);
    var lost = bundle(directory, "org.example.lost", "org.example.nowhere");
    try (var shell = repository.gitvan().onTerminal("shell")) {
      shell.expect("gitvan> ").type("gitvan:version\r").expect("0.1.0").expect("gitvan> ");
      shell.type("gitvan:rum\r").expect("USAGE").expect("Did you mean gitvan:run");
      shell.expect("gitvan> ").type("nonsense\r").expect("USAGE").expect("nonsense");
      shell.expect("gitvan> ").type("start " + lost + "\r").expect("PLUGIN_UNRESOLVED");
      shell.expect("org.example.nowhere, which no installed bundle provides").expect("gitvan> ");
      shell.type("lb -s dev.gitvan.config\r").expect("Symbolic name");
      var configuration = id(CONFIGURATION, shell.until("gitvan> "));
      shell.type("stop " + configuration + "\r").expect("gitvan> ");
      shell.type("gitvan:run x\r").expect("SERVICE_MISSING");
      shell.expect("gitvan diag shows what is missing").expect("gitvan> ");
      shell.type("exit\r");
      assertThat(shell.end()).as(shell.screen()).isZero();
      assertThat(shell.screen()).doesNotContain("Exception", "\tat ");
    }
  }

  private static String id(Pattern bundle, String list) {
    return bundle.matcher(list).results().findFirst().orElseThrow().group(1);
  }

  private Path copy() {
    return Distribution.copyTo(directory.resolve("gitvan"));
  }

  private Gitvan gitvan(Repository repository) {
    return repository.gitvan().installedAt(directory.resolve("gitvan"));
  }

  private static Path jar(String prefix) throws IOException {
    try (var jars = Files.list(Distribution.root().resolve("bundles"))) {
      return jars.filter(jar -> jar.getFileName().toString().startsWith(prefix))
          .findFirst()
          .orElseThrow();
    }
  }

  private static Path bundle(Path folder, String name, String imports) throws IOException {
    var manifest = new Manifest();
    var main = manifest.getMainAttributes();
    main.putValue("Manifest-Version", "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", name);
    main.putValue("Bundle-Version", "1.0.0");
    main.putValue("Import-Package", imports);
    var file = folder.resolve(name + "-1.0.0.jar");
    new JarOutputStream(Files.newOutputStream(file), manifest).close();
    return file;
  }
}
