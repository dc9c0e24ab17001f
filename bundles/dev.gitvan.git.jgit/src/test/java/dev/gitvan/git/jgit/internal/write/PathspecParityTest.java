package dev.gitvan.git.jgit.internal.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.job.Artifact;
import dev.gitvan.job.spi.RunTransaction.CommitOrigin;
import dev.gitvan.job.spi.Staging.CommitSpec;
import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The paths of a commit select what {@code git add} selects, and are refused where Git refuses. */
class PathspecParityTest {
  private static final ErrorCode FORBIDDEN = Codes.OUTPUT_FORBIDDEN_PATH;

  private static final List<String> PATHSPECS =
      List.of(
          ".",
          "./",
          "g",
          "g/",
          "g//a.md",
          "./g/./a.md",
          "g/*.md",
          "*.md",
          "**/*.md",
          "g/**",
          "g/*",
          "g?a.md",
          "?.md",
          "[ag]*",
          "[!g]*",
          "[^g]*.md",
          "g/[[:alpha:]].md",
          "g/[a-b].md",
          "g/[b-a].md",
          ":(icase)g/[A-B].MD",
          ":(icase)g/[[:upper:]].md",
          "g/[[:nonsense:]].md",
          "g/[[:alpha].md",
          "g/[]a].md",
          "x[1].txt",
          "x\\[1\\].txt",
          "*\\",
          "g/a.md\\",
          "g/[",
          "g/a.md/",
          "gone.md",
          "gone*",
          "g/deep/**/*.md",
          ":(glob)*.md",
          ":(glob)**/*.md",
          ":(glob)g/*.md",
          ":(glob)g/**",
          ":(glob)g**md",
          ":(glob)g/d?ep/*",
          ":(glob)g/d[/]ep/*",
          ":(literal)x[1].txt",
          ":(literal)*.md",
          ":(icase)G/A.MD",
          ":(icase)G",
          ":(icase)g/[A]*",
          ":(top)g",
          ":/g/a.md",
          ":/",
          "",
          ":(icase,glob)G/*.MD",
          ":(exclude)g",
          ":!*.md",
          ":^g/deep",
          "é*",
          "?.txt",
          "??.txt",
          "nothing.txt",
          "nothing/*.md",
          "*.log");

  @TempDir Path directory;
  private GitSandbox git;
  private Receipts gitvan;

  @BeforeEach
  void open() throws IOException {
    git = GitSandbox.init(directory);
    for (var path :
        List.of("a.md", "g/a.md", "g/b.md", "g/deep/c.md", "g/deep/er/d.md", "gone.md", "é.txt")) {
      git.write(path, "1\n");
    }
    git.write("x[1].txt", "1\n");
    git.write("x1.txt", "1\n");
    git.write("build/tracked.log", "1\n");
    git.git("add", ".");
    git.write(".gitignore", "build/\n*.log\n");
    git.git("add", ".gitignore");
    git.git("commit", "-qm", "one");
    for (var path : List.of("a.md", "g/a.md", "g/deep/c.md", "x[1].txt", "x1.txt", "é.txt")) {
      git.write(path, "changed\n");
    }
    git.write("build/tracked.log", "changed\n");
    git.write("build/new.log", "1\n");
    git.write("new.log", "1\n");
    git.write("g/new.md", "1\n");
    git.write("site/new.md", "1\n");
    git.write("]", "1\n");
    Files.delete(git.root().resolve("gone.md"));
    gitvan = Receipts.open(git);
  }

  @AfterEach
  void close() {
    gitvan.close();
  }

  /** The tree that {@code git add} makes; empty where it fails. */
  private String expected(String... pathspecs) throws IOException {
    var index = directory.resolve("other-index");
    Files.copy(
        git.root().resolve(".git/index"),
        index,
        StandardCopyOption.COPY_ATTRIBUTES,
        StandardCopyOption.REPLACE_EXISTING);
    var environment = Map.of("GIT_INDEX_FILE", index.toString());
    var add = new ArrayList<>(List.of("git", "add", "-A", "--"));
    add.addAll(List.of(pathspecs));
    return git.exec(add, environment).status() == 0
        ? git.exec(List.of("git", "write-tree"), environment).out().strip()
        : "";
  }

  /** The tree of a staged commit; empty where it is refused. */
  private String actual(boolean dryRun, String... pathspecs) {
    try (var tx = gitvan.transactions.begin(git.worktree(), dryRun)) {
      var origin = new CommitOrigin(Receipts.id(1), "j");
      var commit = tx.commit(new CommitSpec("m", List.of(pathspecs)), origin);
      return dryRun
          ? commit.orElse("HEAD")
          : git.git("rev-parse", commit.orElse("HEAD") + "^{tree}");
    } catch (GitVanException e) {
      assertThat(e.code()).as(e.getMessage()).isIn(Codes.OUTPUT_NOT_FOUND, FORBIDDEN);
      return "";
    }
  }

  @Test
  void eachAloneAndWithAnExclusion() throws IOException {
    for (var pathspec : PATHSPECS) {
      assertThat(actual(false, pathspec)).as(pathspec).isEqualTo(expected(pathspec));
      assertThat(actual(true, pathspec).isEmpty())
          .as("dry run of " + pathspec)
          .isEqualTo(expected(pathspec).isEmpty());
      assertThat(actual(false, pathspec, ":!g/a.md"))
          .as(pathspec + " without g/a.md")
          .isEqualTo(expected(pathspec, ":!g/a.md"));
    }
  }

