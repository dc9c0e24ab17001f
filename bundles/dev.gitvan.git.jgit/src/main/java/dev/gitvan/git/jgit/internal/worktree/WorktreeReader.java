package dev.gitvan.git.jgit.internal.worktree;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.jgit.internal.settings.Settings;
import dev.gitvan.git.jgit.internal.text.GitText;
import dev.gitvan.repository.WorktreeId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * Reads files of a worktree as {@code git add} does, for the time of one operation. Runs no filter.
 * Not safe for several threads.
 */
public final class WorktreeReader {
  /** What is converted is read in one piece up to this size, in bytes. */
  private static final int IN_MEMORY = 16 << 20;

  private static final int ATTEMPTS = 3;

  private final Path root;
  private final Settings settings;
  private final IndexFile index;
  private final ObjectReader objects;
  private final VerifiedFiles verified;
  private final boolean trustsMode;
  private final boolean trustsLinks;
  private final boolean trustsChanged;
  private final Supplier<Attributes> attributes;
  private final Map<String, Boolean> linkedFolders = new HashMap<>();

  /**
   * A file as it would be committed.
   *
   * @param stat from before its content was read, and the same after
   * @param racy whether it could change without its stat data telling
   */
  public record Blob(int mode, ObjectId id, FileStat stat, boolean racy) {}

  /**
   * @param objects where the index's blobs are read
   */
  public WorktreeReader(
      WorktreeId worktree, Settings settings, IndexFile index, ObjectReader objects) {
    this(worktree, settings, index, objects, new VerifiedFiles());
  }

  /**
   * @param objects where the index's blobs are read
   * @param verified files that need not be read again to know that they are unchanged
   */
  public WorktreeReader(
      WorktreeId worktree,
      Settings settings,
      IndexFile index,
      ObjectReader objects,
      VerifiedFiles verified) {
    this.verified = verified;
    this.root = worktree.workTree();
    this.settings = settings;
    this.index = index;
    this.objects = objects;
    this.trustsMode = settings.all().getBoolean("core", null, "filemode", true);
    this.trustsLinks = settings.all().getBoolean("core", null, "symlinks", true);
    this.trustsChanged = settings.all().getBoolean("core", null, "trustctime", true);
    this.attributes =
        new Supplier<>() {
          private Attributes read;

          @Override
          public Attributes get() {
            if (read == null) {
              read = new Attributes(worktree, settings, index, objects);
            }
            return read;
          }
        };
  }

  /**
   * Reads a file or symbolic link into a blob.
   *
   * @return empty when there is neither at that path
   * @throws GitVanException {@code FILTER_UNSUPPORTED}, or {@code IO_ERROR} when the file does not
   *     stop changing
   */
  public Optional<Blob> read(String path, ObjectInserter into) throws IOException {
    for (int i = 0; i < ATTEMPTS; i++) {
      long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
      var stat = FileStat.of(GitText.file(root, path));
      if (stat.isEmpty() || !isContent(stat.get())) {
        return Optional.empty();
      }
      try {
        var id = insert(path, stat.get(), into);
        if (stat.equals(FileStat.of(GitText.file(root, path)))) {
          return Optional.of(
              new Blob(mode(path, stat.get()), id, stat.get(), stat.get().isRacy(now)));
        }
      } catch (NoSuchFileException | java.io.EOFException e) {
        // it changed while it was read: once more
      }
    }
    throw GitVanException.of(
        Codes.IO_ERROR,
        path,
        "the file changes while it is read",
        "Commit it when writing has finished.");
  }

  /** As {@link #read}, without writing anything. */
  public Optional<Blob> hash(String path) throws IOException {
    return read(path, new HashOnly());
  }

  /** Whether a folder that leads to a path is a symbolic link: then nothing tracked is there. */
  public boolean isBeyondLink(String path) {
    int slash = path.lastIndexOf('/');
    if (slash < 0) {
      return false;
    }
    var folder = path.substring(0, slash);
    var known = linkedFolders.get(folder);
    if (known == null) {
      known = isBeyondLink(folder) || Files.isSymbolicLink(root.resolve(folder));
      linkedFolders.put(folder, known);
    }
    return known;
  }

