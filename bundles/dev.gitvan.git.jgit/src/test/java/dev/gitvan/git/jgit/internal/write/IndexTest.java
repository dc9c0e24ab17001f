package dev.gitvan.git.jgit.internal.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.job.spi.RunTransaction.CommitOrigin;
import dev.gitvan.job.spi.Staging.CommitSpec;
import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The user's index, whatever is in it, comes through a run's commit. */
class IndexTest {
  @TempDir Path directory;
  private GitSandbox git;
  private Receipts gitvan;

  @BeforeEach
  void open() {
    git = GitSandbox.init(directory);
    for (int i = 0; i < 40; i++) {
      git.write("src/package" + i % 4 + "/File" + i + ".java", "class File" + i + " {}\n");
    }
    git.write("docs/a", "1\n");
    git.git("add", ".");
    git.git("commit", "-qm", "one");
    gitvan = Receipts.open(git);
  }

  @AfterEach
  void close() {
    gitvan.close();
  }

  /** All entries but those of the committed paths, with flags and stat data. */
  private String others(String... committed) {
    var lines = new StringBuilder();
    boolean skip = false;
    for (var line : git.git("ls-files", "--stage", "--debug").split("\n")) {
      if (!line.startsWith(" ")) {
        skip = List.of(committed).contains(line.substring(line.indexOf('\t') + 1));
      }
      lines.append(skip ? "" : line + "\n");
    }
    return lines.toString();
  }

