package dev.gitvan.git.jgit.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.git.RefUpdate;
import dev.gitvan.git.jgit.internal.JavaProcess;
import dev.gitvan.git.jgit.internal.Remains;
import dev.gitvan.testkit.GitSandbox;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process that ends at any point of a batch with deletions leaves all of it or none; the next
 * process clears its locks, and writes or deletes the reflogs that follow.
 *
 * <p>Shown to fail on broken builds: with loose files of deleted refs removed after the rename
 * instead of before it, {@code after-refs} finds refs that should be gone; without deletions in the
 * recovery, {@code after-refs} keeps a deleted ref's log, and the folder's name cannot be taken.
 */
class BatchKillTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "before-intent",
        "after-intent",
        "after-lock-0",
        "after-lock-4",
        "before-pack",
        "after-pack",
        "after-unloose",
        "after-lock-5",
        "after-lock-6",
        "after-plan",
        "before-refs",
        "after-refs",
        "after-reflogs"
      })
  void allOrNothing(String point) throws Exception {
    var git = GitSandbox.init(directory);
    var one = git.commit("a.txt", "1\n", "one");
    var two = git.commit("a.txt", "2\n", "two");
    git.git("branch", "packed", one);
    git.git("tag", "-a", "tagged", "-m", "m");
    git.git("pack-refs", "--all");
    git.git("branch", "loose", one);
    git.git("branch", "a", one);
    git.git("branch", "f/g", one);
    var before = refs(git);

    // Locks: a, f, f/g (which waits for f), loose, packed, tagged; packed-refs; a/b.
    var child =
        JavaProcess.start(
            git,
            BatchChild.class,
            List.of("-Dgitvan.failpoint=" + point),
            "-refs/heads/a",
            "+refs/heads/a/b=" + two,
            "-refs/heads/f/g",
            "+refs/heads/f=" + two,
            "refs/heads/loose=" + two,
            "-refs/heads/packed",
            "-refs/tags/tagged");
    var output = new String(child.getInputStream().readAllBytes());
    assertThat(child.waitFor()).as(output).isEqualTo(137);

    boolean moved = Set.of("after-refs", "after-reflogs").contains(point);
    var after =
        """
        refs/heads/a/b %2$s
        refs/heads/f %2$s
        refs/heads/loose %2$s
        refs/heads/main %2$s\
        """
            .formatted(one, two);
    assertThat(refs(git)).isEqualTo(moved ? after : before);
    Remains.assertSound(git);

    try (var gitvan = Batches.open(git)) {
      gitvan.apply(git.worktree(), RefUpdate.create("refs/heads/next", one, ""));
    }
    assertThat(Remains.of(git)).isEmpty();
    if (moved) {
      assertThat(git.git("reflog", "--format=%gs", "a/b")).isEqualTo("created");
      assertThat(git.git("reflog", "--format=%gs", "f")).isEqualTo("created");
      assertThat(git.git("reflog", "--format=%gs", "loose")).startsWith("moved\n");
      assertThat(git.root().resolve(".git/logs/refs/heads/packed")).doesNotExist();
      git.git("branch", "-D", "a/b", "f");
    } else {
      git.git("branch", "-D", "a", "f/g");
      git.git("branch", "-f", "loose", two);
    }
    git.git("branch", "a", one);
    git.git("branch", "f", one);
    Remains.assertSound(git);
  }

  @ParameterizedTest
  @ValueSource(strings = {"after-lock-1", "before-refs", "before-delete", "after-refs"})
  void oneDeletionAlone(String point) throws Exception {
    var git = GitSandbox.init(directory);
    var one = git.commit("a.txt", "1\n", "one");
    var two = git.commit("a.txt", "2\n", "two");
    git.git("branch", "x/y", one);
    git.git("pack-refs", "--all");
    git.git("update-ref", "refs/heads/x/y", two);
    var child =
        JavaProcess.start(
            git, BatchChild.class, List.of("-Dgitvan.failpoint=" + point), "-refs/heads/x/y");
    var output = new String(child.getInputStream().readAllBytes());
    assertThat(child.waitFor()).as(output).isEqualTo(137);
    boolean gone = point.equals("after-refs");
    assertThat(git.run("rev-parse", "-q", "--verify", "refs/heads/x/y").out().strip())
        .isEqualTo(gone ? "" : two);
    try (var gitvan = Batches.open(git)) {
      gitvan.apply(git.worktree(), RefUpdate.create("refs/heads/next", one, ""));
      gitvan.apply(git.worktree(), RefUpdate.delete("refs/heads/x/y"));
    }
    assertThat(Remains.of(git)).isEmpty();
    assertThat(git.root().resolve(".git/logs/refs/heads/x")).doesNotExist();
    git.git("branch", "x", one);
    Remains.assertSound(git);
  }

  private static String refs(GitSandbox git) {
    return git.git("for-each-ref", "--format=%(refname) %(objectname)");
  }
}