  /** Whether a file is as an index entry says; reads it only when its stat data leave a doubt. */
  public boolean isUnchanged(IndexEntry entry) throws IOException {
    var path = entry.path();
    long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    var stat = FileStat.of(GitText.file(root, path));
    if (stat.isEmpty()
        || !isContent(stat.get())
        || entry.isIntentToAdd()
        || mode(path, stat.get()) != entry.mode()) {
      return false;
    }
    // As Git does: a file of another size is changed, whatever its content would be converted to.
    if (entry.size() != 0 && entry.size() != (stat.get().size() & 0xffffffffL)) {
      return false;
    }
    boolean sameStat = isSame(entry, stat.get());
    if (sameStat && !index.isRacy(entry) || verified.has(path, stat.get(), entry.id())) {
      return true;
    }
    if (!hasContent(entry, stat.get(), sameStat)) {
      return false;
    }
    verified.add(path, stat.get(), entry.id(), now);
    return true;
  }

  /**
   * @param ifFiltered what is believed of a file whose filter would have to run
   */
  private boolean hasContent(IndexEntry entry, FileStat stat, boolean ifFiltered)
      throws IOException {
    try {
      return insert(entry.path(), stat, new HashOnly()).equals(entry.id());
    } catch (GitVanException e) {
      if (e.code().equals(Codes.FILTER_UNSUPPORTED)) {
        return ifFiltered;
      }
      throw e;
    } catch (NoSuchFileException | java.io.EOFException e) {
      return false;
    }
  }

  /**
   * Whether a file has another content than an index entry, and its stat data do not show it when
   * compared in seconds (git:read-cache.c, {@code ce_smudge_racily_clean_entry}).
   */
  public boolean isChangedUnseen(IndexEntry entry) throws IOException {
    if (!index.isRacyBySecond(entry)
        || entry.stage() != 0
        || FileMode.GITLINK.equals(entry.mode())
        || entry.isIntentToAdd()
        || entry.isSkipWorktree()
        || entry.isAssumedUnchanged()) {
      return false;
    }
    var stat = FileStat.of(GitText.file(root, entry.path()));
    if (stat.isEmpty()
        || !isContent(stat.get())
        || mode(entry.path(), stat.get()) != entry.mode()
        || second(entry.modified()) != second(stat.get().modified())
        || entry.size() != (stat.get().size() & 0xffffffffL)) {
      return false;
    }
    boolean settled =
        entry.modified() == stat.get().modified()
            && entry.changed() == stat.get().changed()
            && index.isSettled(entry.modified());
    return !settled && !hasContent(entry, stat.get(), false);
  }

  private static long second(long nanos) {
    return Math.floorDiv(nanos, 1_000_000_000L);
  }

  /** An entry's file when its stat data say that the entry's blob is its content; else empty. */
  Optional<Blob> clean(IndexEntry entry) throws IOException {
    var stat = FileStat.of(GitText.file(root, entry.path()));
    return stat.isPresent()
            && isContent(stat.get())
            && !entry.isIntentToAdd()
            && !index.isRacy(entry)
            && isSame(entry, stat.get())
            && mode(entry.path(), stat.get()) == entry.mode()
        ? Optional.of(new Blob(entry.mode(), entry.id(), stat.get(), false))
        : Optional.empty();
  }

  /** Git's comparison; fields that the index does not have (JGit writes few) are not compared. */
  private boolean isSame(IndexEntry entry, FileStat stat) {
    return sameTime(entry.modified(), stat.modified())
        && entry.size() == (stat.size() & 0xffffffffL)
        && (!trustsChanged || entry.changed() == 0 || sameTime(entry.changed(), stat.changed()))
        && (entry.inode() == 0 || entry.inode() == stat.inode());
  }

  private static boolean sameTime(long index, long file) {
    return index == file
        || index % 1_000_000_000L == 0 && index / 1_000_000_000L == file / 1_000_000_000L;
  }

  private static boolean isContent(FileStat stat) {
    return stat.kind() == FileStat.Kind.FILE || stat.kind() == FileStat.Kind.SYMLINK;
  }

