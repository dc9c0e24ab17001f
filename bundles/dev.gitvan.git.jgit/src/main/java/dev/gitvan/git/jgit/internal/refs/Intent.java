package dev.gitvan.git.jgit.internal.refs;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
import java.util.regex.Pattern;

/**
 * What a process is about to do with a repository's locks, written before it takes the first one.
 * Every lock is a hard link to the intent's file, so that a lock identifies its holder, and a lock
 * that is somebody else's can never be taken for ours.
 */
final class Intent {
  static final String SUFFIX = ".intent";
  private static final String FIRST_LINE = "gitvan intent 3\n";
  private static final Pattern NAME = Pattern.compile("[\\w-]{1,64}\\.intent");

  /** The owner is within this many bytes from the beginning. */
  private static final int HEAD = 4096;

  /** More than the intent of 100,000 refs has. */
  private static final int MAX_BYTES = 64 << 20;

  private static final int ATTEMPTS = 5;

  private final Intents intents;
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
  private Intent(
      Intents intents,
      String name,
      Owner owner,
      List<Path> locks,
      Path index,
      Set<Path> temporaries) {
    this.intents = intents;
    this.file = intents.folder().resolve(name);
    this.owner = owner;
    this.locks = List.copyOf(locks);
    this.index = index;
    this.temporaries = temporaries;
    this.source = file;
  }

  /** An intent of a process that may be another one. */
  Intent(Intents intents, String name, Owner owner, List<Path> locks, Path index) {
    this(intents, name, owner, locks, index, null);
  }

  /** An intent of this process. */
  static Intent of(Intents intents, List<Path> locks, Path index) {
    return new Intent(
        intents, UUID.randomUUID() + SUFFIX, Owner.self(), locks, index, new HashSet<>());
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
    locks.forEach(lock -> text.append("lock=").append(name(lock)).append('\n'));
    if (index != null) {
      text.append("index=").append(name(index)).append('\n');
    }
    intents.createFolder();
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
      text.append("log=").append(name(entry.file())).append('\n');
      text.append("line=").append(escape(entry.line())).append('\n');
    }
    append(text.append(PlanReader.END).append("=\n").toString().getBytes(StandardCharsets.UTF_8));
  }

  private String name(Path path) {
    return escape(intents.name(path));
  }

  private void append(byte[] text) throws IOException {
    // No channel: an interrupt would close it in the middle.
    try (var out = new FileOutputStream(file.toFile(), true)) {
      out.write(text);
    }
  }

  /** Who holds a lock file or wrote an intent; empty when it is gone or not GitVan's. */
  static Optional<Owner> owner(Path file) throws IOException {
    return owner(lines(file, HEAD));
  }

  private static Optional<Owner> owner(List<Map.Entry<String, String>> lines) {
    var values = new HashMap<String, String>();
    lines.forEach(line -> values.putIfAbsent(line.getKey(), line.getValue()));
    try {
      return Optional.of(Owner.of(values));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The name of the intent that a lock file belongs to; empty when it says none. */
  static Optional<String> id(Path lock) throws IOException {
    return lines(lock, HEAD).stream()
        .filter(line -> line.getKey().equals("id"))
        .map(Map.Entry::getValue)
        .filter(name -> NAME.matcher(name).matches())
        .findFirst();
  }

  /**
   * Reads an intent, without the files that an intent may not name.
   *
   * @return empty when it is gone or no intent
   */
  static Optional<Intent> read(Intents intents, Path file) throws IOException {
    var lines = lines(file, MAX_BYTES);
    var locks = new ArrayList<Path>();
    Path index = null;
    for (var line : lines) {
      switch (line.getKey()) {
        case "lock" -> intents.lock(line.getValue()).ifPresent(locks::add);
        case "index" -> index = intents.index(line.getValue()).orElse(null);
        default -> {
          // the owner, the plan, or of a newer version
        }
      }
    }
    var replaced = index;
    return owner(lines)
        .map(owner -> new Intent(intents, file.getFileName().toString(), owner, locks, replaced));
  }

  /** What was planned; empty when it had not come so far, or when the plan is not GitVan's. */
  Optional<Planned> planned() throws IOException {
    return new PlanReader(intents, file, locks).read(lines(file, MAX_BYTES));
  }

  /** The lines of a lock or an intent; none when it is something else, gone, or not readable. */
  private static List<Map.Entry<String, String>> lines(Path file, int limit) throws IOException {
    // Opening a FIFO would block.
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    String text;
    try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      text = new String(in.readNBytes(limit), StandardCharsets.UTF_8);
    } catch (NoSuchFileException | AccessDeniedException e) {
      return List.of();
    }
    return text.startsWith(FIRST_LINE) ? text.lines().map(Intent::line).toList() : List.of();
  }

  private static Map.Entry<String, String> line(String line) {
    int equals = line.indexOf('=');
    return equals < 0
        ? Map.entry(line, "")
        : Map.entry(line.substring(0, equals), unescape(line.substring(equals + 1)));
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

  /**
   * Where the new content of a locked file is prepared: a name that is no ref's. That of the index
   * does not look like a lock, because users may remove all locks.
   */
  Path temporary(Path lock) {
    var name = lock.getFileName().toString();
    var id = file.getFileName().toString().replace(SUFFIX, "");
    // Not longer than what a file system takes for the name of a ref that it takes.
    var begin = name.substring(0, Math.min(name.length() - ".lock".length(), 100));
    boolean isIndex = index != null && lock.equals(RefTransaction.lock(index));
    var temporary = lock.resolveSibling(begin + ".gitvan-" + id + (isIndex ? ".new" : ".lock"));
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