  /**
   * {@code git add} refuses these for what else is in there, {@code git commit --only} does not.
   */
  @Test
  void trackedFilesInAnIgnoredFolder() {
    for (var pathspec : List.of("build", "build/*", "b*", "build/tracked.log")) {
      git.write("build/tracked.log", "for " + pathspec);
      gitvan.run(git.worktree(), Receipts.id(1), pathspec);
      assertThat(git.git("show", "--format=", "--name-only"))
          .as(pathspec)
          .isEqualTo("build/tracked.log");
    }
  }

  private void assertRefused(ErrorCode code, String message, String... pathspecs) {
    assertThatExceptionOfType(GitVanException.class)
        .isThrownBy(() -> gitvan.run(git.worktree(), Receipts.id(1), pathspecs))
        .satisfies(e -> assertThat(e.code()).isEqualTo(code))
        .withMessageContaining(message);
    assertThat(git.git("log", "--format=%s")).isEqualTo("one");
  }

  @Test
  void whatMatchesNothingIsNamedWithItsNeighbour() {
    assertRefused(Codes.OUTPUT_NOT_FOUND, "g/a.mdd: no file", "a.md", "g/a.mdd");
    assertRefused(Codes.OUTPUT_NOT_FOUND, "Did you mean g/a.md", "g/a.mdd");
    assertRefused(Codes.OUTPUT_NOT_FOUND, "Did you mean site?", "sites");
    assertRefused(Codes.OUTPUT_NOT_FOUND, "pages/*.html", "a.md", "pages/*.html");
  }

  @Test
  void whatIsIgnoredIsRefusedUntilItIsTracked() {
    assertRefused(FORBIDDEN, "new.log: it is ignored by Git", "new.log");
    assertRefused(FORBIDDEN, "build/new.log: it is ignored", "a.md", "build/new.log");
    assertRefused(FORBIDDEN, "../x", "../x");
    git.git("add", "-f", "new.log");
    gitvan.run(git.worktree(), Receipts.id(1), "new.log");
    assertThat(git.git("show", "--format=", "--name-only")).isEqualTo("new.log");
  }

  /** It is not ignored here: nobody has to know that it should be. */
  @Test
  void theUsersOwnConfigurationIsNeverTaken() {
    git.write("gitvan-local.yaml", "git: { durability: power }\n");
    assertRefused(FORBIDDEN, "gitvan-local.yaml: it is your own", "gitvan-local.yaml");
    assertRefused(FORBIDDEN, "gitvan-local.yaml: it is your own", "./gitvan-local.yaml", "a.md");
    gitvan.run(git.worktree(), Receipts.id(1), ".");
    assertThat(git.git("status", "--porcelain")).isEqualTo("?? gitvan-local.yaml");
    git.write("sub/gitvan-local.yaml", "not at the root\n");
    gitvan.run(git.worktree(), Receipts.id(2), "sub");
    assertThat(git.git("show", "--format=", "--name-only")).isEqualTo("sub/gitvan-local.yaml");
  }

  @Test
  void exactNamesAreTakenWhateverTheyAre() {
    try (var tx = gitvan.transactions.begin(git.worktree(), false)) {
      tx.commit(
          new CommitSpec("m", List.of("new.log", "x[1].txt", "gone.md", "absent"), null, true),
          new CommitOrigin(Receipts.id(1), "j"));
      tx.apply(List.of(Receipts.of(Receipts.id(1), tx.base())));
    }
    assertThat(git.git("show", "--format=", "--name-only", "--no-renames"))
        .isEqualTo("gone.md\nnew.log\nx[1].txt");
  }

  /** A command that is only planned may write anything. */
  @Test
  void aDryRunThatDoesNotKnowAllFilesRefusesNoPath() {
    try (var tx = gitvan.transactions.begin(git.worktree(), true)) {
      var spec = new CommitSpec("m", List.of("later.md", "later/*.md"));
      var id = Receipts.id(1);
      assertThat(tx.commit(spec, new CommitOrigin(id, "j", List.of(), false))).isEmpty();
      assertThatExceptionOfType(GitVanException.class)
          .isThrownBy(() -> tx.commit(spec, new CommitOrigin(id, "j", List.of(), true)));
      var drafts =
          List.of(
              new Artifact("later.md", "a".repeat(64), 1),
              new Artifact("later/x.md", "b".repeat(64), 1));
      assertThat(tx.commit(spec, new CommitOrigin(id, "j", drafts, true))).isPresent();
    }
  }

  /** What a pattern has matched is what the commit depends on, not the folder that it is in. */
  @Test
  void aMovedBranchConflictsOnlyWithWhatAPatternMatched() {
    for (var changed : List.of("g/b.md", "g/deep/c.md")) {
      var id = Receipts.id(1);
      try (var tx = gitvan.transactions.begin(git.worktree(), false)) {
        tx.commit(new CommitSpec("m", List.of(":(glob)g/deep/*")), new CommitOrigin(id, "j"));
        git.write(changed, "meanwhile\n");
        git.git("commit", "-q", "-m", "meanwhile", "--only", changed);
        if (changed.equals("g/b.md")) {
          tx.apply(List.of(Receipts.of(id, tx.base())));
          assertThat(git.git("show", "--format=", "--name-only")).isEqualTo("g/deep/c.md");
          git.write("g/deep/c.md", "again\n");
        } else {
          assertThatExceptionOfType(GitVanException.class)
              .isThrownBy(() -> tx.apply(List.of(Receipts.of(id, tx.base()))))
              .satisfies(e -> assertThat(e.code()).isEqualTo(Codes.REPO_MOVED));
        }
      }
    }
  }
}
