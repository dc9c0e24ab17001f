package dev.gitvan.git.jgit.internal.read;

import dev.gitvan.git.Commit;
import dev.gitvan.git.jgit.internal.text.ObjectText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jgit.revwalk.RevCommit;

/** What GitVan reads from a JGit commit. */
public final class Commits {
  /** The trailer of GitVan's own commits, with the run's id. */
  public static final String RUN_TRAILER = "Gitvan-Run";

  private static final byte[] RUN_BYTES = (RUN_TRAILER + ":").getBytes(StandardCharsets.US_ASCII);

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

  /** The runs that a commit's trailers name: the last paragraph's lines {@code Gitvan-Run: ID}. */
  public static List<String> runs(RevCommit commit) {
    // Nearly every commit ends here, before its message is decoded.
    if (!contains(commit.getRawBuffer())) {
      return List.of();
    }
    var runs = new ArrayList<String>();
    var message = commit.getFullMessage().stripTrailing();
    var last = message.substring(message.lastIndexOf("\n\n") + 1);
    for (var line : last.split("\n")) {
      if (line.regionMatches(true, 0, RUN_TRAILER + ":", 0, RUN_TRAILER.length() + 1)) {
        runs.add(line.substring(RUN_TRAILER.length() + 1).strip());
      }
    }
    return runs;
  }

  private static boolean contains(byte[] buffer) {
    for (int i = 0; i <= buffer.length - RUN_BYTES.length; i++) {
      if ((buffer[i] | 0x20) == 'g'
          && new String(buffer, i, RUN_BYTES.length, StandardCharsets.ISO_8859_1)
              .equalsIgnoreCase(RUN_TRAILER + ":")) {
        return true;
      }
    }
    return false;
  }
}
