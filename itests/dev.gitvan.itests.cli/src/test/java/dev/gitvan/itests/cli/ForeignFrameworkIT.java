package dev.gitvan.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GitVan's bundles in a framework that GitVan's launcher has not started. */
class ForeignFrameworkIT {
  @TempDir Path directory;

  /**
   * The user's directories are found, so that both persistent cache tiers work and measurements are
   * kept.
   *
   * <p>Shown to fail when bundles read the framework properties that the launcher sets: the only
   * tier is the heap, and nothing is written.
   */
  @Test
  void findsTheUsersDirectories() throws Exception {
    var repository = Repository.withOneCommit(directory);
    repository.template("t.peb", "{% for i in range(1, 2000) %}{{ i }}{% endfor %} {{ item }}\n");
    repository.job(
        "many",
        "steps:\n  - { template: t.peb, for-each: %s, to: \"{{ item }}.txt\" }\n"
            .formatted(IntStream.rangeClosed(1, 40).boxed().toList()));

    var out = run(repository, "-q run many", "-q run many", "cache show rendered", "diag");

    assertThat(out).contains("L1 heap", "L2 disk", "L3 git", "all well");
    var home = repository.sandbox().home();
    assertThat(home.resolve(".cache/gitvan/disk")).isDirectory();
    assertThat(home.resolve(".local/state/gitvan/cache-counters")).isNotEmptyFile();
    assertThat(home.resolve(".local/state/gitvan/metrics")).isNotEmptyDirectory();
  }

  @Test
  void honoursGitvanHome() throws Exception {
    var repository = Repository.withOneCommit(directory);
    var home = directory.resolve("own");

    run(repository.sandbox().root(), environment(repository, home.toString()), "job list");

    assertThat(home.resolve("state/metrics")).isNotEmptyDirectory();
    assertThat(repository.sandbox().home().resolve(".local/state/gitvan")).doesNotExist();
  }

  private String run(Repository repository, String... lines) throws Exception {
    return run(repository.sandbox().root(), environment(repository, null), lines);
  }

  private static LinkedHashMap<String, String> environment(Repository repository, String home) {
    var environment = new LinkedHashMap<>(repository.sandbox().environment());
    environment.put("PATH", System.getenv("PATH"));
    if (home != null) {
      environment.put("GITVAN_HOME", home);
    }
    return environment;
  }

  private String run(Path root, LinkedHashMap<String, String> environment, String... lines)
      throws IOException, InterruptedException {
    var storage = Files.createDirectory(directory.resolve("felix"));
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath(),
                PlainFelix.class.getName(),
                Distribution.root().resolve("bundles").toString(),
                storage.toString()));
    command.addAll(List.of(lines));
    var builder =
        new ProcessBuilder(command)
            .directory(root.toFile())
            .redirectError(storage.resolve("err").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    var process = builder.start();
    process.getOutputStream().close();
    var out = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(out + Files.readString(storage.resolve("err"))).isZero();
    return out;
  }

  /** The framework and SLF4J from the distribution, and {@link PlainFelix}; no launcher. */
  private static String classPath() throws IOException {
    var classes = PlainFelix.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    try (var jars = Files.list(Distribution.root().resolve("lib"))) {
      var libraries =
          jars.filter(
              jar ->
                  Stream.of("org.apache.felix.framework-", "slf4j-api-")
                      .anyMatch(jar.getFileName().toString()::startsWith));
      return Stream.concat(Stream.of(classes), libraries.map(Path::toString))
          .collect(Collectors.joining(":"));
    }
  }
}
