package dev.gitvan.git.jgit.internal.refs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jgit.lib.ObjectId;

/**
 * What a process is about to do with a repository's locks, written before it takes the first one.
 * Every lock is a hard link to the intent's file, so that a lock tells who holds it, and a lock
 * that is somebody else's can never be taken for ours.
 *
 * @param file the intent's own file
 * @param locks lock files to take
 * @param index the index to replace, or null
 */
record Intent(Path file, Owner owner, List<Path> locks, Path index) {
  static final String SUFFIX = ".intent";
  private static final String PLAN = ".plan";
  private static final String FIRST_LINE = "gitvan intent 1\n";

  /**
   * What was about to be renamed when all locks were held.
   *
   * @param moves refs, without what tags peel to
   * @param entries lines for reflogs
   */
  record Planned(List<Move> moves, List<Reflog.Entry> entries) {}

  /** An intent of this process. */
  static Intent of(Path folder, List<Path> locks, Path index) {
    return new Intent(
        folder.resolve(UUID.randomUUID() + SUFFIX), Owner.self(), List.copyOf(locks), index);
  }

  /** Writes it: whole, or not at all. */
  void write() throws IOException {
    var text = new StringBuilder(FIRST_LINE);
    text.append("id=").append(file.getFileName()).append('\n');
    text.append(owner.toText());
    text.append("since=").append(Instant.now()).append('\n');
    locks.forEach(lock -> text.append("lock=").append(escape(lock.toString())).append('\n'));
    if (index != null) {
      text.append("index=").append(escape(index.toString())).append('\n');
    }
    write(file, text);
  }

  /** Writes down what will move, when all locks are held. */
  void plan(List<Move> moves, List<Reflog.Entry> entries) throws IOException {
    var text = new StringBuilder();
    for (var move : moves) {
      text.append("move=")
          .append(move.fromOrZero().name())
          .append(' ')
          .append(move.to().name())
          .append(' ')
          .append(escape(move.ref()))
          .append('\n');
    }
    for (var entry : entries) {
      text.append("log=").append(escape(entry.file().toString())).append('\n');
      text.append("line=").append(escape(entry.line())).append('\n');
    }
    write(planFile(), text);
  }

  private Path planFile() {
    return file.resolveSibling(file.getFileName() + PLAN);
  }

  private static void write(Path file, CharSequence text) throws IOException {
    var temporary = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(temporary, text);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
  }

  /** Reads an intent; empty when it is gone or no intent. */
  static Optional<Intent> read(Path file) throws IOException {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException | java.nio.charset.CharacterCodingException e) {
      return Optional.empty();
    }
    if (!text.startsWith(FIRST_LINE)) {
      return Optional.empty();
    }
    var values = new HashMap<String, String>();
    var locks = new ArrayList<Path>();
    for (var line : lines(text.substring(FIRST_LINE.length()))) {
      if (line.getKey().equals("lock")) {
        locks.add(Path.of(line.getValue()));
      } else {
        values.put(line.getKey(), line.getValue());
      }
    }
    try {
      var index = values.containsKey("index") ? Path.of(values.get("index")) : null;
      return Optional.of(new Intent(file, Owner.of(values), locks, index));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What was planned; empty when it had not come so far. */
  Optional<Planned> planned() throws IOException {
    if (!Files.exists(planFile())) {
      return Optional.empty();
    }
    var moves = new ArrayList<Move>();
    var entries = new ArrayList<Reflog.Entry>();
    var log = "";
    for (var line : lines(Files.readString(planFile(), StandardCharsets.UTF_8))) {
      switch (line.getKey()) {
        case "move" -> moves.add(move(line.getValue()));
        case "log" -> log = line.getValue();
        case "line" -> entries.add(new Reflog.Entry(Path.of(log), line.getValue()));
        default -> {
          // of a newer version
        }
      }
    }
    return Optional.of(new Planned(moves, entries));
  }

  private static List<Map.Entry<String, String>> lines(String text) {
    return text.lines()
        .filter(line -> line.indexOf('=') > 0)
        .map(
            line -> {
              int equals = line.indexOf('=');
              return Map.entry(line.substring(0, equals), unescape(line.substring(equals + 1)));
            })
        .toList();
  }

  private static Move move(String text) {
    var from = ObjectId.fromString(text.substring(0, 40));
    var to = ObjectId.fromString(text.substring(41, 81));
    boolean created = from.equals(ObjectId.zeroId());
    return new Move(text.substring(82), created ? null : from, to, null, "");
  }

  /** Takes one of the locks, if nobody has it. */
  boolean take(Path lock) throws IOException {
    try {
      link(lock);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (NoSuchFileException e) {
      Files.createDirectories(lock.getParent());
      try {
        link(lock);
        return true;
      } catch (FileAlreadyExistsException raced) {
        return false;
      }
    }
  }

  private void link(Path lock) throws IOException {
    try {
      Files.createLink(lock, file);
    } catch (FileAlreadyExistsException | NoSuchFileException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      // No hard links here: the same content tells as much.
      Files.copy(file, lock);
    }
  }

  /** Whether a lock file is this intent's. */
  boolean holds(Path lock) throws IOException {
    try {
      return Files.isSameFile(lock, file) || Files.mismatch(lock, file) == -1;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Gives back the locks that it holds. */
  void release() throws IOException {
    for (int i = locks.size() - 1; i >= 0; i--) {
      if (holds(locks.get(i))) {
        Files.deleteIfExists(locks.get(i));
      }
    }
  }

  /** Gives back the locks and forgets the intent and its temporary files. */
  void end() throws IOException {
    for (var lock : locks) {
      Files.deleteIfExists(temporary(lock));
    }
    release();
    Files.deleteIfExists(planFile());
    Files.deleteIfExists(file);
  }

  /** Where the new content of a locked file is prepared: a name that is no ref's. */
  Path temporary(Path lock) {
    var name = lock.getFileName().toString();
    var id = file.getFileName().toString().replace(SUFFIX, "");
    return lock.resolveSibling(
        name.substring(0, name.length() - ".lock".length()) + ".gitvan-" + id + ".lock");
  }

  private static String escape(String text) {
    return text.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D");
  }

  private static String unescape(String text) {
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
  }
}