  private int mode(String path, FileStat stat) {
    if (stat.kind() == FileStat.Kind.SYMLINK) {
      return FileMode.TYPE_SYMLINK;
    }
    if (!trustsMode || !trustsLinks) {
      var known = index.find(path).map(IndexEntry::mode);
      if (!trustsLinks && known.isPresent() && known.get() == FileMode.TYPE_SYMLINK) {
        return FileMode.TYPE_SYMLINK;
      }
      if (!trustsMode) {
        return known
            .filter(mode -> FileMode.EXECUTABLE_FILE.equals(mode.intValue()))
            .orElse(FileMode.REGULAR_FILE.getBits());
      }
    }
    return (stat.executable() ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE).getBits();
  }

  private ObjectId insert(String path, FileStat stat, ObjectInserter into) throws IOException {
    var file = GitText.file(root, path);
    if (stat.kind() == FileStat.Kind.SYMLINK) {
      var target = GitText.bytes(GitText.name(Files.readSymbolicLink(file)));
      return into.insert(Constants.OBJ_BLOB, target);
    }
    var conversion =
        mode(path, stat) == FileMode.TYPE_SYMLINK
            ? Conversion.NOTHING
            : Conversion.of(path, attributes.get().of(path), settings);
    if (conversion.equals(Conversion.NOTHING)) {
      if (stat.size() <= IN_MEMORY) {
        return into.insert(Constants.OBJ_BLOB, whole(file, stat.size()));
      }
      try (var in = Files.newInputStream(file)) {
        return into.insert(Constants.OBJ_BLOB, stat.size(), in);
      }
    }
    return stat.size() <= IN_MEMORY
        ? into.insert(Constants.OBJ_BLOB, convert(path, whole(file, stat.size()), conversion))
        : stream(path, file, stat, conversion, into);
  }

  private static byte[] whole(Path file, long size) throws IOException {
    var content = Files.readAllBytes(file);
    if (content.length != size) {
      throw new java.io.EOFException(file.toString());
    }
    return content;
  }

  private byte[] convert(String path, byte[] content, Conversion conversion) throws IOException {
    var converted = content;
    if (conversion.lineEnds() != Conversion.LineEnds.NONE && content.length > 0) {
      var stats = TextStats.of(new ByteArrayInputStream(content));
      if (convertsLineEnds(path, stats, conversion)) {
        converted = withoutCr(content);
      }
    }
    return conversion.ident() ? Ident.clean(converted) : converted;
  }

  private ObjectId stream(
      String path, Path file, FileStat stat, Conversion conversion, ObjectInserter into)
      throws IOException {
    if (conversion.ident()) {
      throw GitVanException.of(
          Codes.FILTER_UNSUPPORTED,
          path,
          "the attribute `ident` on a file over " + (IN_MEMORY >> 20) + " MiB is not supported",
          "Commit it with git, or remove the attribute.");
    }
    TextStats stats;
    try (var in = Files.newInputStream(file)) {
      stats = TextStats.of(in);
    }
    boolean converts = convertsLineEnds(path, stats, conversion);
    try (InputStream in = Files.newInputStream(file)) {
      return converts
          ? into.insert(Constants.OBJ_BLOB, stat.size() - stats.crlf(), new CrLfToLf(in))
          : into.insert(Constants.OBJ_BLOB, stat.size(), in);
    }
  }

  private boolean convertsLineEnds(String path, TextStats stats, Conversion conversion)
      throws IOException {
    if (stats.crlf() == 0) {
      return false;
    }
    return conversion.lineEnds() == Conversion.LineEnds.TEXT
        || !stats.isBinary() && !hasCrLfInIndex(path);
  }

  /** Text that is committed with CRLF stays so: converting it would change every line. */
  private boolean hasCrLfInIndex(String path) throws IOException {
    var entry = index.find(path);
    if (entry.isEmpty()
        || FileMode.GITLINK.equals(entry.get().mode())
        || entry.get().isIntentToAdd()
        || !objects.has(entry.get().id())) {
      return false;
    }
    try (var in = objects.open(entry.get().id(), Constants.OBJ_BLOB).openStream()) {
      var stats = TextStats.of(in);
      return stats.crlf() > 0 && !stats.isBinary();
    }
  }

  private static byte[] withoutCr(byte[] content) {
    var out = new byte[content.length];
    int length = 0;
    for (int i = 0; i < content.length; i++) {
      if (content[i] != '\r' || i + 1 == content.length || content[i + 1] != '\n') {
        out[length++] = content[i];
      }
    }
    return Arrays.copyOf(out, length);
  }
}
