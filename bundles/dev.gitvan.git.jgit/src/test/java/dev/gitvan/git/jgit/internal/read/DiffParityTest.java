package dev.gitvan.git.jgit.internal.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.Diff.Kind;
import dev.gitvan.git.DiffQuery;
import dev.gitvan.git.FileDiff;
import dev.gitvan.git.GitRepository;
import dev.gitvan.git.jgit.internal.JGitGit;
import dev.gitvan.git.jgit.internal.command.GitCommand;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.process.local.internal.LocalLauncher;
import dev.gitvan.testkit.GitSandbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Differences are those of {@code git diff} without any configuration, whatever the user's and the
 * repository's say.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DiffParityTest {
  @TempDir static Path directory;
  private GitSandbox git;
  private GitSandbox plain;
  private Repositories repositories;
  private GitRepository repository;

  @BeforeAll
  void build() {
    git = OddRepository.build(directory);
    plain = git;
    repositories = new Repositories(git.environment());
    var service = new JGitGit(repositories, Metrics.NONE, new GitCommand(new LocalLauncher()));
    repository = service.open(service.discover(git.root()));
  }

  @AfterAll
  void close() {
    repository.close();
    repositories.close();
  }

  private String root() {
    return plain.git("rev-list", "--max-parents=0", "main");
  }

  private List<String> commits() {
    return List.of(plain.git("rev-list", "--all").split("\n"));
  }

  private void assertSame(DiffQuery query, String... arguments) {
    var command =
        new ArrayList<>(
            List.of("-c", "core.quotePath=false", "diff", "--no-ext-diff", "--no-abbrev", "-M"));
    command.addAll(List.of("--ignore-submodules=dirty"));
    var raw = new ArrayList<>(command);
    raw.addAll(List.of("--raw", "-z"));
    raw.addAll(List.of(arguments));
    var stats = new ArrayList<>(command);
    stats.addAll(List.of("--numstat", "-z"));
    stats.addAll(List.of(arguments));
    var patch = new ArrayList<>(command);
    patch.addAll(List.of("--binary", "--full-index"));
    patch.addAll(List.of(arguments));
    var files = repository.diff().files(query);
    assertThat(String.join("", files.stream().map(DiffParityTest::raw).toList()))
        .isEqualTo(run(raw));
    assertThat(String.join("", files.stream().map(DiffParityTest::stat).toList()))
        .isEqualTo(run(stats));
    assertThat(repository.diff().patch(query)).isEqualTo(run(patch));
  }

  private String run(List<String> command) {
    return plain.run(command.toArray(String[]::new)).out();
  }

  private static String raw(FileDiff f) {
    boolean two = f.kind() == Kind.RENAMED || f.kind() == Kind.COPIED;
    var status =
        f.kind() == Kind.TYPE_CHANGED
            ? "T"
            : f.kind().name().charAt(0) + (two ? "%03d".formatted(f.similarity()) : "");
    return ":%06o %06o %s %s %s\0%s%s\0"
        .formatted(
            f.oldMode(),
            f.mode(),
            f.oldId(),
            f.id(),
            status,
            two ? f.oldPath() + "\0" : "",
            f.path());
  }

  private static String stat(FileDiff f) {
    boolean two = f.kind() == Kind.RENAMED || f.kind() == Kind.COPIED;
    var counts = f.isBinary() ? "-\t-\t" : f.added() + "\t" + f.deleted() + "\t";
    return counts + (two ? "\0" + f.oldPath() + "\0" : "") + f.path() + "\0";
  }

  @Test
  void everyCommitAndItsParents() {
    for (var id : commits()) {
      for (var parent : repository.commits().find(id).commit().parents()) {
        assertSame(DiffQuery.between(parent, id), parent, id);
      }
      assertSame(DiffQuery.between(null, id), "4b825dc642cb6eb9a060e54bf8d69288fbee4904", id);
    }
  }

  @Test
  void changedPathsOfEveryCommit() {
    for (var id : commits()) {
      for (var parent : repository.commits().find(id).commit().parents()) {
        var expected = new ArrayList<String>();
        var fields =
            plain
                .run("diff-tree", "-r", "-z", "--no-renames", "--name-status", parent, id)
                .out()
                .split("\0");
        for (int i = 0; i + 1 < fields.length; i += 2) {
          expected.add(fields[i].replace('T', 'M') + " " + fields[i + 1]);
        }
        assertThat(repository.changedPaths(parent, id))
            .extracting(c -> c.change().name().charAt(0) + " " + c.path())
            .containsExactlyInAnyOrderElementsOf(expected);
      }
    }
  }

  @Test
  void indexAndFiles() {
    assertSame(DiffQuery.staged(), "--cached");
    assertSame(DiffQuery.unstaged());
    assertSame(DiffQuery.worktree("HEAD"), "HEAD");
    assertSame(DiffQuery.worktree("main~3"), "main~3");
  }

  @Test
  void restrictedToPaths() {
    var from = root();
    assertSame(
        DiffQuery.between(from, "main").paths("dir", "*star?[x]", "-dash"),
        from,
        "main",
        "--",
        ":(literal)dir",
        ":(literal)*star?[x]",
        ":(literal)./-dash");
    assertSame(
        DiffQuery.between(from, "main").globs("dir/**", "*.txt"),
        from,
        "main",
        "--",
        ":(glob)dir/**",
        ":(glob)*.txt");
    assertThat(repository.diff().files(DiffQuery.between(from, "main").paths("nothing here")))
        .isEmpty();
  }

  @Test
  void withoutRenames() {
    assertThat(repository.diff().files(DiffQuery.between(null, "main").withoutRenames()))
        .extracting(FileDiff::kind)
        .containsOnly(Kind.ADDED);
    assertThat(
            repository.diff().files(DiffQuery.between(root(), "main").withoutRenames()).stream()
                .map(FileDiff::kind))
        .doesNotContain(Kind.RENAMED)
        .contains(Kind.DELETED);
  }

  /** Aimed at options that are left to the configuration: without them, four of these differ. */
  @Test
  void noConfigurationChangesIt() {
    var from = root();
    var expected = repository.diff().patch(DiffQuery.between(from, "main"));
    var settings =
        List.of(
            "diff.noprefix=true",
            "diff.mnemonicPrefix=true",
            "diff.context=0",
            "diff.interHunkContext=9",
            "diff.renames=false",
            "diff.algorithm=patience",
            "diff.colorMoved=zebra",
            "diff.submodule=log",
            "diff.relative=true",
            "core.quotePath=true",
            "core.abbrev=4",
            "color.ui=always");
    for (var setting : settings) {
      var pair = setting.split("=");
      git.git("config", pair[0], pair[1]);
    }
    try {
      assertThat(repository.diff().patch(DiffQuery.between(from, "main"))).isEqualTo(expected);
      assertThat(expected).contains("rename from").contains("GIT binary patch");
    } finally {
      settings.forEach(setting -> git.git("config", "--unset", setting.split("=")[0]));
    }
  }

  @Test
  void conflictsAndEmptyRepositories() {
    var other =
        GitSandbox.init(
            directory.resolve("conflict").toFile().mkdir()
                ? directory.resolve("conflict")
                : directory);
    var service = new JGitGit(repositories, Metrics.NONE, new GitCommand(new LocalLauncher()));
    try (var unborn = service.open(service.discover(other.root()))) {
      other.write("staged", "1\n");
      other.git("add", "staged");
      assertThat(unborn.diff().files(DiffQuery.staged()))
          .extracting(FileDiff::path)
          .containsExactly("staged");
      other.git("commit", "-qm", "one");
      other.git("checkout", "-qb", "side");
      other.commit("staged", "2\n", "two");
      other.git("checkout", "-q", "main");
      other.commit("staged", "3\n", "three");
      other.run("merge", "-q", "side");
      assertThat(unborn.diff().files(DiffQuery.unstaged()))
          .extracting(FileDiff::kind)
          .containsExactly(Kind.UNMERGED);
    }
  }

  @Test
  void refusesWhatIsNoRevision() {
    assertCode(Codes.ARG_LOOKS_LIKE_OPTION, DiffQuery.between("--output=x", "HEAD"));
    assertCode(Codes.OBJECT_NOT_FOUND, DiffQuery.between("nope", "HEAD"));
    assertCode(Codes.OBJECT_NOT_FOUND, DiffQuery.worktree("nope"));
  }

  private void assertCode(ErrorCode code, DiffQuery query) {
    assertThatExceptionOfType(GitVanException.class)
        .isThrownBy(() -> repository.diff().files(query))
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void everyFieldIsRead() {
    assertThat(Arrays.asList(Kind.values())).hasSize(7);
    assertThat(repository.diff().files(DiffQuery.between(root(), "main")))
        .extracting(FileDiff::kind)
        .contains(Kind.ADDED, Kind.MODIFIED, Kind.RENAMED, Kind.TYPE_CHANGED);
  }
}
