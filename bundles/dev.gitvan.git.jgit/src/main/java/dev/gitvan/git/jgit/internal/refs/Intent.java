package dev.gitvan.git.jgit.internal.refs;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.jgit.lib.ObjectId;

/**
 * What a process is about to do with a repository's locks, written before it takes the first one.
 * Every lock is a hard link to the intent's file, so that a lock identifies its holder, and a lock
 * that is somebody else's can never be taken for ours.
 */
final class Intent {
  static final String SUFFIX = ".intent";
  private static final String FIRST_LINE = "gitvan intent 2\n";

  /** The last line of a plan; without it, a plan was not written to its end. */
  private static final String PLANNED = "planned";

  /** The owner is within this many bytes from the beginning. */
  private static final int HEAD = 4096;

  private static final int ATTEMPTS = 5;

  private final Path file;
  private final Owner owner;
  private final List<Path> locks;
  private final Path index;
  private final Set<Path> temporaries;
  private final Set<Path> taken = new LinkedHashSet<>();
  private Path source;
  private Object key;
  private Path busy;
  private boolean ended;

  /**
   * What was about to be renamed when all locks were held.
   *
   * @param moves refs, without what tags peel to
   * @param entries lines for reflogs
   */
  record Planned(List<Move> moves, List<Reflog.Entry> entries) {}

  /**
   * @param file the intent's own file
   * @param locks lock files to take
   * @param index the index to replace, or null
   * @param temporaries those that it has made; null when it was read, and every one may be there
   */
  private Intent(Path file, Owner owner, List<Path> locks, Path index, Set<Path> temporaries) {
    this.file = file;
    this.owner = owner;
    this.locks = List.copyOf(locks);
    this.index = index;
    this.temporaries = temporaries;
    this.source = file;
  }

  /** An intent of a process that may be another one. */
  Intent(Path file, Owner owner, List<Path> locks, Path index) {
    this(file, owner, locks, index, null);
  }

  /** An intent of this process. */
  static Intent of(Path folder, List<Path> locks, Path index) {
    return new Intent(
        folder.resolve(UUID.randomUUID() + SUFFIX), Owner.self(), locks, index, new HashSet<>());
  }

  Path file() {
    return file;
  }

  List<Path> locks() {
    return locks;
  }

  /** The index to replace, or null. */
  Path index() {
    return index;
  }

  /** Writes it. No lock is taken before that is done, so half of it stands for nothing. */
  void write() throws IOException {
    var text = new StringBuilder(FIRST_LINE);
    text.append("id=").append(file.getFileName()).append('\n');
    text.append(owner.toText());
    text.append("since=").append(Instant.now()).append('\n');
    locks.forEach(lock -> text.append("lock=").append(escape(lock.toString())).append('\n'));
    if (index != null) {
      text.append("index=").append(escape(index.toString())).append('\n');
    }
    if (!file.getParent().toFile().isDirectory()) {
      Files.createDirectories(file.getParent());
    }
    boolean written = false;
    try {
      var content = text.toString().getBytes(StandardCharsets.UTF_8);
      if (temporaries == null || !SpareIntents.use(file, content)) {
        append(content);
      }
      key = key(file);
      written = true;
    } finally {
      if (!written) {
        delete(file);
      }
    }
  }

  /** Writes down what will move, when all locks are held. */
  void plan(List<Move> moves, List<Reflog.Entry> entries) throws IOException {
    var text = new StringBuilder();
    for (var move : moves) {
      text.append("move=")
          .append(move.fromOrZero().name())
          .append(' ')
          .append(move.toOrZero().name())
          .append(' ')
          .append(escape(move.ref()))
          .append('\n');
    }
    for (var entry : entries) {
      text.append("log=").append(escape(entry.file().toString())).append('\n');
      text.append("line=").append(escape(entry.line())).append('\n');
    }
    append(text.append(PLANNED).append("=\n").toString().getBytes(StandardCharsets.UTF_8));
  }

  private void append(byte[] text) throws IOException {
    // No channel: an interrupt would close it in the middle.
    try (var out = new FileOutputStream(file.toFile(), true)) {
      out.write(text);
    }
  }

