package dev.gitvan.git.jgit.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.HistoryQuery;
import dev.gitvan.git.MergeSpec;
import dev.gitvan.git.Operations.FastForward;
import dev.gitvan.git.Operations.OnConflict;
import dev.gitvan.git.Operations.ResetMode;
import dev.gitvan.git.RebaseSpec;
import dev.gitvan.git.RunRepository;
import dev.gitvan.git.StashSpec;
import dev.gitvan.git.WorktreeSpec;
import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run does at once: with Git's own results, within the run's rules. */
class ImmediateOperationsTest {
  @TempDir Path directory;
  private GitSandbox git;
  private String base;

  @BeforeEach
  void sandbox() {
    git = GitSandbox.init(directory);
    base = git.commit("a.txt", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "base");
    git.git("checkout", "-q", "-b", "side");
    git.commit("side.txt", "1\n", "on the side");
    git.git("checkout", "-q", "main");
  }

  private void conflicting() {
    git.git("checkout", "-q", "-b", "other");
    git.commit("a.txt", "other\n2\n3\n4\n5\n6\n7\n8\n9\n", "other");
    git.git("checkout", "-q", "main");
    git.commit("a.txt", "main\n2\n3\n4\n5\n6\n7\n8\n9\n", "mine");
  }

  private static GitVanException refusal(Runnable call) {
    var thrown = new GitVanException[1];
    assertThatExceptionOfType(GitVanException.class)
        .isThrownBy(call::run)
        .satisfies(e -> thrown[0] = e);
    return thrown[0];
  }

  private static void assertCode(ErrorCode code, Runnable call) {
    var refusal = refusal(call);
    assertThat(refusal.code()).as(refusal.getMessage()).isEqualTo(code);
    assertThat(refusal.getMessage()).doesNotContain("\n");
  }

  @Test
  void aMergeGoesForwardOrMakesACommit() {
    try (var run = OneRun.in(git)) {
      var operations = run.repository().operations();
      var merged = operations.merge(MergeSpec.of("side"));
      assertThat(merged.before()).isEqualTo(base);
      assertThat(merged.after()).isEqualTo(git.git("rev-parse", "side")).isEqualTo(run.head());
      assertThat(operations.merge(MergeSpec.of("side")).isChanged()).isFalse();
    }
    git.git("reset", "-q", "--hard", base);
    git.commit("main.txt", "1\n", "on main");
    try (var run = OneRun.in(git)) {
      var operations = run.repository().operations();
      assertCode(
          Codes.MERGE_REFUSED,
          () -> operations.merge(MergeSpec.of("side").fastForward(FastForward.ONLY)));
      git.git("config", "merge.log", "true");
      git.git("config", "commit.cleanup", "verbatim");
      git.git("config", "i18n.commitEncoding", "ISO-8859-1");
      operations.merge(MergeSpec.of("side"));
      assertThat(git.git("log", "-1", "--format=%B"))
          .matches(
              "Merge branch 'side' into main\n\nGitvan-Run: 01ARZ3NDEKTSV4RRFFQ69G5FAV"
                  + " [0-9a-f]{16}\nGitvan-Job: tested");
      // The message is the one that GitVan wrote, whatever Git is configured to add to it.
      assertThat(run.repository().commits().count(HistoryQuery.fromHead()))
          .asString()
          .isEqualTo(git.git("rev-list", "--count", "HEAD^@"));
      assertThat(git.git("rev-list", "--parents", "-1", "HEAD").split(" ")).hasSize(3);
      assertThat(run.steps).containsExactly("git merge side failed", "git merge side");
      // The run goes on from there.
      git.write("out.txt", "1\n");
      operations.commit("then", List.of("out.txt"));
      var receipt = run.apply();
      assertThat(git.git("rev-parse", "HEAD")).isEqualTo(receipt.commit());
    }
    assertThat(git.git("log", "--format=%s", "--first-parent", "-3"))
        .isEqualTo("then\nMerge branch 'side' into main\non main");
    assertThat(git.git("status", "--porcelain")).isEmpty();
  }

  @Test
  void aConflictLeavesEverythingAsItWas() {
    conflicting();
    git.write("untracked.txt", "mine\n");
    var before = state();
    try (var run = OneRun.in(git)) {
      var operations = run.repository().operations();
      var merge = refusal(() -> operations.merge(MergeSpec.of("other")));
      assertThat(merge.code()).isEqualTo(Codes.MERGE_CONFLICT);
      assertThat(merge.problem().place()).isEqualTo("a.txt");
      assertThat(state()).isEqualTo(before);
      var rebase = refusal(() -> operations.rebase(RebaseSpec.of("other")));
      assertThat(rebase.code()).isEqualTo(Codes.MERGE_CONFLICT);
      assertThat(rebase.problem().place()).isEqualTo("a.txt");
      assertThat(state()).isEqualTo(before);
    }
  }

