package dev.gitvan.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.job.spi.RunTransaction;
import dev.gitvan.job.spi.RunTransaction.CommitOrigin;
import dev.gitvan.job.spi.RunTransactions;
import dev.gitvan.job.spi.Staging.CommitSpec;
import dev.gitvan.job.spi.Staging.NoteMode;
import dev.gitvan.job.spi.Staging.NoteSpec;
import dev.gitvan.job.spi.Staging.Person;
import dev.gitvan.job.spi.Staging.RefChange;
import dev.gitvan.job.spi.Staging.RefSpec;
import dev.gitvan.job.spi.Staging.TagSpec;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of {@link RunTransactions} for refs, and for tags and notes on other objects than
 * the head. Results are read back with the {@code git} command.
 */
public abstract class RefStagingContract extends Contract {
  private static final String ID = "01J00000000000000000000001";

  @TempDir protected Path directory;
  protected GitSandbox git;
  private RunTransactions transactions;
  private String first;
  private String second;

  /**
   * Creates the provider for one test.
   *
   * @param environment its environment
   */
  protected abstract RunTransactions transactions(Map<String, String> environment);

  @BeforeEach
  void begin() {
    git = GitSandbox.init(directory);
    first = git.commit("a.txt", "1\n", "one");
    second = git.commit("a.txt", "2\n", "two");
    transactions = transactions(git.environment());
  }

  private RunTransaction open() {
    return transactions.begin(git.worktree(), false);
  }

  private static void apply(RunTransaction tx) {
    tx.apply(List.of(SampleReceipt.of(ID, "refs", tx.base())));
  }

