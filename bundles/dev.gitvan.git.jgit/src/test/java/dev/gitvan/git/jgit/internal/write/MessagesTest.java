package dev.gitvan.git.jgit.internal.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.job.spi.RunTransaction.CommitOrigin;
import dev.gitvan.job.spi.Staging.CommitSpec;
import dev.gitvan.job.spi.Staging.NoteSpec;
import dev.gitvan.job.spi.Staging.TagSpec;
import dev.gitvan.testkit.GitSandbox;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
  private static final List<String> MESSAGES =
      List.of(
          "one line",
          "subject\n\nbody",
          "  \n\n subject  \t\n\n\n\nbody   \n  indented\n\n\n",
          "subject\n\nSigned-off-by: A <a@b.c>",
          "subject\n\nbody\n\nReviewed-by: A\nAcked-by: B\n",
          "subject\n\nReviewed-by: A\n continued\n",
          "subject\n\nNot a trailer: but prose\nand more prose\nand more\n",
          "subject\n\nprose\nmore prose\nstill prose\nSigned-off-by: A <a@b.c>\n",
          "subject\n\nprose\nmore prose\nstill prose\nand prose\nSigned-off-by: A <a@b.c>\n",
          "Fixes: 12",
          "subject\nGitvan-Run: fake",
          "subject\n\n# looks like a comment\n#\n",
          "# only a comment",
          "subject\n\n(cherry picked from commit 1234)\n",
          "subject\r\n\r\nwith carriage returns\r\n",
          "subject\f\n\u000b\nform feeds are no blanks\f\n",
          "subject\n\u3000\nwide\u3000\n\nKey: v\u2028w\n",
          "grün 🚀\n\nümläute\u00a0\n");

  @TempDir Path directory;

  /** What Git makes of the same message with {@code interpret-trailers}. */
  @Test
  void trailersAndCleanupAreGits() {
    var git = GitSandbox.init(directory);
    git.commit("a.txt", "1\n", "one");
    try (var gitvan = Receipts.open(git)) {
      for (int i = 0; i < MESSAGES.size(); i++) {
        var message = MESSAGES.get(i);
        git.write("a.txt", "run " + i + "\n");
        gitvan.run(git.worktree(), Receipts.id(i), message, new String[] {"a.txt"});
        var made = git.exec(List.of("git", "log", "-1", "--format=%B"), java.util.Map.of()).out();
        var parsed = git.write("../made", made);
        assertThat(git.git("interpret-trailers", "--parse", parsed.toString()))
            .containsPattern(
                "Gitvan-Run: " + Receipts.id(i) + " [0-9a-f]{16}\nGitvan-Job: changelog$");
        var run = git.git("log", "-1", "--format=%(trailers:key=Gitvan-Run,valueonly)").strip();
        var file = git.write("../message", message);
        git.git("commit", "-q", "--amend", "--cleanup=whitespace", "-F", file.toString());
        git.git(
            "-c",
            "trailer.ifexists=add",
            "commit",
            "-q",
            "--amend",
            "--no-edit",
            "--cleanup=whitespace",
            "--trailer",
            "Gitvan-Run: " + run,
            "--trailer",
            "Gitvan-Job: changelog");
        if (!message.strip().lines().reduce("", (x, y) -> y).startsWith("#")) {
          // Before comments at the end, which an editor would have left, Git would put its
          // trailers.
          var gits = git.exec(List.of("git", "log", "-1", "--format=%B"), java.util.Map.of()).out();
          assertThat(made).isEqualTo(gits);
        }
      }
    }
  }

  /** Git refuses the first; the second has no form in UTF-8. */
  @ParameterizedTest
  @ValueSource(strings = {"docs: a\0b", "docs: half \ud83d"})
  void whatIsNoTextIsRefused(String message) {
    var git = GitSandbox.init(directory);
    var first = git.commit("a.txt", "1\n", "one");
    git.write("a.txt", "2\n");
    try (var gitvan = Receipts.open(git);
        var tx = gitvan.transactions.begin(git.worktree(), false)) {
      var origin = new CommitOrigin(Receipts.id(1), "changelog");
      var commit = new CommitSpec(message, List.of("a.txt"));
      assertRefused("commit message", () -> tx.commit(commit, origin));
      assertRefused("tag message", () -> tx.tag(new TagSpec("v1", message)));
      assertRefused("note", () -> tx.note(new NoteSpec("refs/notes/review", message)));
      tx.apply(List.of());
    }
    assertThat(git.git("for-each-ref", "--format=%(objectname)")).isEqualTo(first);
  }

  private static void assertRefused(String what, ThrowingCallable call) {
    assertThatExceptionOfType(GitVanException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.code()).isEqualTo(Codes.CONFIG_ENCODING))
        .withMessageContaining(what);
  }

  @Test
  void anEmptyMessageNamesTheJob() {
    var git = GitSandbox.init(directory);
    git.commit("a.txt", "1\n", "one");
    git.write("a.txt", "2\n");
    try (var gitvan = Receipts.open(git)) {
      gitvan.run(git.worktree(), Receipts.id(1), " \n\n", new String[] {"a.txt"});
    }
    assertThat(git.git("log", "-1", "--format=%s")).isEqualTo("changelog");
  }
}