  private String state() {
    return git.git("status", "--porcelain=v2", "--branch")
        + git.git("for-each-ref")
        + git.read("a.txt");
  }

  @Test
  void aConflictCanBeKeptAndAborted() {
    conflicting();
    try (var run = OneRun.in(git)) {
      var operations = run.repository().operations();
      var keep = MergeSpec.of("other").onConflict(OnConflict.KEEP);
      assertCode(Codes.MERGE_CONFLICT, () -> operations.merge(keep));
      assertThat(git.git("status", "--porcelain")).isEqualTo("UU a.txt");
      assertCode(Codes.REPO_IN_PROGRESS, () -> operations.merge(MergeSpec.of("side")));
      assertCode(Codes.REPO_IN_PROGRESS, () -> operations.rebase(RebaseSpec.of("side")));
      operations.abort();
      assertThat(git.git("status", "--porcelain")).isEmpty();
      operations.abort();
    }
  }

  /** Aimed at a merge that is killed and leaves the repository in the middle. */
  @Test
  void aMergeThatIsCancelledIsTakenBack() throws IOException {
    conflicting();
    git.git("config", "core.hooksPath", ".git/hooks");
    var hook = git.root().resolve(".git/hooks/pre-merge-commit");
    Files.createDirectories(hook.getParent());
    Files.writeString(hook, "#!/bin/sh\ntouch hook-began; sleep 600\n");
    assertThat(hook.toFile().setExecutable(true)).isTrue();
    git.commit("more.txt", "1\n", "more");
    var before = git.git("for-each-ref") + git.git("rev-parse", "HEAD");
    try (var run = OneRun.in(git)) {
      run.deadline = dev.gitvan.job.Deadline.in(java.time.Duration.ofSeconds(5));
      var hooked =
          MergeSpec.of("side")
              .fastForward(FastForward.NEVER)
              .onConflict(OnConflict.KEEP)
              .hooks(true);
      assertCode(Codes.TIMEOUT, () -> run.repository().operations().merge(hooked));
    }
    assertThat(git.root().resolve("hook-began")).exists();
    Files.delete(git.root().resolve("hook-began"));
    assertThat(git.git("status", "--porcelain")).isEmpty();
    assertThat(git.git("for-each-ref") + git.git("rev-parse", "HEAD")).isEqualTo(before);
    assertThat(git.root().resolve(".git/MERGE_HEAD")).doesNotExist();
    assertThat(git.root().resolve(".git/index.lock")).doesNotExist();
  }

  @Test
  void hooksRunOnlyWhenTheyAreWanted() throws IOException {
    git.commit("main.txt", "1\n", "on main");
    var hook = git.root().resolve(".git/hooks/commit-msg");
    Files.createDirectories(hook.getParent());
    Files.writeString(hook, "#!/bin/sh\necho seen >> \"$1\"\n");
    assertThat(hook.toFile().setExecutable(true)).isTrue();
    try (var run = OneRun.in(git)) {
      run.repository().operations().merge(MergeSpec.of("side"));
      assertThat(git.git("log", "-1", "--format=%B")).doesNotContain("seen");
      git.git("reset", "-q", "--hard", "HEAD~1");
      run.staging().restart();
      run.repository()
          .operations()
          .merge(
              MergeSpec.of("side")
                  .message("with hooks")
                  .fastForward(FastForward.NEVER)
                  .hooks(true));
      assertThat(git.git("log", "-1", "--format=%B")).contains("with hooks").contains("seen");
    }
  }

  @Test
  void aRebasePutsCommitsOnTop() {
    git.commit("main.txt", "1\n", "on main");
    try (var run = OneRun.in(git)) {
      var rebased = run.repository().operations().rebase(RebaseSpec.of("side"));
      assertThat(rebased.isChanged()).isTrue();
      assertThat(git.git("log", "--format=%s")).isEqualTo("on main\non the side\nbase");
      git.write("main.txt", "changed\n");
      assertCode(Codes.REPO_DIRTY, () -> run.repository().operations().rebase(RebaseSpec.of(base)));
    }
    assertThat(git.read("main.txt")).isEqualTo("changed\n");
  }

