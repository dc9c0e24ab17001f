package dev.gitvan.git.jgit.internal.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.testkit.GitSandbox;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
            .endsWith("Gitvan-Run: " + Receipts.id(i) + "\nGitvan-Job: changelog");
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
            "Gitvan-Run: " + Receipts.id(i),
            "--trailer",
            "Gitvan-Job: changelog");
        if (!message.strip().lines().reduce("", (x, y) -> y).startsWith("#")) {
          // Before comments at the end, which an editor would have left, Git would put its
          // trailers.
          var gits = git.exec(List.of("git", "log", "-1", "--format=%B"), java.util.Map.of()).out();
          assertThat(made).isEqualTo(gits);
        }
        assertThat(git.git("log", "-1", "--format=%(trailers:key=Gitvan-Run,valueonly)").strip())
            .isEqualTo(Receipts.id(i));
      }
    }
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
