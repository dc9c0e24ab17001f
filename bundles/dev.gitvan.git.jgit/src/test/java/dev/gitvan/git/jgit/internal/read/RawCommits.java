package dev.gitvan.git.jgit.internal.read;

import dev.gitvan.git.jgit.internal.text.GitText;
import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** Makes commits that {@code git commit} would not make, one behind the other on {@code main}. */
final class RawCommits {
  static final String ADA = "Ada <ada@example.org> 1700000000 +0100";

  private final GitSandbox git;
  private final String tree;

  RawCommits(GitSandbox git) {
    this.git = git;
    this.tree = git.git("mktree", "--missing");
  }

  /** A commit of Ada's. */
  String message(String message) {
    return commit(ADA, ADA, "", GitText.bytes(message));
  }

  /**
   * A commit.
   *
   * @param headers whole lines behind the committer's
   * @return its id
   */
  String commit(String author, String committer, String headers, byte[] message) {
    var parent = git.run("rev-parse", "-q", "--verify", "HEAD").out().strip();
    var text =
        "tree %s\n%sauthor %s\ncommitter %s\n%s\n"
            .formatted(
                tree,
                parent.isEmpty() ? "" : "parent " + parent + "\n",
                author,
                committer,
                headers);
    var id = object(GitText.raw(GitText.bytes(text)) + GitText.raw(message));
    git.git("update-ref", "HEAD", id);
    return id;
  }

  /** A commit object of raw text. */
  private String object(String raw) {
    try {
      var file = Files.write(git.home().resolve("object"), GitText.raw(raw));
      return git.git("hash-object", "-t", "commit", "-w", "--literally", file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