  @Test
  void resets() {
    var second = git.commit("a.txt", "2\n", "two");
    try (var run = OneRun.in(git)) {
      var operations = run.repository().operations();
      operations.reset(ResetMode.SOFT, "HEAD~1");
      assertThat(git.git("status", "--porcelain")).isEqualTo("M  a.txt");
      operations.reset(ResetMode.MIXED, "HEAD");
      assertThat(git.git("status", "--porcelain")).isEqualTo(" M a.txt");
      assertCode(Codes.REPO_DIRTY, () -> operations.reset(ResetMode.KEEP, second));
      operations.restore("HEAD", List.of("a.txt"));
      assertThat(git.git("status", "--porcelain")).isEmpty();
      operations.reset(ResetMode.HARD, second);
      assertThat(git.git("rev-parse", "HEAD")).isEqualTo(second).isEqualTo(run.head());
      assertCode(Codes.OBJECT_NOT_FOUND, () -> operations.reset(ResetMode.HARD, "none"));
      assertCode(Codes.ARG_LOOKS_LIKE_OPTION, () -> operations.reset(ResetMode.HARD, "--hard"));
      assertCode(Codes.OBJECT_NOT_FOUND, () -> operations.restore("HEAD", List.of("none")));
    }
  }

  @Test
  void switchesAndRenames() {
    try (var run = OneRun.in(git)) {
      var branches = run.repository().branches();
      branches.switchTo("side");
      assertThat(run.repository().branch()).contains("refs/heads/side");
      assertThat(run.staging().base().branch()).isEqualTo("refs/heads/side");
      git.write("side.txt", "changed\n");
      assertCode(Codes.REPO_DIRTY, () -> branches.switchTo("main"));
      git.git("checkout", "-q", "side.txt");
      branches.rename("side", "renamed");
      assertThat(run.staging().base().branch()).isEqualTo("refs/heads/renamed");
      assertCode(Codes.REF_EXISTS, () -> branches.rename("renamed", "main"));
      assertCode(Codes.OBJECT_NOT_FOUND, () -> branches.switchTo("none"));
      branches.detachAt("main");
      assertThat(run.repository().branch()).isEmpty();
      assertThat(run.repository().head()).contains(base);
      assertCode(
          Codes.HEAD_DETACHED, () -> run.repository().operations().merge(MergeSpec.of("renamed")));
    }
  }

  @Test
  void stashes() {
    try (var run = OneRun.in(git)) {
      var stashes = run.repository().stashes();
      assertThat(stashes.push(StashSpec.of("nothing"))).isEmpty();
      git.write("a.txt", "half done\n");
      var one = stashes.push(StashSpec.of("one")).orElseThrow();
      assertThat(one.message()).isEqualTo("On main: one");
      git.write("new.txt", "untracked\n");
      var two = stashes.push(StashSpec.of(null).untracked(true)).orElseThrow();
      assertThat(git.git("status", "--porcelain")).isEmpty();
      assertThat(stashes.list()).containsExactly(two, one);
      stashes.apply(one, false);
      assertThat(git.read("a.txt")).isEqualTo("half done\n");
      git.git("checkout", "-q", "a.txt");
      stashes.drop(one);
      assertThat(stashes.list()).containsExactly(two);
      stashes.pop(two, false);
      assertThat(git.git("status", "--porcelain")).isEqualTo("?? new.txt");
      assertThat(stashes.list()).isEmpty();
      assertCode(Codes.OBJECT_NOT_FOUND, () -> stashes.drop(one));
      assertCode(Codes.OBJECT_NOT_FOUND, () -> stashes.apply(two, false));
    }
  }

  @Test
  void aStashThatConflictsStays() {
    git.write("a.txt", "stashed\n2\n3\n4\n5\n6\n7\n8\n9\n");
    try (var run = OneRun.in(git)) {
      var stashes = run.repository().stashes();
      var stash = stashes.push(StashSpec.of("mine")).orElseThrow();
      git.commit("a.txt", "committed\n2\n3\n4\n5\n6\n7\n8\n9\n", "meanwhile");
      run.staging().restart();
      var refusal = refusal(() -> stashes.pop(stash, false));
      assertThat(refusal.code()).isEqualTo(Codes.MERGE_CONFLICT);
      assertThat(refusal.problem().place()).isEqualTo("a.txt");
      assertThat(stashes.list()).containsExactly(stash);
    }
  }

