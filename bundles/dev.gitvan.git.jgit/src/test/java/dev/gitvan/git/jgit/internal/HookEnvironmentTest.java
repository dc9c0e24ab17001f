package dev.gitvan.git.jgit.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * GitVan in hooks that Git itself calls with its variables set, compared with git in the same hook.
 * Shown to fail when the environment is not read: the index of `git commit -a` is another one.
 */
class HookEnvironmentTest {
  private static final String COMMIT_REFUSED = "REPO_UNSUPPORTED GIT_INDEX_FILE=";

  @TempDir Path directory;
  private GitSandbox git;
  private Path expected;
  private Path ours;

  @BeforeEach
  void open() throws IOException {
    git = GitSandbox.init(directory);
    git.commit("a.txt", "1\n", "one");
    git.commit("d/b.txt", "1\n", "two");
    expected = directory.resolve("git.out");
    ours = directory.resolve("ours.out");
    hook(git.root().resolve(".git"), "pre-commit");
  }

  /** Installs a hook that writes down what git sees, and what GitVan does. */
  private void hook(Path gitDir, String name) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java");
    var script =
        """
        #!/bin/sh
        bare=$(git rev-parse --is-bare-repository)
        { if [ $bare = true ]; then echo bare; else git rev-parse --show-toplevel; fi
          git rev-parse --absolute-git-dir
          if [ $bare = false ]; then git diff --cached --name-only; echo --; git diff --name-only; fi
          echo --
          git config hook.test || echo null
        } > '%s' 2>&1
        exec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx128m -cp '%s' %s > '%s' 2> '%s.err'
        """
            .formatted(
                expected,
                java,
                System.getProperty("java.class.path"),
                HookChild.class.getName(),
                ours,
                ours);
    var hook = Files.createDirectories(gitDir.resolve("hooks")).resolve(name);
    Files.writeString(hook, script);
    assertThat(hook.toFile().setExecutable(true)).isTrue();
  }

  /**
   * @param last the beginning of what GitVan says to a commit inside the hook
   */
  private void assertSame(String what, String last) throws IOException {
    var lines = Files.readAllLines(ours);
    assertThat(lines.subList(0, lines.size() - 1)).as(what).isEqualTo(Files.readAllLines(expected));
    assertThat(lines.get(lines.size() - 1)).as(what).startsWith(last);
    Files.delete(ours);
    Files.delete(expected);
  }

  @Test
  void indexesOfCommits() throws IOException {
    git.write("a.txt", "2\n");
    git.git("add", "a.txt");
    git.write("d/b.txt", "2\n");
    git.git("commit", "-qm", "what is staged");
    assertSame("commit", "can commit");
    git.write("a.txt", "3\n");
    git.git("commit", "-qam", "all");
    assertSame("commit -a", COMMIT_REFUSED);
    git.write("a.txt", "4\n");
    git.git("add", "a.txt");
    git.write("d/b.txt", "3\n");
    git.at(git.root().resolve("d")).git("-c", "hook.test=it's", "commit", "-qm", "one", "b.txt");
    assertThat(Files.readString(expected)).contains("it's\n", "d/b.txt\n");
    assertSame("commit PATH in a folder, with -c", COMMIT_REFUSED);
    git.git("commit", "-q", "--amend", "-am", "amended");
    assertSame("commit --amend -a", COMMIT_REFUSED);
    assertThat(git.git("status", "--porcelain")).isEmpty();
    var receipts = git.git("log", "--format=%H", "refs/notes/gitvan/results").lines();
    assertThat(receipts).hasSize(4);
    git.git("fsck", "--strict");
  }

  @Test
  void linkedWorktreesAndRepositoriesElsewhere() throws IOException {
    var linked = directory.toRealPath().resolve("linked");
    git.git("worktree", "add", "-q", "--detach", linked.toString());
    var there = git.at(linked);
    there.write("a.txt", "2\n");
    there.git("commit", "-qam", "in a linked worktree");
    assertSame("linked", COMMIT_REFUSED);

    var home = Files.createDirectory(directory.toRealPath().resolve("files"));
    var dotfiles = git.at(home);
    git.git("init", "-q", "--bare", directory + "/dotfiles");
    hook(directory.resolve("dotfiles"), "pre-commit");
    dotfiles.write("x.conf", "1\n");
    var variables = Map.of("GIT_DIR", directory + "/dotfiles", "GIT_WORK_TREE", home.toString());
    for (var command : List.of("git add x.conf", "git commit -qm one")) {
      var result = dotfiles.exec(List.of("sh", "-c", command), variables);
      assertThat(result.status()).as(result.err()).isZero();
    }
    assertThat(Files.readString(expected)).startsWith(home + "\n").contains("x.conf");
    assertSame("a bare repository with a worktree", "REPO_EMPTY");
  }

  @Test
  void pushes() throws IOException {
    git.git("init", "-q", "--bare", directory + "/bare");
    hook(directory.resolve("bare"), "post-receive");
    git.git("push", "-q", directory + "/bare", "HEAD:refs/heads/main");
    assertSame("post-receive", "REPO_BARE");
    hook(directory.resolve("bare"), "pre-receive");
    git.commit("a.txt", "5\n", "five");
    git.git("push", "-q", directory + "/bare", "HEAD:refs/heads/next");
    // The last hook that has run is post-receive; what pre-receive saw comes next.
    Files.delete(directory.resolve("bare/hooks/post-receive"));
    git.commit("a.txt", "6\n", "six");
    git.git("push", "-q", directory + "/bare", "HEAD:refs/heads/next");
    assertThat(Files.readString(ours))
        .isEqualTo(
            "REPO_UNSUPPORTED GIT_QUARANTINE_PATH: GitVan does not read objects of a push that Git"
                + " has not accepted yet. Run it in the post-receive hook, or unset Git's"
                + " variables.\n");

    git.git("init", "-q", directory + "/other");
    hook(directory.resolve("other/.git"), "post-receive");
    git.git("push", "-q", directory + "/other", "HEAD:refs/heads/next");
    // git takes its own folder for the worktree here.
    assertThat(Files.readAllLines(ours))
        .startsWith(directory.toRealPath() + "/other", directory.toRealPath() + "/other/.git");
  }
}