  private static void assertCode(ErrorCode code, Runnable call) {
    assertThatExceptionOfType(GitVanException.class)
        .isThrownBy(call::run)
        .satisfies(e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }

  private static RefSpec create(String ref, String target) {
    return new RefSpec(ref, "", target, "made by a test");
  }

  private String ref(String name) {
    return git.run("rev-parse", "-q", "--verify", name).out().strip();
  }

  private void assertSound() {
    var fsck = git.run("fsck", "--full", "--strict", "--no-dangling");
    assertThat(fsck.status()).as(fsck.out() + fsck.err()).isZero();
  }

  @Test
  void refsAreCreatedMovedAndDeletedWithTheReceipt() {
    git.git("branch", "old", first);
    git.git("branch", "moving", first);
    git.git("tag", "-a", "annotated", "-m", "x", first);
    git.git("pack-refs", "--all");
    git.git("branch", "loose", first);
    try (var tx = open()) {
      tx.move(create("refs/heads/new/branch", first));
      tx.move(create("refs/tags/light", second));
      tx.move(new RefSpec("refs/heads/moving", first, second, "forward"));
      tx.move(new RefSpec("refs/heads/old", first, "", ""));
      tx.move(new RefSpec("refs/heads/loose", null, "", ""));
      tx.move(new RefSpec("refs/tags/annotated", null, "", ""));
      assertThat(tx.staged())
          .containsExactlyInAnyOrder(
              new RefChange("refs/heads/new/branch", "", first),
              new RefChange("refs/tags/light", "", second),
              new RefChange("refs/heads/moving", first, second),
              new RefChange("refs/heads/old", first, ""),
              new RefChange("refs/heads/loose", first, ""),
              new RefChange("refs/tags/annotated", ref("refs/tags/annotated"), ""));
      assertThat(ref("refs/heads/new/branch")).as("before it is applied").isEmpty();
      apply(tx);
    }
    assertThat(git.git("for-each-ref", "--format=%(refname) %(objectname)"))
        .contains("refs/heads/new/branch " + first)
        .contains("refs/tags/light " + second)
        .contains("refs/heads/moving " + second)
        .doesNotContain("refs/heads/old")
        .doesNotContain("refs/heads/loose")
        .doesNotContain("refs/tags/annotated");
    assertThat(git.git("reflog", "show", "--format=%gs", "moving")).startsWith("forward");
    assertThat(git.git("notes", "--ref", "gitvan/results", "list")).isNotEmpty();
    assertThat(git.git("status", "--porcelain")).isEmpty();
    assertSound();
  }

  @Test
  void aRefNamesACommitThatTheRunMakes() {
    git.write("out.txt", "1\n");
    String made;
    try (var tx = open()) {
      tx.commit(new CommitSpec("out", List.of("out.txt")), new CommitOrigin(ID, "refs"));
      tx.move(create("refs/heads/release", tx.head().orElseThrow()));
      apply(tx);
      made = git.git("rev-parse", "HEAD");
    }
    assertThat(ref("refs/heads/release")).isEqualTo(made).isNotEqualTo(second);
  }

  /** The branch moves before the run ends: its commit is made again, and the ref follows it. */
  @Test
  void aRefFollowsACommitThatIsMadeAgain() {
    git.write("out.txt", "1\n");
    try (var tx = open()) {
      tx.commit(new CommitSpec("out", List.of("out.txt")), new CommitOrigin(ID, "refs"));
      var staged = tx.head().orElseThrow();
      tx.move(create("refs/heads/release", staged));
      var tag = tx.tag(new TagSpec("v1", "of the commit", staged));
      tx.move(create("refs/tags/same", tag));
      git.git("commit", "-q", "--allow-empty", "-m", "meanwhile");
      apply(tx);
    }
    assertThat(ref("refs/heads/release")).isEqualTo(git.git("rev-parse", "HEAD"));
    assertThat(ref("v1^{commit}")).isEqualTo(git.git("rev-parse", "HEAD"));
    assertThat(ref("same")).isEqualTo(ref("v1"));
    assertSound();
  }

  @Test
  void whatIsNotExpectedIsRefused() {
    git.git("branch", "there", first);
    try (var tx = open()) {
      assertCode(Codes.REF_EXISTS, () -> tx.move(create("refs/heads/there", second)));
      assertCode(
          Codes.REPO_MOVED, () -> tx.move(new RefSpec("refs/heads/there", second, first, "")));
      assertCode(
          Codes.REPO_MOVED, () -> tx.move(new RefSpec("refs/heads/none", second, first, "")));
      assertCode(Codes.REF_EXISTS, () -> tx.move(create("refs/heads/there/below", second)));
      assertCode(Codes.REF_INVALID, () -> tx.move(create("refs/heads/a..b", second)));
      assertCode(Codes.REF_INVALID, () -> tx.move(create("HEAD", second)));
      assertCode(Codes.REF_INVALID, () -> tx.move(create("refs/notes/gitvan/results", second)));
      assertCode(
          Codes.REF_INVALID,
          () -> tx.move(create("refs/heads/tree", git.git("rev-parse", "HEAD^{tree}"))));
      assertCode(Codes.OBJECT_NOT_FOUND, () -> tx.move(create("refs/heads/x", "1".repeat(40))));
      assertCode(
          Codes.REF_CHECKED_OUT, () -> tx.move(new RefSpec("refs/heads/main", null, first, "")));
      tx.move(create("refs/heads/dir", second));
      assertCode(Codes.REF_EXISTS, () -> tx.move(create("refs/heads/dir/x", second)));
      assertThat(tx.staged()).hasSize(1);
    }
  }

  @Test
  void aRefThatMovedMeanwhileRefusesAll() {
    git.git("branch", "moving", first);
    try (var tx = open()) {
      tx.move(new RefSpec("refs/heads/moving", first, second, ""));
      tx.move(create("refs/heads/other", second));
      git.commit("b.txt", "1\n", "three");
      git.git("branch", "-f", "moving", "HEAD");
      assertCode(Codes.REPO_MOVED, () -> apply(tx));
      tx.discard();
      apply(tx);
    }
    assertThat(ref("refs/heads/moving")).isEqualTo(git.git("rev-parse", "HEAD"));
    assertThat(ref("refs/heads/other")).isEmpty();
    assertThat(git.git("notes", "--ref", "gitvan/results", "list")).isNotEmpty();
  }

  @Test
  void aBranchThatIsCheckedOutMeanwhileRefusesAll() {
    git.git("branch", "elsewhere", first);
    try (var tx = open()) {
      tx.move(new RefSpec("refs/heads/elsewhere", first, second, ""));
      git.git("worktree", "add", "-q", directory + "/linked", "elsewhere");
      assertCode(Codes.REF_CHECKED_OUT, () -> apply(tx));
    }
    assertThat(ref("refs/heads/elsewhere")).isEqualTo(first);
  }

  @Test
  void whatIsStagedTwiceIsTheSum() {
    try (var tx = open()) {
      tx.move(create("refs/heads/a", first));
      tx.move(new RefSpec("refs/heads/a", first, second, ""));
      tx.move(create("refs/heads/b", first));
      tx.move(new RefSpec("refs/heads/b", first, "", ""));
      assertThat(tx.staged()).containsExactly(new RefChange("refs/heads/a", "", second));
      apply(tx);
    }
    assertThat(ref("refs/heads/a")).isEqualTo(second);
    assertThat(ref("refs/heads/b")).isEmpty();
  }

  @Test
  void aFolderTakesTheNameOfARefThatGoes() {
    git.git("branch", "name", first);
    try (var tx = open()) {
      tx.move(new RefSpec("refs/heads/name", first, "", ""));
      tx.move(create("refs/heads/name/below", second));
      apply(tx);
    }
    assertThat(ref("refs/heads/name/below")).isEqualTo(second);
    assertThat(git.git("for-each-ref", "--format=%(refname)", "refs/heads"))
        .isEqualTo("refs/heads/main\nrefs/heads/name/below");
  }

  @Test
  void tagsOfOtherObjects() {
    var blob = git.git("rev-parse", "HEAD:a.txt");
    try (var tx = open()) {
      tx.tag(new TagSpec("of-first", "the first", first));
      var nested = tx.tag(new TagSpec("of-blob", "a blob", blob));
      tx.tag(new TagSpec("of-tag", "a tag", nested));
      assertCode(Codes.REF_EXISTS, () -> tx.tag(new TagSpec("of-tag", "again", first)));
      assertCode(Codes.OBJECT_NOT_FOUND, () -> tx.tag(new TagSpec("x", "x", "2".repeat(40))));
      assertCode(Codes.OBJECT_NOT_FOUND, () -> tx.tag(new TagSpec("x", "x", "HEAD")));
      apply(tx);
    }
    assertThat(ref("of-first^{}")).isEqualTo(first);
    assertThat(ref("of-tag^{}")).isEqualTo(blob);
    assertThat(git.git("show-ref", "--tags", "-d")).contains(blob + " refs/tags/of-tag^{}");
    assertSound();
  }

  @Test
  void notesAreAddedReplacedAndTakenAway() {
    git.git("notes", "--ref", "x", "add", "-m", "old", first);
    git.git("notes", "--ref", "x", "add", "-m", "old", second);
    var tree = git.git("rev-parse", "HEAD^{tree}");
    var ref = "refs/notes/x";
    try (var tx = open()) {
      tx.note(new NoteSpec(ref, "new", first, NoteMode.REPLACE));
      tx.note(new NoteSpec(ref, "", second, NoteMode.REMOVE));
      tx.note(new NoteSpec(ref, "more", tree, NoteMode.APPEND));
      tx.note(new NoteSpec("refs/notes/none", "", second, NoteMode.REMOVE));
      apply(tx);
    }
    assertThat(git.git("notes", "--ref", "x", "show", first)).isEqualTo("new");
    assertThat(git.git("notes", "--ref", "x", "show", tree)).isEqualTo("more");
    assertThat(git.run("notes", "--ref", "x", "show", second).status()).isNotZero();
    assertThat(ref("refs/notes/none")).isEmpty();
    assertSound();
  }

  @Test
  void aCommitInAnothersName() {
    git.write("out.txt", "1\n");
    var when = OffsetDateTime.parse("2020-02-03T04:05:06+07:00");
    var author = new Person("Grace Hopper", "grace@example.org", when);
    try (var tx = open()) {
      tx.commit(new CommitSpec("out", List.of("out.txt"), author), new CommitOrigin(ID, "refs"));
      apply(tx);
    }
    assertThat(git.git("log", "-1", "--format=%an <%ae> %aI %cn"))
        .isEqualTo("Grace Hopper <grace@example.org> 2020-02-03T04:05:06+07:00 Ada Lovelace");
  }

  @Test
  void itBeginsAgainWhenTheRunHasMovedTheBranch() {
    try (var tx = open()) {
      assertThat(tx.base().head()).isEqualTo(second);
      var third = git.commit("b.txt", "1\n", "three");
      assertThat(tx.restart().head()).isEqualTo(third);
      assertThat(tx.head()).contains(third);
      git.git("checkout", "-q", "-b", "other");
      assertThat(tx.restart().branch()).isEqualTo("refs/heads/other");
      git.write("out.txt", "1\n");
      tx.commit(new CommitSpec("out", List.of("out.txt")), new CommitOrigin(ID, "refs"));
      assertCode(Codes.RUN_STAGED, tx::restart);
      apply(tx);
      assertThat(git.git("rev-parse", "other~1")).isEqualTo(third);
      assertThat(ref("refs/heads/main")).isEqualTo(third);
    }
  }

  @Test
  void aDryRunTellsAndWritesNothing() {
    var before = git.git("for-each-ref");
    try (var tx = transactions.begin(git.worktree(), true)) {
      tx.move(create("refs/heads/new", first));
      assertThat(tx.staged()).containsExactly(new RefChange("refs/heads/new", "", first));
    }
    assertThat(git.git("for-each-ref")).isEqualTo(before);
  }
}