  /** Who holds a lock file or wrote an intent; empty when it is gone or not GitVan's. */
  static Optional<Owner> owner(Path file) throws IOException {
    try (var in = new FileInputStream(file.toFile())) {
      return owner(new String(in.readNBytes(HEAD), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty(); // or a folder
    }
  }

  private static Optional<Owner> owner(String text) {
    if (!text.startsWith(FIRST_LINE)) {
      return Optional.empty();
    }
    var values = new HashMap<String, String>();
    lines(text).forEach(line -> values.put(line.getKey(), line.getValue()));
    try {
      return Optional.of(Owner.of(values));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
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
    var locks = new ArrayList<Path>();
    Path index = null;
    for (var line : lines(text)) {
      switch (line.getKey()) {
        case "lock" -> locks.add(Path.of(line.getValue()));
        case "index" -> index = Path.of(line.getValue());
        default -> {
          // the owner, the plan, or of a newer version
        }
      }
    }
    var replaced = index;
    return owner(text).map(owner -> new Intent(file, owner, locks, replaced));
  }

  /** What was planned; empty when it had not come so far. */
  Optional<Planned> planned() throws IOException {
    var moves = new ArrayList<Move>();
    var entries = new ArrayList<Reflog.Entry>();
    var log = "";
    for (var line : lines(Files.readString(file, StandardCharsets.UTF_8))) {
      switch (line.getKey()) {
        case "id" -> {
          if (!line.getValue().equals(file.getFileName().toString())) {
            return Optional.empty(); // of the intent whose file this was, after a power failure
          }
        }
        case "move" -> moves.add(move(line.getValue()));
        case "log" -> log = line.getValue();
        case "line" -> entries.add(new Reflog.Entry(Path.of(log), line.getValue()));
        case PLANNED -> {
          return Optional.of(new Planned(moves, entries));
        }
        default -> {
          // what comes before the plan
        }
      }
    }
    return Optional.empty();
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
    return new Move(text.substring(82), orNull(from), orNull(to), null, "");
  }

  private static ObjectId orNull(ObjectId id) {
    return id.equals(ObjectId.zeroId()) ? null : id;
  }

  /** Takes one of the locks, if nobody has it. */
  boolean take(Path lock) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        link(lock);
        taken.add(lock);
        return true;
      } catch (FileAlreadyExistsException e) {
        busy = lock;
        return false;
      } catch (NoSuchFileException e) {
        // Deleting a ref removes folders that have become empty.
        if (attempt == ATTEMPTS || !makeFolder(lock.getParent())) {
          busy = lock;
          return false;
        }
      }
    }
  }

  /** Returns false when a ref's file is where the folder should be. */
  private static boolean makeFolder(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private void link(Path lock) throws IOException {
    try {
      Files.createLink(lock, source);
    } catch (FileAlreadyExistsException | NoSuchFileException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      if (!Files.isDirectory(lock.getParent())) {
        throw new NoSuchFileException(lock.toString());
      }
      // No hard links here, or not so many: the same content is as good.
      Files.copy(file, lock);
      source = lock;
    }
  }

  /** The lock that could not be taken. */
  Path busy() {
    return busy;
  }

  /** Whether a lock file is this intent's. */
  boolean holds(Path lock) throws IOException {
    try {
      if (key != null && key.equals(key(lock))) {
        return true;
      }
      if (!lock.toFile().isFile()) {
        return false;
      }
      return Files.isSameFile(lock, file) || isCopy(lock);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Where there are no hard links, a lock is what the intent was when the lock was taken. */
  private boolean isCopy(Path lock) throws IOException {
    long same = Files.mismatch(lock, file);
    return same == -1 || same > 0 && same == Files.size(lock);
  }

  /** Identifies a file, or null where the system does not support it. */
  private static Object key(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  /** Gives back the locks that it holds. */
  void release() throws IOException {
    var held = temporaries == null ? locks : List.copyOf(taken);
    for (int i = held.size() - 1; i >= 0; i--) {
      if (holds(held.get(i))) {
        delete(held.get(i));
      }
    }
    taken.clear();
    source = file;
  }

  /** Gives back the locks and forgets the intent and its temporary files. Once is enough. */
  void end() throws IOException {
    if (ended) {
      return;
    }
    if (temporaries == null) {
      for (var lock : locks) {
        forget(temporary(lock));
      }
    } else {
      for (var temporary : temporaries) {
        forget(temporary);
      }
    }
    release();
    if (temporaries == null || !SpareIntents.keep(file)) {
      delete(file);
    }
    ended = true;
  }

  private static void delete(Path file) throws IOException {
    if (!file.toFile().delete()) {
      Files.deleteIfExists(file); // throws the reason
    }
  }

  private static void forget(Path file) throws IOException {
    // What should be its folder may be a ref's file.
    if (file.toFile().isFile()) {
      Files.deleteIfExists(file);
    }
  }

  /** Where the new content of a locked file is prepared: a name that is no ref's. */
  Path temporary(Path lock) {
    var name = lock.getFileName().toString();
    var id = file.getFileName().toString().replace(SUFFIX, "");
    // Not longer than what a file system takes for the name of a ref that it takes.
    var begin = name.substring(0, Math.min(name.length() - ".lock".length(), 100));
    var temporary = lock.resolveSibling(begin + ".gitvan-" + id + ".lock");
    if (temporaries != null) {
      temporaries.add(temporary);
    }
    return temporary;
  }

  private static String escape(String text) {
    return text.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D");
  }

  private static String unescape(String text) {
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
  }
}
