package dev.gitvan.git.jgit.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.testkit.GitSandbox;
import dev.gitvan.testkit.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryTest {
  @TempDir Path directory;
  private GitSandbox git;
  private Repositories repositories;

  @BeforeEach
  void open() {
    git = GitSandbox.init(directory);
    git.commit("a/b/c", "1", "one");
    repositories = new Repositories(git.environment());
  }

  @AfterEach
  void close() {
    repositories.close();
  }

  private void assertRefused(ErrorCode code, Path at, String... words) {
    assertThatExceptionOfType(GitVanException.class)
        .isThrownBy(() -> repositories.discover(at))
        .satisfies(e -> assertThat(e.code()).isEqualTo(code))
        .satisfies(
            e -> {
              for (var word : words) {
                assertThat(e.getMessage()).contains(word);
              }
            });
  }

  @Test
  void fromAnySubdirectoryAndTheGitDirectory() {
    for (var at : new String[] {".", "a/b", ".git", ".git/refs/heads"}) {
      assertThat(repositories.discover(git.root().resolve(at))).isEqualTo(git.worktree());
    }
  }

  @Test
  void linkedWorktree() {
    var linked = directory.resolve("linked");
    git.git("worktree", "add", "-q", linked.toString());
    var there = git.at(linked.toAbsolutePath());
    assertThat(repositories.discover(linked.resolve("a"))).isEqualTo(there.worktree());
    assertThat(repositories.discover(git.root().resolve(".git/worktrees/linked")))
        .isEqualTo(there.worktree());
  }

  @Test
  void bareAndSeparateGitDirectory() throws IOException {
    git.git("clone", "-q", "--bare", git.root().toString(), directory + "/bare.git");
    var bare = repositories.discover(directory.resolve("bare.git/refs"));
    assertThat(bare.isBare()).isTrue();
    assertThat(bare.gitDir()).isEqualTo(directory.toRealPath().resolve("bare.git"));
    git.git("init", "-q", "--separate-git-dir", directory + "/elsewhere", directory + "/apart");
    var apart = git.at(directory.toRealPath().resolve("apart"));
    assertThat(repositories.discover(apart.root())).isEqualTo(apart.worktree());
  }

  @Test
  void notARepository() {
    assertRefused(
        Codes.REPO_NOT_FOUND, directory.resolve("home"), directory.getFileName().toString());
    assertRefused(Codes.REPO_NOT_FOUND, directory.resolve("nothing"));
  }

  /** Root may read everything. Shown to fail by a user who is not root: REPO_NOT_FOUND. */
  @Test
  void whatMayNotBeReadIsNamed() throws IOException {
    for (var name : List.of(".git/HEAD", ".git")) {
      var path = git.root().resolve(name);
      var before = Files.getPosixFilePermissions(path);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("---------"));
      try {
        assumeThat(Files.isReadable(path)).as("root").isFalse();
        assertRefused(Codes.ACCESS_DENIED, git.root().resolve("a"), path.toString());
      } finally {
        Files.setPosixFilePermissions(path, before);
      }
    }
  }

  /** Shown to fail when the FIFO is opened, and with the text of an InvalidPathException. */
  @Test
  @Timeout(60)
  void damagedFilesOfGitAreNoRepository() throws IOException {
    var head = git.root().resolve(".git/HEAD");
    var whole = Files.readAllBytes(head);
    for (int cut = 0; cut < "ref: refs/".length(); cut++) {
      Files.write(head, Arrays.copyOf(whole, cut));
      assertRefused(Codes.REPO_NOT_FOUND, git.root());
    }
    Files.delete(head);
    git.exec(List.of("mkfifo", head.toString()), Map.of());
    assertRefused(Codes.REPO_NOT_FOUND, git.root());
    Files.delete(head);
    Files.write(head, whole);
    var linked = directory.resolve("linked");
    git.git("worktree", "add", "-q", linked.toString());
    Files.writeString(git.root().resolve(".git/worktrees/linked/commondir"), "../\0");
    assertRefused(Codes.REPO_NOT_FOUND, linked);
    Files.writeString(linked.resolve(".git"), "gitdir: \0");
    assertRefused(Codes.REPO_NOT_FOUND, linked, "does not point to a Git directory");
  }

  @Test
  void unsupportedFormatsAreNamed() {
    git.git("init", "-q", "--object-format=sha256", directory + "/sha256");
    assertRefused(Codes.REPO_UNSUPPORTED, directory.resolve("sha256"), "sha256");
    git.git("config", "core.repositoryFormatVersion", "1");
    git.git("config", "extensions.refStorage", "reftable");
    assertRefused(Codes.REPO_UNSUPPORTED, git.root(), "reftable");
    git.git("config", "--file", git.root() + "/.git/config", "extensions.refStorage", "files");
    git.git("config", "--file", git.root() + "/.git/config", "extensions.teleport", "true");
    assertRefused(Codes.REPO_UNSUPPORTED, git.root(), "teleport");
    git.git("config", "--file", git.root() + "/.git/config", "core.repositoryFormatVersion", "7");
    assertRefused(Codes.REPO_UNSUPPORTED, git.root(), "version 7");
  }

  @Test
  void corruptConfigurationIsNamed() throws IOException {
    Files.writeString(git.root().resolve(".git/config"), "[core\nbare = maybe");
    assertRefused(Codes.CONFIG_PARSE, git.root(), ".git/config");
  }

  /**
   * Ownership is simulated the other way round: the process's user stays, the repository is given
   * away. Needs root.
   */
  @Test
  void anothersRepositoryIsRefusedUnlessTheUserTrustsIt() throws IOException {
    Machine.needs(
        Files.getAttribute(git.root(), "unix:uid").equals(0),
        "only root can give a repository away");
    git.exec(List.of("chown", "-R", "12345", git.root().toString()), Map.of());
    assertRefused(Codes.REPO_NOT_TRUSTED, git.root(), "safe.directory");
    // What the repository itself says does not count.
    Files.writeString(
        git.root().resolve(".git/config"),
        "[safe]\n\tdirectory = *\n",
        java.nio.file.StandardOpenOption.APPEND);
    assertRefused(Codes.REPO_NOT_TRUSTED, git.root().resolve("a"));
    trust("/somewhere/else");
    assertRefused(Codes.REPO_NOT_TRUSTED, git.root());
    trust(git.root().toString());
    assertThat(repositories.discover(git.root()).workTree()).isEqualTo(git.root());
    trust("");
    assertRefused(Codes.REPO_NOT_TRUSTED, git.root());
    trust("*");
    assertThat(repositories.discover(git.root()).workTree()).isEqualTo(git.root());
  }

  private void trust(String value) throws IOException {
    Files.writeString(
        git.home().resolve(".gitconfig"),
        "[safe]\n\tdirectory = " + value + "\n",
        java.nio.file.StandardOpenOption.APPEND);
  }
}
