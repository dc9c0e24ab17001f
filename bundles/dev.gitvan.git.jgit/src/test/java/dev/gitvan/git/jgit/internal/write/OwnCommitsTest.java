package dev.gitvan.git.jgit.internal.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.git.HistoryQuery;
import dev.gitvan.git.jgit.internal.JGitGit;
import dev.gitvan.git.jgit.internal.command.GitCommand;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.process.local.internal.LocalLauncher;
import dev.gitvan.testkit.GitSandbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A commit is GitVan's own while its message is the one that GitVan wrote, whatever {@code git}
 * does with the commit.
 */
class OwnCommitsTest {
  private static final String MESSAGE =
      "docs: Grüße  \n\n\n# a heading\n\nwith a body\n\nReviewed-by: Zoë\n";

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

  private String run(int number) {
    return run(number, MESSAGE);
  }

  private String run(int number, String message) {
    var file = number + ".txt";
    git.write(file, number + "\n");
    gitvan.run(git.worktree(), Receipts.id(number), message, new String[] {file});
    return git.git("rev-parse", "HEAD");
  }

  /** The subjects of those commits that are not GitVan's, newest first. */
  private List<String> others() {
    return others(git);
  }

  private List<String> others(GitSandbox sandbox) {
    var subjects = new ArrayList<String>();
    var service =
        new JGitGit(gitvan.repositories, Metrics.NONE, new GitCommand(new LocalLauncher()));
    try (var repository = service.open(service.discover(sandbox.root()));
        var history = repository.history(HistoryQuery.fromHead())) {
      history.forEachRemaining(commit -> subjects.add(commit.subject()));
    }
    return subjects;
  }

  /** With an editor that changes messages, or {@code true}. */
  private void rebase(String sequence, String editor, String onto) {
    var result =
        git.exec(
            List.of("git", "rebase", "-q", "-i", onto),
            Map.of("GIT_SEQUENCE_EDITOR", sequence, "GIT_EDITOR", editor));
    assertThat(result.status()).as(result.err()).isZero();
  }

  private void amend(String... options) {
    var command = new ArrayList<>(List.of("commit", "-q", "--amend", "--allow-empty"));
    command.addAll(List.of(options));
    git.git(command.toArray(String[]::new));
  }

  @Test
  void aRebaseKeepsThem() {
    run(1);
    run(2, "Merge branch 'a'");
    git.commit("user.txt", "1\n", "feat: a user's");
    git.git("checkout", "-q", "-b", "other", "HEAD~3");
    git.commit("other.txt", "1\n", "fix: other");
    git.git("checkout", "-q", "main");
    git.git("rebase", "-q", "other");
    assertThat(others()).containsExactly("feat: a user's", "fix: other", "base");
    // Every message comes to the editor, which leaves them as they are.
    rebase("sed -i s/^pick/reword/", "true", "HEAD~3");
    assertThat(others()).startsWith("feat: a user's");
    git.git("rebase", "-q", "--signoff", "--force-rebase", "HEAD~3");
    assertThat(git.git("log", "-1", "--format=%B", "HEAD~1")).contains("Signed-off-by");
    assertThat(others()).containsExactly("feat: a user's", "fix: other", "base");
  }

  @Test
  void aCherryPickKeepsThem() {
    var made = run(1);
    var second = run(2);
    git.git("checkout", "-q", "-b", "other", "HEAD~2");
    git.git("cherry-pick", made);
    assertThat(others()).containsExactly("base");
    git.git("cherry-pick", "-x", "-s", second);
    assertThat(git.git("log", "-1", "--format=%B")).contains("(cherry picked", "Signed-off-by");
    assertThat(others()).containsExactly("base");
    git.git("checkout", "-q", "-b", "third", "HEAD~2");
    git.git("cherry-pick", "-x", "other");
    assertThat(git.git("log", "-1", "--format=%B").split("cherry picked")).hasSize(3);
    assertThat(others()).containsExactly("base");
  }

  @Test
  void anotherEncodingKeepsThem() {
    run(1);
    git.git("-c", "i18n.commitEncoding=ISO-8859-1", "rebase", "-q", "--force-rebase", "HEAD~1");
    assertThat(git.git("cat-file", "commit", "HEAD")).contains("encoding ISO-8859-1");
    assertThat(others()).containsExactly("base");
  }

