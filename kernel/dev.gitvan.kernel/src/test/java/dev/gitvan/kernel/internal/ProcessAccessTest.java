package dev.gitvan.kernel.internal;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * GitVan starts commands through {@code ProcessLauncher} only, and takes the environment and the
 * user from its caller, never from its own process: one process serves many callers. The launcher
 * in {@code distribution/} is the caller of the command line, and not read here.
 *
 * <p>Shown to fail with a {@code System.getenv} in a step, and with an entry of the lists that no
 * class needs.
 */
class ProcessAccessTest {
  private static final Pattern STARTS =
      Pattern.compile("\\bProcessBuilder\\b|\\bRuntime\\.getRuntime\\(\\)\\s*\\.exec\\b");

  private static final Pattern READS =
      Pattern.compile("\\bSystem\\s*(\\.|::)\\s*getenv\\b|\\bgetProperty\\(\\s*\"user\\.");

  private static final Pattern COMMENTS = Pattern.compile("(?s)/\\*.*?\\*/|//[^\\n]*");

  private static final String LAUNCHER = "It is the launcher.";
  private static final String BENCH =
      "It measures other programs. Threads of a launcher would be in the figures.";

  /** Classes that may start processes, with the reason. */
  private static final Map<String, String> MAY_START =
      Map.ofEntries(
          Map.entry("dev.gitvan.bench.internal.NodePeer", BENCH),
          Map.entry("dev.gitvan.bench.internal.Programs", BENCH),
          Map.entry(
              "dev.gitvan.git.jgit.internal.settings.GuardedFs", "It keeps JGit from doing so."),
          Map.entry("dev.gitvan.process.local.internal.LocalProcess", LAUNCHER),
          Map.entry("dev.gitvan.process.local.internal.ProcessGroup", LAUNCHER),
          Map.entry("dev.gitvan.process.local.internal.Watcher", LAUNCHER));

  /** Classes that may read the environment or the user of the process, with the reason. */
  private static final Map<String, String> MAY_READ =
      Map.ofEntries(
          Map.entry(
              "dev.gitvan.git.jgit.internal.settings.Repositories",
              "All callers share the repositories: Git's configuration is that of the process's"
                  + " user."),
          Map.entry(
              "dev.gitvan.git.jgit.internal.settings.UserSettings",
              "The home directory of a user without HOME, as for GitVanHome."),
          Map.entry(
              "dev.gitvan.home.GitVanHome",
              "In a framework that our launcher has not started, there is no caller to ask."),
          Map.entry(
              "dev.gitvan.kernel.internal.run.Host",
              "The name of the machine, which all callers share."),
          Map.entry(
              "dev.gitvan.shell.internal.gogo.ShellProcess",
              "A Gogo session has no environment of its own."));

  private static final Map<String, String> SOURCES = new TreeMap<>();

  @BeforeAll
  static void readSources() throws IOException {
    var root = Path.of("").toAbsolutePath().getParent().getParent();
    for (var folder : Set.of("kernel", "bundles")) {
      try (var files = Files.walk(root.resolve(folder))) {
        for (var file : files.filter(ProcessAccessTest::isMainSource).sorted().toList()) {
          var text = COMMENTS.matcher(Files.readString(file)).replaceAll(" ");
          SOURCES.put(className(file), text);
        }
      }
    }
    assertThat(SOURCES).containsKeys("dev.gitvan.home.GitVanHome").hasSizeGreaterThan(300);
  }

  private static boolean isMainSource(Path file) {
    var path = file.toString().replace('\\', '/');
    return path.endsWith(".java") && path.contains("/src/main/java/");
  }

  private static String className(Path file) {
    var path = file.toString().replace('\\', '/');
    return path.substring(path.indexOf("/src/main/java/") + 15, path.length() - 5)
        .replace('/', '.');
  }

  private static Set<String> matching(Pattern pattern) {
    var names = new TreeSet<String>();
    SOURCES.forEach(
        (name, text) -> {
          if (pattern.matcher(text).find()) {
            names.add(name);
          }
        });
    return names;
  }

  @Test
  void onlyTheLauncherStartsProcesses() {
    assertOnly(MAY_START, matching(STARTS), "Start these commands through ProcessLauncher");
  }

  @Test
  void theEnvironmentComesFromTheCaller() {
    assertOnly(MAY_READ, matching(READS), "Hand the caller's environment down to these");
  }

  private static void assertOnly(Map<String, String> allowed, Set<String> found, String remedy) {
    var others = new TreeSet<>(found);
    others.removeAll(allowed.keySet());
    assertThat(others.stream().collect(joining("\n"))).as(remedy).isEmpty();
    assertThat(found).as("Take the others out of the list").containsAll(allowed.keySet());
  }
}
