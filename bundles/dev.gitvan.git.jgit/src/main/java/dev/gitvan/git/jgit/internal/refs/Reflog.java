package dev.gitvan.git.jgit.internal.refs;

import dev.gitvan.git.jgit.internal.settings.Settings;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.PersonIdent;

/** Reflogs as Git writes them, where {@code core.logAllRefUpdates} wants them. */
public final class Reflog {
  private final WorktreeId worktree;
  private final String policy;

  /** A line and the file that it goes to. */
  public record Entry(Path file, String line) {}

  public Reflog(WorktreeId worktree, Settings settings) {
    this.worktree = worktree;
    var value = settings.all().getString("core", null, "logallrefupdates");
    this.policy =
        value == null
            ? worktree.isBare() ? "false" : "true"
            : value.toLowerCase(Locale.ROOT).equals("always")
                ? "always"
                : settings.all().getBoolean("core", null, "logallrefupdates", true)
                    ? "true"
                    : "false";
  }

  /**
   * What the moves leave in reflogs.
   *
   * @param branch the ref that HEAD names, whose moves HEAD's own log has too; or null
   */
  public List<Entry> entries(List<Move> moves, String branch, PersonIdent who) {
    var entries = new ArrayList<Entry>();
    var person = who.toExternalString();
    for (var move : moves) {
      var reason = move.reason().replaceAll("\\s+", " ").strip();
      var line =
          move.fromOrZero().name()
              + " "
              + move.toOrZero().name()
              + " "
              + person
              + (reason.isEmpty() ? "" : "\t" + reason)
              + "\n";
      var common = worktree.repository().commonDir().resolve("logs").resolve(move.ref());
      if (!move.deletes() && isWanted(common, move.ref())) {
        entries.add(new Entry(common, line));
      }
      var head = worktree.gitDir().resolve("logs").resolve(Constants.HEAD);
      if (move.ref().equals(branch) && isWanted(head, Constants.HEAD)) {
        entries.add(new Entry(head, line));
      }
    }
    return entries;
  }

  private boolean isWanted(Path file, String ref) {
    return switch (policy) {
      case "always" -> true;
      case "true" ->
          ref.equals(Constants.HEAD)
              || ref.startsWith(Constants.R_HEADS)
              || ref.startsWith(Constants.R_REMOTES)
              || ref.startsWith(Constants.R_NOTES)
              || Files.exists(file);
      default -> Files.exists(file);
    };
  }

  /** Appends a line; nothing of it stays when that fails. A link is not followed. */
  static void append(Entry entry, SharedPermissions permissions) throws IOException {
    if (Files.isSymbolicLink(entry.file())) {
      throw new IOException("not written, because it is a symbolic link");
    }
    boolean isNew = !entry.file().toFile().isFile();
    // No channel: an interrupt would close it in the middle.
    try (var log = isNew ? create(entry.file()) : open(entry.file())) {
      long size = log.length();
      log.seek(size);
      try {
        log.write(entry.line().getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        log.setLength(size);
        throw e;
      }
    }
    if (isNew) {
      permissions.adjust(entry.file());
    }
  }

  private static RandomAccessFile create(Path file) throws IOException {
    try {
      return open(file);
    } catch (IOException e) {
      Files.createDirectories(file.getParent());
      if (Files.isDirectory(file)) {
        AtomicFiles.removeEmpty(file);
      }
      return open(file);
    }
  }

  private static RandomAccessFile open(Path file) throws IOException {
    return new RandomAccessFile(file.toFile(), "rw");
  }

  /** Whether the line is the log's last. */
  static boolean endsWith(Entry entry) throws IOException {
    if (!Files.isRegularFile(entry.file(), LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    var line = entry.line().getBytes(StandardCharsets.UTF_8);
    try (var log = new RandomAccessFile(entry.file().toFile(), "r")) {
      if (log.length() < line.length) {
        return false;
      }
      var last = new byte[line.length];
      log.seek(log.length() - line.length);
      log.readFully(last);
      return Arrays.equals(last, line);
    }
  }
}