  @Test
  void aCloneWithoutNotesKeepsThem() {
    run(1);
    git.git("clone", "-q", "file://" + git.root(), directory + "/clone");
    assertThat(others(git.at(directory.resolve("clone")))).containsExactly("base");
  }

  @Test
  void anAmendedContentKeepsThem() {
    run(1);
    git.write("1.txt", "edited\n");
    amend("-a", "--no-edit");
    assertThat(others()).containsExactly("base");
  }

  @Test
  void anotherMessageEndsThem() {
    run(1);
    var made = git.git("rev-parse", "HEAD");
    for (var change :
        List.of(
            "s/Grüße/Gruß/",
            "s/with a body/with a better body/",
            "s/Reviewed-by/Acked-by/",
            "s/changelog/other/",
            "$ a Fixes: 12",
            "$ a \\\\nmore text")) {
      git.git("reset", "-q", "--hard", made);
      var editor = "sed -i '" + change + "'";
      git.exec(List.of("git", "commit", "-q", "--amend"), Map.of("GIT_EDITOR", editor));
      assertThat(others()).as(change).hasSize(2);
    }
    git.git("reset", "-q", "--hard", made);
    amend("-m", "feat: mine");
    assertThat(others()).containsExactly("feat: mine", "base");
    git.git("reset", "-q", "--hard", made);
    rebase("sed -i s/^pick/reword/", "sed -i 1s/docs/feat/", "HEAD~1");
    assertThat(others()).containsExactly("feat: Grüße", "base");
  }

  @Test
  void aSquashEndsThem() {
    git.commit("user.txt", "1\n", "feat: a user's");
    run(1);
    run(2);
    var made = git.git("rev-parse", "HEAD");
    rebase("sed -i '2,$s/^pick/squash/'", "true", "HEAD~3");
    assertThat(git.git("log", "-1", "--format=%B")).contains("Gitvan-Job: changelog");
    assertThat(others()).containsExactly("feat: a user's", "base");

    git.git("reset", "-q", "--hard", made);
    rebase("sed -i '2,$s/^pick/squash/'", "true", "HEAD~2");
    assertThat(others()).containsExactly("docs: Grüße", "feat: a user's", "base");

    git.git("checkout", "-q", "-b", "release", "HEAD~2");
    git.git("merge", "-q", "--squash", made);
    git.git("commit", "-q", "--no-edit");
    assertThat(others()).hasSize(2);
    // As forges propose it.
    amend("-m", "Release (#12)", "-m", git.git("log", "-2", "--format=* %B", made));
    assertThat(others()).containsExactly("Release (#12)", "base");
  }

  /** The message is the only thing that is asked for. */
  @Test
  void aFixupKeepsThem() {
    run(1);
    git.commit("user.txt", "1\n", "feat: a user's");
    rebase("sed -i '2s/^pick/fixup/'", "true", "HEAD~2");
    assertThat(others()).containsExactly("base");
  }

  @Test
  void aTrailerWithoutADigestIsBelieved() {
    amend("-m", "docs: a\n\nGitvan-Run: 01X\nGitvan-Job: a");
    assertThat(others()).isEmpty();
    amend("-m", "docs: a\n\nGitvan-Run: 01X 0123456789abcdef\nGitvan-Job: a");
    assertThat(others()).containsExactly("docs: a");
    amend("-m", "docs: a\n\nGitvan-Run: in the middle\n\nGitvan-Job: a");
    assertThat(others()).containsExactly("docs: a");
  }

  /** The receipt is that of a commit with the run's trailer, whatever was edited. */
  @Test
  void receiptsStayValidWhenMessagesAreEdited() {
    git.git("config", "notes.rewriteRef", "refs/notes/gitvan/*");
    run(1);
    run(2);
    rebase("sed -i '2s/^pick/squash/'", "sed -i s/Grüße/Gruß/", "HEAD~2");
    assertThat(others()).hasSize(2);
    var check = gitvan.transactions.verify(git.worktree());
    assertThat(check.receipts()).isEqualTo(2);
    assertThat(check.findings()).isEmpty();
  }
}
