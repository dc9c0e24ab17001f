package dev.gitvan.git.jgit.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.Expected;
import dev.gitvan.git.GitRefs.RefMove;
import dev.gitvan.git.RefBatch;
import dev.gitvan.git.RefMovedException;
import dev.gitvan.git.RefUpdate;
import dev.gitvan.repository.WorktreeId;
import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a batch does to a repository, as {@code git} sees it. */
class RefBatchTest {
  @TempDir Path directory;
  private GitSandbox git;
  private WorktreeId worktree;
  private Batches gitvan;
  private String one;
  private String two;
  private String tag;

  @BeforeEach
  void open() {
    git = GitSandbox.init(directory);
    one = git.commit("a.txt", "1\n", "one");
    two = git.commit("a.txt", "2\n", "two");
    git.git("tag", "-a", "annotated", "-m", "m");
    tag = git.git("rev-parse", "refs/tags/annotated");
    worktree = git.worktree();
    gitvan = Batches.open(git);
  }

  @AfterEach
  void close() {
    gitvan.close();
    var fsck = git.run("fsck", "--full", "--strict", "--no-dangling");
    assertThat(fsck.status()).as(fsck.out() + fsck.err()).isZero();
    assertThat(leftBehind()).isEmpty();
  }

  private List<String> leftBehind() {
    var gitDir = git.root().resolve(".git");
    try (var files = Files.walk(gitDir)) {
      return files
          .map(file -> gitDir.relativize(file).toString())
          .filter(name -> name.endsWith(".lock") || name.contains("intents/"))
          .filter(name -> !name.equals("gitvan/recovery.lock"))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String refs() {
    return git.git("for-each-ref", "--format=%(refname) %(objectname)");
  }

  private String value(String ref) {
    return git.run("rev-parse", "-q", "--verify", ref).out().strip();
  }

  private GitVanException assertRefused(ErrorCode code, ThrowingCallable call, String... words) {
    var before = refs();
    var thrown = new ArrayList<GitVanException>();
    assertThatExceptionOfType(GitVanException.class)
        .isThrownBy(call)
        .satisfies(
            e -> {
              assertThat(e.code()).as(e.getMessage()).isEqualTo(code);
              for (var word : words) {
                assertThat(e.getMessage()).contains(word);
              }
              thrown.add(e);
            });
    assertThat(refs()).isEqualTo(before);
    return thrown.get(0);
  }

  @Test
  void createsMovesAndDeletesTogether() {
    git.git("branch", "moved", one);
    git.git("branch", "loose", one);
    git.git("pack-refs", "--all");
    git.git("branch", "gone", one);
    git.git("update-ref", "refs/heads/loose", two);
    var moves =
        gitvan.apply(
            worktree,
            RefUpdate.create("refs/heads/new", one, "made"),
            RefUpdate.create("refs/tags/light", one, ""),
            RefUpdate.move("refs/heads/moved", one, two, "moved"),
            RefUpdate.put("refs/heads/loose", one, "back"),
            RefUpdate.delete("refs/heads/gone", one),
            RefUpdate.delete("refs/tags/annotated"),
            RefUpdate.delete("refs/heads/never"));
    assertThat(moves)
        .containsExactly(
            new RefMove("refs/heads/gone", one, ""),
            new RefMove("refs/heads/loose", two, one),
            new RefMove("refs/heads/moved", one, two),
            new RefMove("refs/heads/new", "", one),
            new RefMove("refs/tags/annotated", tag, ""),
            new RefMove("refs/tags/light", "", one));
    assertThat(refs().lines())
        .containsExactly(
            "refs/heads/loose " + one,
            "refs/heads/main " + two,
            "refs/heads/moved " + two,
            "refs/heads/new " + one,
            "refs/tags/light " + one);
    assertThat(git.git("reflog", "--format=%gs", "new")).isEqualTo("made");
    assertThat(git.git("reflog", "--format=%gs", "moved"))
        .isEqualTo("moved\nbranch: Created from " + one);
    assertThat(git.root().resolve(".git/logs/refs/heads/gone")).doesNotExist();
    assertThat(git.root().resolve(".git/logs/refs/tags/light")).doesNotExist();
    assertThat(git.git("status", "--porcelain")).isEmpty();
  }

  /** A line for a line, what {@code git update-ref} leaves. */
  @ParameterizedTest
  @ValueSource(strings = {"true", "always", "false"})
  void reflogsAreGits(String policy) {
    git.git("config", "core.logAllRefUpdates", policy);
    var environment = new java.util.HashMap<>(git.environment());
    environment.put("GIT_COMMITTER_DATE", "1700000000 +0200");
    try (var fixed = Batches.open(environment, point -> {})) {
      fixed.apply(
          worktree,
          RefUpdate.create("refs/heads/a", one, "several\n words "),
          RefUpdate.create("refs/heads/b", one, ""),
          RefUpdate.create("refs/notes/n", one, "note"),
          RefUpdate.create("refs/x/y", one, "odd"));
      fixed.apply(
          worktree,
          RefUpdate.put("refs/heads/a", two, "moved"),
          RefUpdate.put("refs/heads/b", one, "not moved"),
          RefUpdate.delete("refs/notes/n"));
    }
    var ours = logs();
    var date = java.util.Map.of("GIT_COMMITTER_DATE", "1700000000 +0200");
    for (var ref : List.of("refs/heads/a", "refs/heads/b", "refs/notes/n", "refs/x/y")) {
      git.git("update-ref", "-d", ref);
    }
    for (var arguments :
        List.of(
            List.of("-m", "several\n words ", "refs/heads/a", one),
            List.of("refs/heads/b", one),
            List.of("-m", "note", "refs/notes/n", one),
            List.of("-m", "odd", "refs/x/y", one),
            List.of("-m", "moved", "refs/heads/a", two),
            List.of("-m", "not moved", "refs/heads/b", one),
            List.of("-d", "refs/notes/n"))) {
      var command = new ArrayList<>(List.of("git", "update-ref"));
      command.addAll(arguments);
      assertThat(git.exec(command, date).status()).isZero();
    }
    assertThat(ours).isEqualTo(logs());
    assertThat(ours.isEmpty()).isEqualTo(policy.equals("false"));
  }

  private String logs() {
    var text = new StringBuilder();
    for (var ref : List.of("refs/heads/a", "refs/heads/b", "refs/notes/n", "refs/x/y")) {
      var log = git.root().resolve(".git/logs").resolve(ref);
      if (Files.exists(log)) {
        text.append(ref).append('\n').append(git.read(".git/logs/" + ref));
      }
    }
    return text.toString();
  }

  @Test
  void tagsArePeeled() {
    git.git("tag", "-a", "outer", "-m", "m", "annotated");
    var outer = git.git("rev-parse", "refs/tags/outer");
    git.git("tag", "-a", "loose", "-m", "m");
    var loose = git.git("rev-parse", "refs/tags/loose");
    gitvan.apply(
        worktree,
        RefUpdate.create("refs/tags/v1", tag, ""),
        RefUpdate.create("refs/tags/v2", outer, ""),
        RefUpdate.move("refs/tags/loose", loose, outer, ""));
    assertThat(git.read(".git/packed-refs").lines())
        .contains(
            tag + " refs/tags/v1", outer + " refs/tags/v2", outer + " refs/tags/loose", "^" + two);
    assertThat(git.git("rev-parse", "v1^{}", "v2^{}", "loose^{}"))
        .isEqualTo(two + "\n" + two + "\n" + two);
    assertThat(git.git("show-ref", "-d")).contains(two + " refs/tags/v2^{}");
  }

  /** A file in place of a folder, and the other way round; loose and packed, with reflogs. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aNameMayTakeTheRoomOfDeletedOnes(boolean packed) {
    git.git("branch", "a", one);
    git.git("branch", "b/c/d", one);
    git.git("branch", "b/e", one);
    if (packed) {
      git.git("pack-refs", "--all");
    }
    gitvan.apply(
        worktree,
        RefUpdate.delete("refs/heads/a", one),
        RefUpdate.create("refs/heads/a/b/c", two, "deeper"),
        RefUpdate.create("refs/heads/a/x", two, "deeper"),
        RefUpdate.delete("refs/heads/b/c/d"),
        RefUpdate.delete("refs/heads/b/e"),
        RefUpdate.create("refs/heads/b", two, "higher"));
    assertThat(git.git("for-each-ref", "--format=%(refname) %(objectname)", "refs/heads").lines())
        .containsExactly(
            "refs/heads/a/b/c " + two,
            "refs/heads/a/x " + two,
            "refs/heads/b " + two,
            "refs/heads/main " + two);
    assertThat(git.git("reflog", "--format=%gs", "a/b/c")).isEqualTo("deeper");
    assertThat(git.git("reflog", "--format=%gs", "b")).isEqualTo("higher");
    git.git("branch", "-f", "b", one);
    git.git("branch", "-f", "a/x", one);
    git.git("branch", "-D", "a/x", "a/b/c");
    git.git("branch", "a", one);
    assertThat(value("refs/heads/a")).isEqualTo(one);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsInTheWayIsNamed(boolean packed) {
    git.git("branch", "a/b", one);
    if (packed) {
      git.git("pack-refs", "--all");
    }
    assertRefused(
        Codes.REF_EXISTS,
        () -> gitvan.apply(worktree, RefUpdate.create("refs/heads/a", one, "")),
        "refs/heads/a:",
        "refs/heads/a/b");
    assertRefused(
        Codes.REF_EXISTS,
        () ->
            gitvan.apply(
                worktree,
                RefUpdate.create("refs/heads/fine", one, ""),
                RefUpdate.create("refs/heads/a/b/c", one, "")),
        "refs/heads/a/b/c:",
        "refs/heads/a/b");
    assertRefused(
        Codes.REF_EXISTS,
        () ->
            gitvan.apply(
                worktree,
                RefUpdate.verify("refs/heads/a/b", one),
                RefUpdate.create("refs/heads/a/b/c", one, "")));
    assertRefused(
        Codes.REF_INVALID,
        () ->
            gitvan.apply(
                worktree,
                RefUpdate.create("refs/heads/n", one, ""),
                RefUpdate.create("refs/heads/n/m", one, "")),
        "refs/heads/n/m");
  }

  @Test
  void anOldValueThatIsNotThereStopsAll() {
    git.git("branch", "b", one);
    git.git("pack-refs", "--all");
    var error =
        assertRefused(
            Codes.REPO_MOVED,
            () ->
                gitvan.apply(
                    worktree,
                    RefUpdate.create("refs/heads/new", one, ""),
                    RefUpdate.move("refs/heads/b", two, one, "")),
            "refs/heads/b",
            one,
            two);
    assertThat(error)
        .isInstanceOfSatisfying(
            RefMovedException.class,
            moved -> {
              assertThat(moved.ref()).isEqualTo("refs/heads/b");
              assertThat(moved.expected()).isEqualTo(Expected.id(two));
              assertThat(moved.actual()).contains(one);
            });
    assertRefused(
        Codes.REPO_MOVED,
        () -> gitvan.apply(worktree, RefUpdate.delete("refs/heads/none", one)),
        "no such ref");
    assertRefused(
        Codes.REF_EXISTS,
        () -> gitvan.apply(worktree, RefUpdate.create("refs/heads/b", one, "")),
        one);
    assertRefused(
        Codes.REF_EXISTS,
        () ->
            gitvan.apply(
                worktree,
                RefUpdate.verifyAbsent("refs/heads/b"),
                RefUpdate.create("refs/heads/c", one, "")));
    assertRefused(
        Codes.REPO_MOVED,
        () ->
            gitvan.apply(
                worktree,
                RefUpdate.verify("refs/heads/b", two),
                RefUpdate.create("refs/heads/c", one, "")));
    gitvan.apply(
        worktree,
        RefUpdate.verify("refs/heads/b", one),
        RefUpdate.verifyAbsent("refs/heads/d"),
        RefUpdate.create("refs/heads/c", one, ""));
    assertThat(value("refs/heads/c")).isEqualTo(one);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "refs/heads/../../config",
        "refs/heads/a..b",
        "refs/heads/.a",
        "refs/heads/a.lock",
        "refs/heads/a b",
        "refs/heads/a\nb",
        "refs/heads/",
        "refs/heads//a",
        "refs/heads/@{a",
        "main",
        "HEAD",
        "--help",
        "",
        "refs",
        "config",
        "refs/bisect/bad",
        "refs/worktree/x",
        "refs/gitvan/locks/x",
        "refs/notes/gitvan/results"
      })
  void namesThatAreNoRefsOfABatch(String name) {
    assertRefused(
        Codes.REF_INVALID,
        () ->
            gitvan.apply(
                worktree,
                RefUpdate.create("refs/heads/fine", one, ""),
                RefUpdate.put(name, one, "")));
    assertRefused(Codes.REF_INVALID, () -> gitvan.apply(worktree, RefUpdate.delete(name)));
  }

  @Test
  void longNames() {
    var longest = "refs/heads/" + "n".repeat(250);
    gitvan.apply(worktree, RefUpdate.create(longest, one, ""));
    gitvan.apply(
        worktree,
        RefUpdate.put(longest, two, ""),
        RefUpdate.create("refs/heads/" + "ü".repeat(125), one, ""));
    assertThat(value(longest)).isEqualTo(two);
    assertThat(value("refs/heads/" + "ü".repeat(125))).isEqualTo(one);
    assertRefused(
        Codes.REF_INVALID,
        () -> gitvan.apply(worktree, RefUpdate.create("refs/heads/" + "n".repeat(251), one, "")),
        "250 bytes");
  }

  @Test
  void aRefIsInABatchOnce() {
    assertRefused(
        Codes.REF_INVALID,
        () ->
            gitvan.apply(
                worktree,
                RefUpdate.create("refs/heads/x", one, ""),
                RefUpdate.delete("refs/heads/x")),
        "refs/heads/x",
        "twice");
    git.git("symbolic-ref", "refs/heads/link", "refs/heads/x");
    assertRefused(
        Codes.REF_INVALID,
        () ->
            gitvan.apply(
                worktree,
                RefUpdate.create("refs/heads/x", one, ""),
                RefUpdate.create("refs/heads/link", one, "")),
        "same ref");
    git.git("symbolic-ref", "--delete", "refs/heads/link");
  }

  @Test
  void symbolicRefsStandForWhatTheyLeadTo() {
    git.git("symbolic-ref", "refs/heads/link", "refs/heads/x");
    gitvan.apply(
        worktree,
        RefUpdate.create("refs/heads/link", one, "through"),
        RefUpdate.create("refs/heads/y", one, ""));
    assertThat(git.git("symbolic-ref", "refs/heads/link")).isEqualTo("refs/heads/x");
    assertThat(value("refs/heads/x")).isEqualTo(one);
    gitvan.apply(worktree, RefUpdate.delete("refs/heads/link", one));
    assertThat(value("refs/heads/x")).isEmpty();
    assertThat(git.git("symbolic-ref", "refs/heads/link")).isEqualTo("refs/heads/x");
    git.git("symbolic-ref", "refs/heads/loop", "refs/heads/pool");
    git.git("symbolic-ref", "refs/heads/pool", "refs/heads/loop");
    assertRefused(
        Codes.REF_INVALID, () -> gitvan.apply(worktree, RefUpdate.put("refs/heads/loop", one, "")));
    git.git("symbolic-ref", "--delete", "refs/heads/loop");
    git.git("symbolic-ref", "--delete", "refs/heads/pool");
    git.git("symbolic-ref", "--delete", "refs/heads/link");
  }

  @Test
  void aRefNamesAnObjectThatItMayName() {
    var tree = git.git("rev-parse", "HEAD^{tree}");
    gitvan.apply(worktree, RefUpdate.create("refs/odd/tree", tree, ""));
    assertThat(value("refs/odd/tree")).isEqualTo(tree);
    for (var id : List.of(tree, tag)) {
      assertRefused(
          Codes.REF_INVALID,
          () -> gitvan.apply(worktree, RefUpdate.create("refs/heads/x", id, "")),
          "commit");
    }
    for (var id : List.of("1".repeat(40), "0".repeat(40), "main", "", one.substring(0, 9))) {
      assertRefused(
          Codes.OBJECT_NOT_FOUND,
          () -> gitvan.apply(worktree, RefUpdate.create("refs/heads/x", id, "")),
          "refs/heads/x");
    }
  }

  @Test
  void aBrokenRefCanBeDeleted() throws IOException {
    var ref = git.root().resolve(".git/refs/heads/broken");
    Files.writeString(ref, "1".repeat(40) + "\n");
    gitvan.apply(
        worktree,
        RefUpdate.delete("refs/heads/broken", "1".repeat(40)),
        RefUpdate.create("refs/heads/x", one, ""));
    assertThat(ref).doesNotExist();
    assertThat(git.read(".git/packed-refs")).doesNotContain("broken");
  }

  @Test
  void branchesThatAreCheckedOutStay() {
    var linked = directory.resolve("linked");
    git.git("worktree", "add", "-q", "-b", "there", linked.toString());
    for (var ref : List.of("refs/heads/main", "refs/heads/there")) {
      assertRefused(
          Codes.REF_CHECKED_OUT, () -> gitvan.apply(worktree, RefUpdate.delete(ref)), ref);
      assertRefused(
          Codes.REF_CHECKED_OUT, () -> gitvan.apply(worktree, RefUpdate.put(ref, one, "")), ref);
      // What does not move is not touched.
      assertThat(gitvan.apply(worktree, RefUpdate.put(ref, two, ""))).isEmpty();
    }
    gitvan.refs.apply(
        worktree,
        RefBatch.of(
                RefUpdate.put("refs/heads/main", one, "reset"),
                RefUpdate.create("refs/heads/x", one, ""))
            .withCheckedOut());
    assertThat(git.git("rev-parse", "HEAD")).isEqualTo(one);
    assertThat(git.git("reflog", "-1", "--format=%gs", "HEAD")).isEqualTo("reset");
    git.at(linked).git("switch", "-q", "--detach");
    gitvan.apply(worktree, RefUpdate.delete("refs/heads/there"));
    assertThat(value("refs/heads/there")).isEmpty();
  }

  @Test
  void aBranchBeingRebasedStays() {
    git.git("switch", "-q", "-c", "topic", one);
    git.commit("a.txt", "3\n", "three");
    assertThat(git.run("rebase", "main").status()).isNotZero();
    assertRefused(
        Codes.REF_CHECKED_OUT,
        () -> gitvan.apply(worktree, RefUpdate.put("refs/heads/topic", one, "")));
    git.git("rebase", "--abort");
  }

  @Test
  void inABareRepositoryAndALinkedWorktree() {
    git.git("clone", "-q", "--bare", git.root().toString(), directory + "/bare.git");
    var bare = git.at(directory.resolve("bare.git").toAbsolutePath());
    gitvan.apply(
        bare.worktree(),
        RefUpdate.put("refs/heads/main", one, ""),
        RefUpdate.create("refs/heads/x", two, ""));
    assertThat(bare.git("rev-parse", "main", "x")).isEqualTo(one + "\n" + two);
    var linked = directory.resolve("linked");
    git.git("worktree", "add", "-q", "--detach", linked.toString());
    var there = git.at(linked.toAbsolutePath());
    gitvan.apply(
        there.worktree(),
        RefUpdate.create("refs/heads/y", one, ""),
        RefUpdate.create("refs/heads/z", two, ""));
    assertThat(git.git("rev-parse", "y", "z")).isEqualTo(one + "\n" + two);
    assertThat(there.git("rev-parse", "HEAD")).isEqualTo(two);
  }

  @Test
  void anEmptyBatchDoesNothing() {
    assertThat(gitvan.apply(worktree)).isEmpty();
    assertThat(gitvan.apply(worktree, RefUpdate.verify("refs/heads/main", two))).isEmpty();
  }

  @Test
  void foldersOfDeletedRefsGo() {
    git.git("branch", "deep/er/x", one);
    git.git("branch", "deep/y", one);
    gitvan.apply(worktree, RefUpdate.delete("refs/heads/deep/er/x"));
    assertThat(git.root().resolve(".git/refs/heads/deep/er")).doesNotExist();
    assertThat(git.root().resolve(".git/logs/refs/heads/deep/er")).doesNotExist();
    assertThat(git.root().resolve(".git/refs/heads/deep")).exists();
    gitvan.apply(worktree, RefUpdate.delete("refs/heads/deep/y"));
    assertThat(git.root().resolve(".git/refs/heads/deep")).doesNotExist();
    assertThat(git.root().resolve(".git/refs/heads")).exists();
  }

  /** Many more than fit one intent file, created, moved and deleted again. */
  @Test
  void aThousand() {
    var create = new ArrayList<RefUpdate>();
    var move = new ArrayList<RefUpdate>();
    var delete = new ArrayList<RefUpdate>();
    for (int i = 0; i < 1000; i++) {
      var name = "refs/heads/n" + i % 10 + "/b" + i;
      create.add(RefUpdate.create(name, one, "made"));
      move.add(RefUpdate.move(name, one, two, "moved"));
      delete.add(RefUpdate.delete(name, two));
    }
    var before = refs();
    assertThat(gitvan.refs.apply(worktree, RefBatch.of(create))).hasSize(1000);
    assertThat(git.git("for-each-ref", "--points-at", one, "refs/heads/n*/*").lines())
        .hasSize(1000);
    assertThat(gitvan.refs.apply(worktree, RefBatch.of(move))).hasSize(1000);
    assertThat(git.git("for-each-ref", "--points-at", two, "refs/heads/n*/*").lines())
        .hasSize(1000);
    assertThat(git.git("reflog", "--format=%gs", "n7/b997")).isEqualTo("moved\nmade");
    assertThat(gitvan.refs.apply(worktree, RefBatch.of(delete))).hasSize(1000);
    assertThat(refs()).isEqualTo(before);
    assertThat(git.root().resolve(".git/logs/refs/heads/n7")).doesNotExist();
  }
}
