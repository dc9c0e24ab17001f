package dev.gitvan.git.jgit.internal.read;

import dev.gitvan.git.Commit;
import dev.gitvan.git.jgit.internal.text.GitText;
import dev.gitvan.git.jgit.internal.text.ObjectText;
import dev.gitvan.git.jgit.internal.text.RunTrailer;
import java.util.Arrays;
import org.eclipse.jgit.revwalk.RevCommit;

/** What GitVan reads from a JGit commit. */
final class Commits {
  private static final int KEY = RunTrailer.KEY.length();

  private Commits() {}

  /**
   * @param commit with its body
   */
  static Commit of(RevCommit commit) {
    var text = ObjectText.of(commit);
    var author = text.author();
    return Commit.builder(commit.name())
        .parents(Arrays.stream(commit.getParents()).map(RevCommit::name).toList())
        .subject(text.subject())
        .body(text.body())
        .author(author.name(), author.email(), author.date())
        .build();
  }

  /** Whether GitVan made a commit, and its message is the one that GitVan wrote. */
  static boolean isOwn(RevCommit commit) {
    // Nearly every commit ends here, before its message is decoded.
    return contains(commit.getRawBuffer()) && RunTrailer.isOwn(ObjectText.of(commit).message());
  }

  private static boolean contains(byte[] buffer) {
    for (int i = 0; i <= buffer.length - KEY; i++) {
      if ((buffer[i] | 0x20) == 'g'
          && GitText.raw(Arrays.copyOfRange(buffer, i, i + KEY)).equalsIgnoreCase(RunTrailer.KEY)) {
        return true;
      }
    }
    return false;
  }
}