  private String extensions() throws IOException {
    var text =
        new String(
            Files.readAllBytes(git.root().resolve(".git/index")), StandardCharsets.ISO_8859_1);
    var found = new StringBuilder();
    for (var name : List.of("TREE", "REUC", "UNTR", "FSMN", "EOIE", "IEOT", "link", "sdir")) {
      found.append(text.contains(name) ? name + " " : "");
    }
    return found.toString().strip();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "3", "4"})
  void everyVersionKeepsEveryOtherEntry(String version) throws IOException {
    git.git("update-index", "--index-version", version);
    git.write("src/package1/File1.java", "staged\n");
    git.git("add", "src");
    git.write("src/package1/File1.java", "and changed\n");
    git.git("rm", "-q", "--cached", "src/package2/File2.java");
    git.git("update-index", "--skip-worktree", "src/package3/File3.java");
    Files.delete(git.root().resolve("src/package3/File3.java"));
    git.git("update-index", "--assume-unchanged", "src/package0/File0.java");
    git.write("intended.txt", "1\n");
    git.git("add", "-N", "intended.txt");
    var before = others("docs/a", "docs/b", "src/package1/File5.java", "src/package2/New.java");
    var statusBefore = git.git("status", "--porcelain", "-uall");
    git.write("docs/a", "2\n");
    git.write("docs/b", "2\n");
    git.write("src/package2/New.java", "new\n");
    Files.delete(git.root().resolve("src/package1/File5.java"));
    gitvan.run(
        git.worktree(), Receipts.id(1), "docs", "src/package2/New.java", "src/package1/File5.java");
    assertThat(others("docs/a", "docs/b", "src/package1/File5.java", "src/package2/New.java"))
        .isEqualTo(before);
    assertThat(git.git("status", "--porcelain", "-uall")).isEqualTo(statusBefore);
    assertThat(git.git("update-index", "--index-version", version)).isEmpty();
    assertThat(git.git("show", "--format=", "--name-status"))
        .isEqualTo("M\tdocs/a\nA\tdocs/b\nD\tsrc/package1/File5.java\nA\tsrc/package2/New.java");
    // The cache tree that is left is right: git would commit what the index says.
    git.git("commit", "-qm", "the rest");
    assertThat(git.git("diff", "--cached", "HEAD")).isEmpty();
    assertThat(git.run("fsck", "--strict", "--cache").status()).isZero();
  }

  /** A sparse file in a committed folder is neither read nor deleted. */
  @Test
  void sparseFilesStay() throws IOException {
    git.git("update-index", "--skip-worktree", "docs/a");
    Files.delete(git.root().resolve("docs/a"));
    git.write("docs/b", "1\n");
    gitvan.run(git.worktree(), Receipts.id(1), "docs");
    assertThat(git.git("ls-tree", "-r", "--name-only", "HEAD", "docs")).isEqualTo("docs/a\ndocs/b");
    assertThat(git.git("ls-files", "-v", "docs/a")).isEqualTo("S docs/a");
  }

  @Test
  void extensionsThatGitCannotBuildAgainStay() throws IOException {
    git.git("update-index", "--untracked-cache");
    git.git("status");
    git.git("checkout", "-qb", "side");
    git.commit("src/conflict", "side\n", "side");
    git.git("checkout", "-q", "main");
    git.commit("src/conflict", "main\n", "main");
    git.run("merge", "side");
    git.write("src/conflict", "both\n");
    git.git("add", "src/conflict");
    git.git("update-ref", "-d", "MERGE_HEAD");
    assertThat(extensions()).contains("REUC").contains("UNTR");
    git.write("docs/a", "2\n");
    gitvan.run(git.worktree(), Receipts.id(1), "docs/a");
    assertThat(extensions()).contains("TREE").contains("REUC").contains("UNTR");
    assertThat(git.git("status", "--porcelain")).isEqualTo("M  src/conflict");
    git.write("docs/new", "2\n");
    git.write("untracked", "2\n");
    git.git("status");
    gitvan.run(git.worktree(), Receipts.id(2), "docs/new");
    assertThat(extensions()).contains("UNTR");
    assertThat(git.git("status", "--porcelain")).isEqualTo("M  src/conflict\n?? untracked");
    git.write("docs/newer", "2\n");
    assertThat(git.git("status", "--porcelain"))
        .isEqualTo("M  src/conflict\n?? docs/newer\n?? untracked");
  }

  @Test
  void splitAndSparseIndexesAreRefusedByName() throws IOException {
    git.git("update-index", "--split-index");
    assertRefused("split");
    git.git("update-index", "--no-split-index");
    git.git("sparse-checkout", "set", "--cone", "--sparse-index", "docs");
    assertThat(extensions()).contains("sdir");
    assertRefused("sparse");
    // A sparse checkout with a full index is fine.
    git.git("sparse-checkout", "reapply", "--no-sparse-index");
    git.write("docs/a", "2\n");
    gitvan.run(git.worktree(), Receipts.id(2), "docs");
    assertThat(git.git("status", "--porcelain")).isEmpty();
    assertThat(git.git("ls-tree", "-r", "--name-only", "HEAD").split("\n")).hasSize(41);
  }

  private void assertRefused(String word) throws IOException {
    git.write("docs/a", word + "\n");
    var before = Files.readAllBytes(git.root().resolve(".git/index"));
    assertThatExceptionOfType(GitVanException.class)
        .isThrownBy(() -> gitvan.run(git.worktree(), Receipts.id(1), "docs/a"))
        .satisfies(e -> assertThat(e.code()).isEqualTo(Codes.REPO_UNSUPPORTED))
        .satisfies(e -> assertThat(e.getMessage()).contains(word));
    assertThat(Files.readAllBytes(git.root().resolve(".git/index"))).isEqualTo(before);
    assertThat(git.git("log", "--format=%s")).isEqualTo("one");
  }

  @Test
  void aConflictElsewhereStays() {
    git.commit("c.txt", "base\n", "base");
    git.write("c.txt", "stashed\n");
    git.git("stash", "-q");
    git.commit("c.txt", "committed\n", "two");
    git.run("stash", "pop");
    assertThat(git.git("ls-files", "-u")).isNotEmpty();
    var conflict = git.git("ls-files", "-u");
    git.write("docs/a", "2\n");
    gitvan.run(git.worktree(), Receipts.id(1), "docs");
    assertThat(git.git("ls-files", "-u")).isEqualTo(conflict);
    assertThatExceptionOfType(GitVanException.class)
        .isThrownBy(() -> gitvan.run(git.worktree(), Receipts.id(2), "c.txt"))
        .satisfies(e -> assertThat(e.code()).isEqualTo(Codes.REPO_IN_PROGRESS));
    assertThat(git.read("c.txt")).contains("<<<<<<<");
  }

  @Test
  void whatTheUserStagesAtTheSamePathMeanwhileStaysStaged() {
    git.write("docs/a", "gitvan's\n");
    var id = Receipts.id(1);
    try (var tx = gitvan.transactions.begin(git.worktree(), false)) {
      tx.commit(new CommitSpec("m", List.of("docs/a")), new CommitOrigin(id, "j"));
      git.write("docs/a", "the user's\n");
      git.git("add", "docs/a");
      git.write("docs/a", "later\n");
      tx.apply(List.of(Receipts.of(id, tx.base())));
    }
    assertThat(git.git("show", "HEAD:docs/a")).isEqualTo("gitvan's");
    assertThat(git.git("show", ":docs/a")).isEqualTo("the user's");
    assertThat(git.read("docs/a")).isEqualTo("later\n");
  }

  @Test
  void aCorruptIndexIsAClearError() throws IOException {
    Files.writeString(git.root().resolve(".git/index"), "DIRC....garbage");
    assertThatExceptionOfType(GitVanException.class)
        .isThrownBy(() -> gitvan.run(git.worktree(), Receipts.id(1), "docs/a"))
        .satisfies(e -> assertThat(e.getMessage()).contains("index"));
  }
}
