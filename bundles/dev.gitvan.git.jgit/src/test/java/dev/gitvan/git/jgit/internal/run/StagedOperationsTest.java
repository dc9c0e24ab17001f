package dev.gitvan.git.jgit.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.PickSpec;
import dev.gitvan.git.Plumbing.ObjectType;
import dev.gitvan.git.Plumbing.TreeItem;
import dev.gitvan.git.RefUpdate;
import dev.gitvan.job.Artifact;
import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run stages happens with its receipt; picks are what {@code git cherry-pick} makes. */
class StagedOperationsTest {
  @TempDir Path directory;
  private GitSandbox git;
  private String base;

  @BeforeEach
  void sandbox() {
    git = GitSandbox.init(directory);
    git.write("a.txt", "1\n2\n3\n4\n5\n6\n7\n8\n9\n");
    git.write("b.txt", "b\n");
    git.write("run.sh", "#!/bin/sh\n");
    git.git("add", "-A");
    git.git("commit", "-qm", "base");
    base = git.git("rev-parse", "HEAD");
  }

  private static void assertCode(ErrorCode code, Runnable call) {
    assertThatExceptionOfType(GitVanException.class)
        .isThrownBy(call::run)
        .satisfies(e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }

  /** A branch with one commit that changes, adds, deletes, renames, and sets a mode and a link. */
  private String side() throws IOException {
    git.git("checkout", "-q", "-b", "side");
    git.write("a.txt", "one\n2\n3\n4\n5\n6\n7\n8\n9\n");
    git.write("new/ünï.txt", "new\n");
    git.git("rm", "-q", "b.txt");
    git.root().resolve("run.sh").toFile().setExecutable(true);
    Files.createSymbolicLink(git.root().resolve("link"), Path.of("a.txt"));
    git.git("add", "-A");
    git.git("commit", "-q", "-m", "side\n\nwith a body\n\nIssue: 7", "--author", "Eve <e@x.org>");
    var id = git.git("rev-parse", "HEAD");
    git.git("checkout", "-q", "main");
    return id;
  }

  @Test
  void aPickIsWhatGitPicks() throws IOException {
    var side = side();
    git.git("mv", "a.txt", "moved.txt");
    git.git("commit", "-qm", "rename");
    git.git("checkout", "-q", "-b", "expected");
    git.git("cherry-pick", "-x", side);
    var expected = git.git("rev-parse", "HEAD^{tree}");
    git.git("checkout", "-q", "main");
    git.write("untouched.txt", "not committed\n");
    git.write("staged.txt", "staged\n");
    git.git("add", "staged.txt");

    try (var run = OneRun.in(git)) {
      var id =
          run.repository().operations().cherryPick(PickSpec.of("side").origin(true)).orElseThrow();
      assertThat(git.git("rev-parse", "main")).as("before it is applied").isNotEqualTo(id);
      assertThat(run.artifacts)
          .extracting(Artifact::path)
          .containsExactlyInAnyOrder("moved.txt", "new/ünï.txt", "run.sh");
      run.apply();
      assertThat(git.git("rev-parse", "main")).isEqualTo(id);
    }
    assertThat(git.git("rev-parse", "HEAD^{tree}")).isEqualTo(expected);
    assertThat(git.git("log", "-1", "--format=%an <%ae>|%B"))
        .matches(
            "\\QEve <e@x.org>|side\n\nwith a body\n\nIssue: 7\n(cherry picked from commit "
                + side
                + ")\nGitvan-Run: 01ARZ3NDEKTSV4RRFFQ69G5FAV\\E [0-9a-f]{16}\nGitvan-Job: tested");
    assertThat(git.git("log", "-1", "--format=%aI"))
        .isEqualTo(git.git("log", "-1", "--format=%aI", side));
    assertThat(git.git("status", "--porcelain")).isEqualTo("A  staged.txt\n?? untouched.txt");
    assertThat(Files.isSymbolicLink(git.root().resolve("link"))).isTrue();
    assertThat(git.root().resolve("b.txt")).doesNotExist();
    assertThat(git.git("fsck", "--strict", "--no-dangling")).isEmpty();
  }

  @Test
  void aPickStandsOnWhatTheRunHasCommitted() throws IOException {
    side();
    git.write("b.txt", "changed by the run\n");
    git.write("c.txt", "1\n");
    git.git("checkout", "-q", "-b", "other", base);
    git.write("b.txt", "b\nadded\n");
    git.git("commit", "-qam", "other");
    git.git("checkout", "-q", "main");
    git.write("a.txt", "1\n2\n3\n4\n5\n6\n7\n8\nnine\n");
    try (var run = OneRun.in(git)) {
      var operations = run.repository().operations();
      operations.commit("end", List.of("a.txt"));
      git.write("b.txt", "b\n");
      operations.cherryPick(PickSpec.of("other")).orElseThrow();
      // It stands on both, and brings b.txt into conflict.
      assertCode(Codes.MERGE_CONFLICT, () -> operations.cherryPick(PickSpec.of("side")));
      run.apply();
    }
    assertThat(git.git("log", "--format=%s", "-3")).isEqualTo("other\nend\nbase");
    assertThat(git.read("b.txt")).isEqualTo("b\nadded\n");
    assertThat(git.git("status", "--porcelain")).isEqualTo("?? c.txt");
  }

  @Test
  void aRevertTakesBack() throws IOException {
    side();
    git.git("merge", "-q", "--ff-only", "side");
    git.commit("later.txt", "1\n", "later");
    var taken = git.git("rev-parse", "side");
    try (var run = OneRun.in(git)) {
      run.repository().operations().revert(PickSpec.of("side")).orElseThrow();
      run.apply();
    }
    assertThat(git.git("diff", "--name-only", base, "HEAD")).isEqualTo("later.txt");
    assertThat(git.git("log", "-1", "--format=%B"))
        .startsWith("Revert \"side\"\n\nThis reverts commit " + taken + ".\n\nGitvan-Run: ");
    assertThat(git.git("status", "--porcelain")).isEmpty();
  }

  @Test
  void aMergeIsPickedAgainstItsMainline() throws IOException {
    side();
    git.git("checkout", "-q", "-b", "merged");
    git.commit("own.txt", "1\n", "own");
    git.git("merge", "-q", "--no-ff", "-m", "merge", "side");
    git.git("checkout", "-q", "main");
    try (var run = OneRun.in(git)) {
      var operations = run.repository().operations();
      assertCode(Codes.MERGE_REFUSED, () -> operations.cherryPick(PickSpec.of("merged")));
      assertCode(
          Codes.MERGE_REFUSED, () -> operations.cherryPick(PickSpec.of("merged").mainline(3)));
      assertCode(Codes.MERGE_REFUSED, () -> operations.cherryPick(PickSpec.of("side").mainline(1)));
      operations.cherryPick(PickSpec.of("merged").mainline(1)).orElseThrow();
      run.apply();
    }
    assertThat(git.git("rev-parse", "HEAD^{tree}")).isEqualTo(git.git("rev-parse", "side^{tree}"));
  }

  @Test
  void aConflictChangesNothing() throws IOException {
    side();
    git.write("a.txt", "uno\n2\n3\n4\n5\n6\n7\n8\n9\n");
    git.git("commit", "-qam", "same line");
    var before = git.git("status", "--porcelain") + git.git("count-objects");
    try (var run = OneRun.in(git)) {
      assertThatExceptionOfType(GitVanException.class)
          .isThrownBy(() -> run.repository().operations().cherryPick(PickSpec.of("side")))
          .satisfies(e -> assertThat(e.code()).isEqualTo(Codes.MERGE_CONFLICT))
          .satisfies(e -> assertThat(e.problem().place()).isEqualTo("a.txt"));
    }
    assertThat(git.git("status", "--porcelain") + git.git("count-objects")).isEqualTo(before);
  }

  /** Aimed at writing over what the user has not committed. */
  @Test
  void whatTheUserHasChangedStopsIt() throws IOException {
    side();
    try (var run = OneRun.in(git)) {
      var operations = run.repository().operations();
      git.write("a.txt", "1\n2\n3\n4\n5\n6\n7\n8\nmine\n");
      assertCode(Codes.REPO_DIRTY, () -> operations.cherryPick(PickSpec.of("side")));
      assertThat(git.read("a.txt")).endsWith("mine\n");
      git.git("add", "a.txt");
      git.git("checkout", "-q", "a.txt");
      assertCode(Codes.REPO_DIRTY, () -> operations.cherryPick(PickSpec.of("side")));
      assertThat(git.git("show", ":a.txt")).endsWith("mine");
      git.git("reset", "-q", "--hard");
      git.write("new/ünï.txt", "in the way\n");
      assertCode(Codes.REPO_DIRTY, () -> operations.cherryPick(PickSpec.of("side")));
      assertThat(git.read("new/ünï.txt")).isEqualTo("in the way\n");
      assertThat(git.read("a.txt")).startsWith("1\n");
    }
  }

  @Test
  void whatIsThereAlreadyIsNoCommit() throws IOException {
    side();
    git.git("merge", "-q", "--ff-only", "side");
    try (var run = OneRun.in(git)) {
      assertThat(run.repository().operations().cherryPick(PickSpec.of("side"))).isEmpty();
      assertThat(run.staging().staged()).isEmpty();
    }
  }

  @Test
  void filtersAndSubmodulesAreRefused() throws IOException {
    git.write(".gitattributes", "*.bin filter=lfs\n");
    git.git("add", "-A");
    git.git("commit", "-qm", "attributes");
    git.git("checkout", "-q", "-b", "side");
    git.commit("x.bin", "1\n", "binary");
    git.git("checkout", "-q", "main");
    try (var run = OneRun.in(git)) {
      assertCode(
          Codes.FILTER_UNSUPPORTED,
          () -> run.repository().operations().cherryPick(PickSpec.of("side")));
    }
    assertThat(git.root().resolve("x.bin")).doesNotExist();
  }

  @Test
  void aPickNeedsABranchAndAWorktree() throws IOException {
    var side = side();
    git.git("checkout", "-q", "--detach");
    try (var run = OneRun.in(git)) {
      assertCode(
          Codes.HEAD_DETACHED, () -> run.repository().operations().cherryPick(PickSpec.of(side)));
    }
    git.git("clone", "-q", "--bare", git.root().toString(), directory + "/bare.git");
    try (var run = OneRun.in(git.at(directory.resolve("bare.git")))) {
      assertCode(
          Codes.REPO_BARE, () -> run.repository().operations().cherryPick(PickSpec.of(side)));
    }
  }

  @Test
  void branchesTagsNotesAndRefs() {
    git.git("branch", "merged");
    git.git("checkout", "-q", "-b", "unmerged");
    git.commit("u.txt", "1\n", "unmerged");
    git.git("checkout", "-q", "main");
    git.git("tag", "old");
    try (var run = OneRun.in(git)) {
      var repository = run.repository();
      repository.branches().create("new", null);
      repository.branches().create("from", "unmerged");
      repository.branches().delete("merged");
      assertCode(Codes.REF_NOT_MERGED, () -> repository.branches().delete("unmerged"));
      repository.branches().deleteUnmerged("unmerged");
      assertCode(Codes.OBJECT_NOT_FOUND, () -> repository.branches().delete("none"));
      assertCode(Codes.REF_CHECKED_OUT, () -> repository.branches().delete("main"));
      assertCode(Codes.REF_INVALID, () -> repository.branches().create("a..b", null));
      assertCode(Codes.ARG_LOOKS_LIKE_OPTION, () -> repository.branches().create("-f", null));
      assertCode(Codes.REF_EXISTS, () -> repository.branches().create("main", null));
      repository.tags().create("v1", "one", "HEAD");
      repository.tags().createLightweight("light", null);
      repository.tags().delete("old");
      repository.notes().append("refs/notes/n", "HEAD", "noted");
      repository.refs().update(RefUpdate.create("refs/custom/x", base, "made"));
      assertThat(repository.branches().find("new")).as("not there yet").isEmpty();
      run.apply();
    }
    assertThat(git.git("for-each-ref", "--format=%(refname)").lines())
        .containsExactlyInAnyOrder(
            "refs/custom/x",
            "refs/heads/from",
            "refs/heads/main",
            "refs/heads/new",
            "refs/notes/gitvan/results",
            "refs/notes/n",
            "refs/tags/light",
            "refs/tags/v1");
    assertThat(git.git("notes", "--ref", "n", "show", "HEAD")).isEqualTo("noted");
  }

  @Test
  void objects() {
    try (var run = OneRun.in(git)) {
      var plumbing = run.repository().plumbing();
      var content = "content\n".getBytes(StandardCharsets.UTF_8);
      var blob = plumbing.writeBlob(content);
      assertThat(git.git("cat-file", "blob", blob)).isEqualTo("content");
      var items =
          List.of(
              new TreeItem("z", 0100644, ObjectType.BLOB, blob),
              new TreeItem("dir", 0040000, ObjectType.TREE, git.git("rev-parse", "HEAD^{tree}")),
              new TreeItem("dir.txt", 0100755, ObjectType.BLOB, blob));
      var tree = plumbing.writeTree(items);
      assertThat(plumbing.tree(tree, false)).hasSize(3).containsAll(items);
      git.write("a.txt", "staged\n");
      git.git("add", "a.txt");
      assertThat(plumbing.writeIndex()).isEqualTo(git.git("write-tree"));
      try (var dry = OneRun.dry(git)) {
        assertThat(dry.repository().plumbing().writeTree(items)).isEqualTo(tree);
        assertThat(dry.repository().plumbing().writeBlob("other".getBytes())).hasSize(40);
      }
    }
  }

  @Test
  void aDryRunShowsAndChangesNothing() throws IOException {
    side();
    var before = git.git("for-each-ref") + git.git("status", "--porcelain");
    var objects = git.git("count-objects");
    try (var run = OneRun.dry(git)) {
      var repository = run.repository();
      repository.branches().create("new", null);
      repository.tags().create("v1", "one", null);
      repository.tags().createLightweight("light", "HEAD");
      repository.notes().append("refs/notes/n", null, "noted");
      assertThat(repository.operations().cherryPick(PickSpec.of("side"))).isEmpty();
      assertThat(repository.operations().commit("m", List.of("a.txt"))).isEmpty();
      assertThat(run.planned)
          .extracting(effect -> effect.kind() + " " + effect.subject())
          .containsExactly(
              "ref refs/heads/new",
              "tag refs/tags/v1",
              "tag refs/tags/light",
              "note refs/notes/n on " + base,
              "commit refs/heads/main",
              "commit refs/heads/main");
      assertThat(run.planned.get(4).detail()).contains("side").contains("a.txt");
    }
    assertThat(git.git("for-each-ref") + git.git("status", "--porcelain")).isEqualTo(before);
    assertThat(git.git("count-objects")).isEqualTo(objects);
  }
}
