package dev.gitvan.git.jgit.internal.read;

import dev.gitvan.git.ReflogEntry;
import dev.gitvan.git.jgit.internal.text.GitText;
import dev.gitvan.git.jgit.internal.text.Ident;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A ref's log. JGit's reader takes the next line's message for an entry that has none, such as the
 * first one that {@code git worktree add} writes.
 */
final class ReflogFile {
  private static final Pattern ENTRY =
      Pattern.compile("([0-9a-f]+) ([0-9a-f]+) ([^\t]*> \\d+ [+-]\\d+)(?:\t(.*))?", Pattern.DOTALL);

  private ReflogFile() {}

  /** The newest entries first; none when there is no log. */
  static List<ReflogEntry> read(WorktreeId worktree, String ref, int limit) throws IOException {
    var file = file(worktree, ref);
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    var lines = GitText.prose(Files.readAllBytes(file)).split("\n");
    var entries = new ArrayList<ReflogEntry>();
    for (int i = lines.length - 1; i >= 0 && entries.size() < limit; i--) {
      var match = ENTRY.matcher(lines[i]);
      // A line that is no entry is one that was cut off by a full disk.
      if (match.matches()) {
        var who = Ident.of(match.group(3));
        entries.add(
            ReflogEntry.builder(match.group(1), match.group(2))
                .who(who.name(), who.email(), who.date())
                .message(match.group(4) == null ? "" : match.group(4))
                .build());
      }
    }
    return entries;
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
