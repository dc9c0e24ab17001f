package dev.gitvan.git.jgit.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.git.Commit;
import dev.gitvan.git.HistoryQuery;
import dev.gitvan.git.jgit.internal.JGitGit;
import dev.gitvan.git.jgit.internal.command.GitCommand;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.process.local.internal.LocalLauncher;
import dev.gitvan.testkit.GitSandbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replaced and grafted objects are read as Git reads them. */
class ReplacedObjectsTest {
  @TempDir Path directory;
  private GitSandbox git;

  @BeforeEach
  void init() {
    git = GitSandbox.init(directory);
    git.commit("a.txt", "1\n", "one");
    git.commit("a.txt", "2\n", "two");
    git.git("tag", "-a", "-m", "v1", "v1");
    git.commit("a.txt", "3\n", "three");
    git.commit("a.txt", "4\n", "four");
  }

  private void assertIsGits(JGitGit service) {
    try (var repository = service.open(service.discover(git.root()))) {
      var commits = new ArrayList<Commit>();
      try (var history = repository.history(HistoryQuery.fromHead())) {
        history.forEachRemaining(commits::add);
      }
      assertThat(commits)
          .extracting(c -> c.id() + "|" + String.join(" ", c.parents()) + "|" + c.subject())
          .isEqualTo(git.git("log", "--format=%H|%P|%s").lines().toList());
      var graph = repository.commits();
      assertThat(graph.count(HistoryQuery.fromHead())).isEqualTo(commits.size());
      assertThat(graph.find("HEAD").tree()).isEqualTo(git.git("log", "-1", "--format=%T"));
      assertThat(repository.resolve("HEAD~1")).isEqualTo(git.git("rev-parse", "HEAD~1"));
      assertThat(repository.status().isClean())
          .isEqualTo(git.git("status", "--porcelain", "-uno").isEmpty());
      var described = git.run("describe", "--tags", "--abbrev=0").out().strip();
      assertThat(repository.nearestTag().orElse("")).isEqualTo(described);
      var blob = git.git("rev-parse", "HEAD:a.txt");
      assertThat(new String(repository.read(blob)))
          .isEqualTo(git.run("cat-file", "-p", blob).out());
    }
  }

  private void assertIsGits() {
    var repositories = new Repositories(git.environment());
    try {
      assertIsGits(service(repositories));
    } finally {
      repositories.close();
    }
  }

  private static JGitGit service(Repositories repositories) {
    return new JGitGit(repositories, Metrics.NONE, new GitCommand(new LocalLauncher()));
  }

  @Test
  void replaceRefsAreFollowed() {
    var repositories = new Repositories(git.environment());
    try {
      // Seen by a process that has the repository open.
      var service = service(repositories);
      assertIsGits(service);
      var other = git.git("rev-parse", "HEAD:a.txt");
      git.git("replace", "--graft", "HEAD~1");
      assertIsGits(service);
      var edited = git.git("commit-tree", "-m", "edited", "-p", "v1^{commit}", "v1^{tree}");
      git.git("replace", "HEAD", edited);
      assertIsGits(service);
      git.git("pack-refs", "--all");
      git.git("gc", "-q");
      git.git("commit-graph", "write", "--reachable");
      assertIsGits(service);
      git.git("replace", git.git("rev-parse", "HEAD:a.txt"), other);
      assertIsGits(service);
      git.git("replace", "-d", "HEAD");
      assertIsGits(service);
      git.git("config", "core.useReplaceRefs", "false");
    } finally {
      repositories.close();
    }
    assertIsGits();
  }

  @Test
  void theyAreNotFollowedWhereTheEnvironmentForbidsIt() {
    var log = git.git("log", "--format=%s").lines().toList();
    git.git("replace", "--graft", "HEAD~1");
    var repositories = new Repositories(with("GIT_NO_REPLACE_OBJECTS", "1"));
    try {
      var service = service(repositories);
      try (var repository = service.open(service.discover(git.root()))) {
        var ids = repository.commits().ids(HistoryQuery.fromHead(), 10);
        assertThat(ids).hasSameSizeAs(log);
      }
    } finally {
      repositories.close();
    }
  }

  private Map<String, String> with(String name, String value) {
    var environment = new HashMap<>(git.environment());
    environment.put(name, value);
    return environment;
  }

  @Test
  void graftsAreFollowed() {
    var ids = git.git("rev-list", "HEAD").lines().toList();
    git.write(
        ".git/info/grafts",
        "# a comment\n" + ids.get(0) + " " + ids.get(2) + " " + ids.get(3) + "\n" + ids.get(2));
    assertIsGits();
    git.write(".git/info/grafts", String.join("\n", List.of(ids.get(1), "not an id")));
    assertIsGits();
  }
}
