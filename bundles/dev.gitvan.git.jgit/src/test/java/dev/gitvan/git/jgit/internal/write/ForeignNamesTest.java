package dev.gitvan.git.jgit.internal.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.Worktree;
import dev.gitvan.git.jgit.internal.JGitGit;
import dev.gitvan.git.jgit.internal.command.GitCommand;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.process.local.internal.LocalLauncher;
import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of branches, files and folders that are not ASCII, and those that are not UTF-8. */
class ForeignNamesTest {
  @TempDir Path directory;
  private GitSandbox git;
  private Receipts gitvan;

  @BeforeEach
  void open() {
    git = GitSandbox.init(directory);
    git.commit("base.txt", "1\n", "base");
    gitvan = Receipts.open(git);
  }

  @AfterEach
  void close() {
    gitvan.close();
  }

  @ParameterizedTest
  @CsvSource({
    "größe, false",
    "größe, true",
    "作業/枝, false",
    "🚀, true",
    "x\u0085\u00a0\u3000, false"
  })
  void aBranchIsCommittedTo(String branch, boolean packed) {
    git.git("checkout", "-q", "-b", branch);
    if (packed) {
      git.git("pack-refs", "--all");
    }
    git.write(branch + "/é.txt", "1\n");
    var before = git.git("rev-parse", "HEAD");
    gitvan.run(git.worktree(), Receipts.id(1), branch + "/é.txt");
    assertThat(git.git("rev-parse", "refs/heads/" + branch + "~1")).isEqualTo(before);
    assertThat(git.git("rev-parse", "main")).isEqualTo(before);
    assertThat(git.git("-c", "core.quotePath=false", "ls-tree", "-r", "--name-only", "HEAD"))
        .contains(branch + "/é.txt");
    assertThat(git.git("status", "--porcelain")).isEmpty();
    assertThat(gitvan.transactions.verify(git.worktree()).findings()).isEmpty();
    try (var repository = service().open(git.worktree())) {
      assertThat(repository.branch()).contains("refs/heads/" + branch);
      assertThat(repository.head()).contains(git.git("rev-parse", "HEAD"));
      assertThat(repository.status().isClean()).isTrue();
      assertThat(repository.worktrees().list())
          .extracting(Worktree::branch)
          .containsExactly("refs/heads/" + branch);
    }
  }

  private JGitGit service() {
    return new JGitGit(gitvan.repositories, Metrics.NONE, new GitCommand(new LocalLauncher()));
  }

  /** Its name has no form in Java that leads back to its bytes by way of a path. */
  @Test
  void aBranchThatIsNotUtf8IsRefusedByName() throws IOException {
    var head = git.worktree().gitDir().resolve("HEAD");
    Files.write(head, "ref: refs/heads/gr\u00f6\u00dfe\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatExceptionOfType(GitVanException.class)
        .isThrownBy(() -> gitvan.transactions.begin(git.worktree(), false))
        .satisfies(e -> assertThat(e.code()).isEqualTo(Codes.REF_INVALID))
        .withMessageContaining("refs/heads/gr\\xf6\\xdfe");
  }
}
