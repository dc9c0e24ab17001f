package dev.gitvan.git.jgit.internal.read;

import dev.gitvan.git.ReflogEntry;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A ref's log. JGit's reader takes the next line's message for an entry that has none, such as the
 * first one that {@code git worktree add} writes.
 */
final class ReflogFile {
  private static final Pattern ENTRY =
      Pattern.compile(
          "([0-9a-f]+) ([0-9a-f]+) (.*?) ?<(.*)> (\\d+) ([+-])(\\d\\d)(\\d\\d)(?:\t(.*))?");

  private ReflogFile() {}

  /** The newest entries first; none when there is no log. */
  static List<ReflogEntry> read(WorktreeId worktree, String ref, int limit) throws IOException {
    var file = file(worktree, ref);
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    var lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n");
    var entries = new ArrayList<ReflogEntry>();
    for (int i = lines.length - 1; i >= 0 && entries.size() < limit; i--) {
      var match = ENTRY.matcher(lines[i]);
      // A line that is no entry is one that was cut off by a full disk.
      if (match.matches()) {
        int minutes = Integer.parseInt(match.group(7)) * 60 + Integer.parseInt(match.group(8));
        entries.add(
            ReflogEntry.builder(match.group(1), match.group(2))
                .who(
                    match.group(3),
                    match.group(4),
                    date(match.group(5), match.group(6).equals("-") ? -minutes : minutes))
                .message(match.group(9) == null ? "" : match.group(9))
                .build());
      }
    }
    return entries;
  }

  private static OffsetDateTime date(String seconds, int minutes) {
    int within = Math.floorMod(minutes + 18 * 60, 36 * 60 + 1) - 18 * 60;
    return OffsetDateTime.ofInstant(
        Instant.ofEpochSecond(Long.parseLong(seconds)), ZoneOffset.ofTotalSeconds(60 * within));
  }

  /** HEAD and its like are a worktree's own; so are a few refs. */
  private static Path file(WorktreeId worktree, String ref) {
    boolean shared =
        ref.startsWith("refs/")
            && !ref.startsWith("refs/bisect/")
            && !ref.startsWith("refs/worktree/")
            && !ref.startsWith("refs/rewritten/");
    var base = shared ? worktree.repository().commonDir() : worktree.gitDir();
    return base.resolve("logs").resolve(ref);
  }
}