  @Test
  void worktrees() {
    try (var run = OneRun.in(git)) {
      var worktrees = run.repository().worktrees();
      var path = directory.resolve("linked");
      var added = worktrees.add(WorktreeSpec.of(path, "side").newBranch("fresh"));
      assertThat(added.workTree()).isEqualTo(path.toAbsolutePath());
      assertThat(git.at(path).git("symbolic-ref", "HEAD")).isEqualTo("refs/heads/fresh");
      worktrees.add(WorktreeSpec.of(Path.of("../second"), "side"));
      assertCode(
          Codes.REF_EXISTS,
          () -> worktrees.add(WorktreeSpec.of(directory.resolve("third"), "side")));
      assertCode(
          Codes.OUTPUT_FORBIDDEN_PATH,
          () -> worktrees.add(WorktreeSpec.of(git.root().resolve(".git/x"), null)));
      git.at(path).write("side.txt", "changed\n");
      assertCode(Codes.REPO_DIRTY, () -> worktrees.remove(path, false));
      worktrees.remove(path, true);
      assertThat(path).doesNotExist();
      assertCode(Codes.OBJECT_NOT_FOUND, () -> worktrees.remove(directory.resolve("none"), false));
      git.exec(List.of("rm", "-r", git.root().resolveSibling("second").toString()), Map.of());
      worktrees.prune();
      assertThat(worktrees.list()).hasSize(1);
    }
  }

  @Test
  void anyCommandWithAllGuards() {
    try (var run = OneRun.in(git)) {
      var operations = run.repository().operations();
      assertThat(operations.git(List.of("rev-parse", "HEAD")).strip()).isEqualTo(base);
      assertThat(operations.git(List.of("show", "--stat", "side"))).contains("side.txt");
      assertCode(
          Codes.ARG_LOOKS_LIKE_OPTION, () -> operations.git(List.of("-c", "alias.x=!id", "x")));
      assertCode(Codes.GIT_FAILED, () -> operations.git(List.of("no-such-command")));
      operations.git(List.of("commit", "-q", "--allow-empty", "-m", "by hand"));
      assertThat(run.head()).isEqualTo(git.git("rev-parse", "HEAD")).isNotEqualTo(base);
    }
  }

  /** Aimed at a branch that is pulled away from below a staged commit. */
  @Test
  void onceSomethingIsStagedNothingMovesBelowIt() {
    git.write("out.txt", "1\n");
    try (var run = OneRun.in(git)) {
      var repository = run.repository();
      repository.operations().commit("staged", List.of("out.txt"));
      List<Consumer<RunRepository>> refused =
          List.of(
              r -> r.operations().merge(MergeSpec.of("side")),
              r -> r.operations().rebase(RebaseSpec.of("side")),
              r -> r.operations().reset(ResetMode.SOFT, "HEAD"),
              r -> r.operations().restore("HEAD", List.of("a.txt")),
              r -> r.operations().abort(),
              r -> r.operations().git(List.of("status")),
              r -> r.branches().switchTo("side"),
              r -> r.branches().detachAt("side"),
              r -> r.branches().rename("side", "x"),
              r -> r.stashes().push(StashSpec.of("x")));
      for (var operation : refused) {
        assertCode(Codes.RUN_STAGED, () -> operation.accept(repository));
      }
      repository.worktrees().add(WorktreeSpec.of(directory.resolve("fine"), "side"));
      run.apply();
    }
    assertThat(git.git("log", "--format=%s", "-2")).isEqualTo("staged\nbase");
  }

  @Test
  void aDryRunShowsAndRefuses() {
    var before = state();
    try (var run = OneRun.dry(git)) {
      var repository = run.repository();
      List<Consumer<RunRepository>> refused =
          List.of(
              r -> r.operations().merge(MergeSpec.of("side")),
              r -> r.operations().rebase(RebaseSpec.of("side")),
              r -> r.operations().reset(ResetMode.HARD, "HEAD"),
              r -> r.branches().switchTo("side"),
              r -> r.stashes().push(StashSpec.of("x")),
              r -> r.worktrees().add(WorktreeSpec.of(directory.resolve("x"), "side")),
              r -> r.worktrees().prune(),
              r -> r.remotes().add("o", "https://example.org/x.git"),
              r -> r.plumbing().writeIndex(),
              r -> r.operations().git(List.of("gc")));
      for (var operation : refused) {
        assertCode(Codes.DRY_RUN, () -> operation.accept(repository));
      }
      assertThat(run.planned)
          .hasSize(refused.size())
          .allSatisfy(effect -> assertThat(effect.kind()).isEqualTo("git"));
      assertThat(run.planned.get(0).subject()).isEqualTo("merge side");
    }
    assertThat(state()).isEqualTo(before);
  }
}
