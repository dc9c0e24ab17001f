package dev.gitvan.git.jgit.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.Commit;
import dev.gitvan.git.CommitGraph;
import dev.gitvan.git.GitRepository;
import dev.gitvan.git.GitRepository.State;
import dev.gitvan.git.HistoryQuery;
import dev.gitvan.git.jgit.internal.command.GitCommand;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.process.local.internal.LocalLauncher;
import dev.gitvan.testkit.GitSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read is compared with what the {@code git} command says. */
class RepositoryReadTest {
  @TempDir Path directory;
  private GitSandbox git;
  private Repositories repositories;
  private JGitGit service;

  @BeforeEach
  void open() {
    git = GitSandbox.init(directory);
    repositories = new Repositories(git.environment());
    service = new JGitGit(repositories, Metrics.NONE, new GitCommand(new LocalLauncher()));
  }

  @AfterEach
  void close() {
    repositories.close();
  }

  private GitRepository repository() {
    return service.open(service.discover(git.root()));
  }

  private static List<Commit> all(GitRepository repository, HistoryQuery query) {
    var commits = new ArrayList<Commit>();
    try (var history = repository.history(query)) {
      history.forEachRemaining(commits::add);
    }
    return commits;
  }

  private static void assertCode(ErrorCode code, Runnable call) {
    assertThatExceptionOfType(GitVanException.class)
        .isThrownBy(call::run)
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void emptyRepository() {
    try (var repository = repository()) {
      assertThat(repository.head()).isEmpty();
      assertThat(repository.branch()).contains("refs/heads/main");
      assertThat(repository.nearestTag()).isEmpty();
      assertThat(repository.status().isClean()).isTrue();
      assertThat(all(repository, HistoryQuery.fromHead())).isEmpty();
      assertThat(repository.refs("refs/")).isEmpty();
    }
  }

  @Test
  void historyIsTheLog() {
    git.commits(30);
    git.git("commit", "-q", "--allow-empty", "-m", "run: own\n\nGitvan-Run: 01X\nGitvan-Job: a");
    git.git(
        "commit",
        "-q",
        "--allow-empty",
        "-m",
        "Two lines\nof subject\n\nBody Gitvan-Run: no\n\nEnd");
    try (var repository = repository()) {
      var commits = all(repository, HistoryQuery.fromHead());
      assertThat(commits).hasSize(31).noneMatch(c -> c.subject().startsWith("run:"));
      assertThat(commits.get(0).subject()).isEqualTo("Two lines of subject");
      assertThat(commits.get(0).body()).isEqualTo("Body Gitvan-Run: no\n\nEnd");
      assertThat(commits.get(0).author()).isEqualTo("Ada Lovelace");
      var ids = all(repository, HistoryQuery.fromHead().ownCommits(true));
      assertThat(ids.stream().map(Commit::id))
          .containsExactlyElementsOf(lines(git.git("log", "--format=%H")));
      var some =
          HistoryQuery.fromHead()
              .exclude("HEAD~10")
              .paths("src/25.txt", "./src/7.txt/")
              .ownCommits(true);
      assertThat(all(repository, some).stream().map(Commit::id))
          .containsExactlyElementsOf(
              lines(
                  git.git("log", "--format=%H", "HEAD~10..HEAD", "--", "src/25.txt", "src/7.txt")));
    }
  }

  @Test
  void shallowHistoryEndsWhereTheCloneDoes() {
    git.commits(20);
    git.git("clone", "-q", "--depth=5", "file://" + git.root(), directory + "/shallow");
    try (var shallow = service.open(service.discover(directory.resolve("shallow")))) {
      assertThat(all(shallow, HistoryQuery.fromHead())).hasSize(5);
    }
  }

  /**
   * A commit that is left out, but only by a long way over commits with older dates: a reader
   * without a sort would return it.
   *
   * <p>Shown to fail with JGit's walk as it is.
   */
  @Test
  void whatIsLeftOutByALongWayIsLeftOut() {
    dated("2016-01-01T00:00:00Z", "root");
    for (int i = 10; i < 30; i++) {
      dated("2018-01-01T00:00:%02dZ".formatted(i), "early " + i);
    }
    var shared = dated("2020-01-01T00:00:10Z", "shared");
    git.git("checkout", "-q", "-b", "late");
    for (int i = 30; i > 0; i--) {
      dated("2017-01-01T00:00:%02dZ".formatted(i), "late " + i);
    }
    git.git("checkout", "-q", "main");
    var newest = dated("2021-01-01T00:00:00Z", "newest");
    try (var repository = repository()) {
      var query = HistoryQuery.of("main").exclude("late").ownCommits(true);
      assertThat(all(repository, query)).extracting(Commit::id).containsExactly(newest);
      assertThat(repository.commits().count(query)).isEqualTo(1);
      assertThat(repository.commits().divergence("main", "late"))
          .isEqualTo(new CommitGraph.Divergence(1, 30));
      assertThat(repository.commits().mergeBases("main", "late")).containsExactly(shared);
    }
  }

  private String dated(String date, String message) {
    var dates = java.util.Map.of("GIT_COMMITTER_DATE", date, "GIT_AUTHOR_DATE", date);
    git.exec(List.of("git", "commit", "-q", "--allow-empty", "-m", message), dates);
    return git.git("rev-parse", "HEAD");
  }

  @Test
  void nearestTagIsDescribed() {
    git.commit("a", "1", "one");
    git.git("tag", "light");
    git.commit("a", "2", "two");
    git.git("tag", "-a", "v1", "-m", "v1");
    git.git("tag", "also-light");
    git.commit("a", "3", "three");
    try (var repository = repository()) {
      assertThat(repository.nearestTag())
          .contains(git.git("describe", "--tags", "--abbrev=0"))
          .contains("v1");
      git.git("checkout", "-qb", "side", "light");
      git.commit("b", "1", "side");
      git.git("tag", "side-light");
      git.git("checkout", "-q", "main");
      git.git("merge", "-q", "-m", "merge", "side");
      assertThat(repository.nearestTag()).contains(git.git("describe", "--tags", "--abbrev=0"));
      git.git("checkout", "-q", "light");
      assertThat(repository.nearestTag()).contains("light");
      assertThat(repository.branch()).isEmpty();
    }
  }

  @Test
  void statusIsPorcelain() throws Exception {
    git.write(".gitignore", "*.log\nbuild/\n!keep.log\n");
    git.write("src/a.txt", "a");
    git.write("src/b.txt", "b");
    git.write("gone.txt", "x");
    git.write("unstaged-gone.txt", "x");
    git.write("exec.sh", "x");
    git.write("ünïcode näme.txt", "x");
    git.git("add", ".");
    git.git("commit", "-qm", "one");
    git.write("src/a.txt", "A");
    git.git("add", "src/a.txt");
    git.write("src/a.txt", "AA");
    git.write("src/b.txt", "B");
    git.git("rm", "-q", "gone.txt");
    Files.delete(git.root().resolve("unstaged-gone.txt"));
    git.write("new/one.txt", "1");
    git.write("new/staged.txt", "1");
    git.git("add", "new/staged.txt");
    git.write("noise.log", "1");
    git.write("sub/keep.log", "1");
    git.write("build/out", "1");
    git.write("intent.txt", "1");
    git.git("add", "-N", "intent.txt");
    git.root().resolve("exec.sh").toFile().setExecutable(true);
    Files.createSymbolicLink(git.root().resolve("link"), Path.of("src/a.txt"));
    assertSameStatus();
    git.git("reset", "-q", "--hard");
    git.git("clean", "-qfd");
    git.write("src/a.txt", "a");
    assertSameStatus();
  }

  @Test
  void statusInConflict() {
    git.commit("f", "base\n", "base");
    git.git("checkout", "-qb", "side");
    git.commit("f", "side\n", "side");
    git.git("checkout", "-q", "main");
    git.commit("f", "main\n", "main");
    git.run("merge", "-q", "side");
    try (var repository = repository()) {
      assertThat(repository.status().conflicted()).containsExactly("f");
      assertThat(repository.status().isClean()).isFalse();
      assertThat(repository.state()).isEqualTo(State.MERGING);
    }
  }

  @Test
  void statusWithNestedRepositoryAndSubmodule() {
    git.commit("f", "1", "one");
    var other = GitSandbox.init(mkdir("other"));
    other.commit("g", "1", "one");
    git.git(
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "-q",
        "add",
        other.root().toString(),
        "sub");
    git.git("commit", "-qm", "submodule");
    git.git("init", "-q", git.root() + "/nested");
    git.write("nested/x", "x");
    git.write("sub/dirty", "x");
    try (var repository = repository()) {
      var status = repository.status();
      assertThat(status.isClean()).isTrue();
      assertThat(status.untracked()).containsExactly("nested/");
    }
  }

  /** So many files that several threads compare them; some have become folders. */
  @Test
  void statusOfManyFiles() throws Exception {
    for (int i = 0; i < 1200; i++) {
      git.write("d" + i % 7 + "/f" + i + ".txt", "x" + i);
    }
    git.write(".gitignore", "*.log\n");
    git.git("add", ".");
    git.git("commit", "-qm", "one");
    assertSameStatus();
    for (int i = 0; i < 1200; i += 100) {
      var name = "d" + i % 7 + "/f" + i + ".txt";
      Files.delete(git.root().resolve(name));
      git.write(name + "/inside.txt", "new");
      git.write(name + "/noise.log", "ignored");
      git.write("d" + (i + 1) % 7 + "/f" + (i + 1) + ".txt", "changed");
      Files.delete(git.root().resolve("d" + (i + 2) % 7 + "/f" + (i + 2) + ".txt"));
      git.write("d" + i % 7 + "/new" + i, "new");
    }
    git.git("init", "-q", git.root() + "/d0/nested");
    git.write("d0/nested/x", "1");
    git.git("update-index", "--skip-worktree", "d3/f3.txt");
    Files.delete(git.root().resolve("d3/f3.txt"));
    git.write("d3/f3.txt/inside.txt", "new");
    assertSameStatus();
  }

  private Path mkdir(String name) {
    try {
      return Files.createDirectory(directory.resolve(name));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void assertSameStatus() {
    var staged = new TreeSet<String>();
    var unstaged = new TreeSet<String>();
    var untracked = new TreeSet<String>();
    for (var line :
        git.git(
                "-c",
                "core.quotePath=false",
                "status",
                "--porcelain",
                "-uall",
                "--no-renames",
                "-z")
            .split("\0")) {
      if (line.isEmpty()) {
        continue;
      }
      var path = line.substring(3);
      if (line.startsWith("??")) {
        untracked.add(path);
      } else {
        if (line.charAt(0) != ' ') {
          staged.add(path);
        }
        if (line.charAt(1) != ' ') {
          unstaged.add(path);
        }
      }
    }
    try (var repository = repository()) {
      var status = repository.status();
      assertThat(status.staged()).isEqualTo(staged);
      assertThat(status.unstaged()).isEqualTo(unstaged);
      assertThat(status.untracked()).isEqualTo(untracked);
    }
  }

  @Test
  void resolves() {
    var first = git.commit("a", "1", "one");
    var second = git.commit("a", "2", "two");
    git.git("tag", "-a", "v1", "-m", "v1");
    try (var repository = repository()) {
      assertThat(repository.head()).contains(second);
      assertThat(repository.resolve("HEAD~1")).isEqualTo(first);
      assertThat(repository.resolve(second.substring(0, 10))).isEqualTo(second);
      assertThat(repository.resolve("v1^{commit}")).isEqualTo(second);
      assertThat(repository.resolve("v1")).isEqualTo(git.git("rev-parse", "v1"));
      assertCode(Codes.OBJECT_NOT_FOUND, () -> repository.resolve("nope"));
      assertCode(Codes.OBJECT_NOT_FOUND, () -> repository.resolve("a".repeat(40)));
      assertCode(Codes.OBJECT_NOT_FOUND, () -> repository.resolve(""));
      assertCode(Codes.OBJECT_NOT_FOUND, () -> repository.resolve("HEAD^{"));
      assertCode(Codes.ARG_LOOKS_LIKE_OPTION, () -> repository.resolve("--upload-pack=touch x"));
      assertThat(repository.read(repository.resolve("HEAD:a"))).asString().isEqualTo("2");
    }
  }

  @Test
  void ambiguousIds() {
    git.commit("a", "1", "one");
    var seen = new java.util.HashMap<String, Integer>();
    String ambiguous = null;
    for (int i = 0; ambiguous == null; i++) {
      var file = git.write("f" + i, "content " + i);
      var id = git.git("hash-object", "-w", file.toString());
      if (seen.put(id.substring(0, 4), i) != null) {
        ambiguous = id.substring(0, 4);
      }
    }
    var prefix = ambiguous;
    try (var repository = repository()) {
      assertCode(Codes.OBJECT_AMBIGUOUS, () -> repository.resolve(prefix));
    }
  }

  @Test
  void changedPathsNotesAndRefs() {
    git.write("a", "1");
    git.write("dir/b", "1");
    git.git("add", ".");
    git.git("commit", "-qm", "one");
    git.git("rm", "-q", "a");
    git.write("dir/b", "2");
    git.write("c", "1");
    git.git("add", ".");
    git.git("commit", "-qm", "two");
    git.git("notes", "--ref", "review", "add", "-m", "looks good");
    try (var repository = repository()) {
      assertThat(repository.changedPaths("HEAD~1", "HEAD"))
          .extracting(c -> c.change() + " " + c.path())
          .containsExactly("DELETED a", "ADDED c", "MODIFIED dir/b");
      assertThat(repository.changedPaths(null, "HEAD")).hasSize(2);
      assertThat(repository.note("refs/notes/review", "HEAD")).contains("looks good\n");
      assertThat(repository.note("refs/notes/review", "HEAD~1")).isEmpty();
      assertThat(repository.note("refs/notes/none", "HEAD")).isEmpty();
      assertThat(repository.refs("refs/heads/"))
          .containsExactly(new GitRepository.Ref("refs/heads/main", git.git("rev-parse", "HEAD")));
    }
  }

  @Test
  void ignoredIsCheckIgnore() {
    git.write(".gitignore", "*.log\n/build/\n!important.log\ndoc/**/x\n");
    git.write("sub/.gitignore", "!deep.log\n*.tmp\n");
    git.write(".git/info/exclude", "secret\n");
    git.write("tracked.log", "1");
    git.git("add", "-f", "tracked.log");
    git.git("commit", "-qm", "one");
    git.write("build/x/y", "1");
    var paths =
        Set.of(
            "a.log",
            "important.log",
            "build/x/y",
            "sub/deep.log",
            "sub/a.tmp",
            "a.tmp",
            "secret",
            "sub/secret",
            "tracked.log",
            "doc/a/b/x",
            "doc/x",
            "src/Main.java");
    var arguments = new ArrayList<>(List.of("check-ignore"));
    arguments.addAll(paths);
    var expected = new TreeSet<>(lines(git.git(arguments.toArray(String[]::new))));
    try (var repository = repository()) {
      assertThat(new TreeSet<>(repository.ignored(paths))).isEqualTo(expected);
    }
  }

  @Test
  void statesOfProgress() {
    git.commit("f", "base\n", "base");
    git.git("checkout", "-qb", "side");
    git.commit("f", "side\n", "side");
    git.git("checkout", "-q", "main");
    git.commit("f", "main\n", "main");
    try (var repository = repository()) {
      assertThat(repository.state()).isEqualTo(State.NORMAL);
      git.run("cherry-pick", "side");
      assertThat(repository.state()).isEqualTo(State.CHERRY_PICKING);
      git.git("cherry-pick", "--abort");
      git.run("rebase", "side");
      assertThat(repository.state()).isEqualTo(State.REBASING);
      git.git("rebase", "--abort");
      git.run("revert", "--no-edit", "HEAD~1");
      assertThat(repository.state()).isEqualTo(State.REVERTING);
      git.git("revert", "--abort");
      git.git("bisect", "start");
      assertThat(repository.state()).isEqualTo(State.BISECTING);
    }
  }

  private static List<String> lines(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split("\n"));
  }
}
