package dev.gitvan.git.jgit.internal.worktree;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.FileProblem;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.jgit.internal.text.GitText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.util.NB;

/**
 * Git's index, versions 2 to 4, read without losing anything: entries and extensions keep their
 * bytes, so that what {@link IndexEdit} does not touch is written back as it was. JGit's {@code
 * DirCache} drops the extensions that it does not know.
 *
 * @see <a href="https://git-scm.com/docs/index-format">index-format</a>
 */
public final class IndexFile {
  private static final int SIGNATURE = 0x44495243; // DIRC
  private static final int HEADER = 12;
  private static final int CHECKSUM = 20;
  private static final long SECOND = 1_000_000_000L;

  private final byte[] buffer;
  private final int version;
  private final List<IndexEntry> entries;
  private final Map<String, byte[]> extensions;
  private final long modified;

  private IndexFile(
      byte[] buffer,
      int version,
      List<IndexEntry> entries,
      Map<String, byte[]> extensions,
      long modified) {
    this.buffer = buffer;
    this.version = version;
    this.entries = entries;
    this.extensions = extensions;
    this.modified = modified;
  }

  /**
   * Reads an index; a missing one is empty.
   *
   * @throws GitVanException {@code REPO_UNSUPPORTED} for a split or sparse index and extensions
   *     that must be understood, {@code IO_ERROR} for a corrupt one
   */
  public static IndexFile read(Path file) {
    try {
      long modified = FileStat.nanos(Files.getLastModifiedTime(file));
      return parse(Files.readAllBytes(file), modified, file);
    } catch (NoSuchFileException e) {
      return new IndexFile(new byte[0], 2, List.of(), Map.of(), 0);
    } catch (IOException e) {
      throw FileProblem.of(e, file).toException(e);
    }
  }

  private static IndexFile parse(byte[] buffer, long modified, Path file) {
    try {
      if (NB.decodeInt32(buffer, 0) != SIGNATURE) {
        throw new IllegalArgumentException("not an index file");
      }
      int version = NB.decodeInt32(buffer, 4);
      if (version < 2 || version > 4) {
        throw unsupported("index version " + version, file);
      }
      int count = NB.decodeInt32(buffer, 8);
      var entries = new ArrayList<IndexEntry>(count);
      int at = HEADER;
      var previous = new byte[0];
      for (int i = 0; i < count; i++) {
        int fixed =
            at
                + IndexEntry.FIXED
                + ((NB.decodeUInt16(buffer, at + IndexEntry.FLAGS) & 0x4000) != 0 ? 2 : 0);
        byte[] path;
        int end;
        if (version == 4) {
          var varint = Varint.decode(buffer, fixed);
          int nul = nul(buffer, varint.next());
          int keep = previous.length - (int) varint.value();
          path = Arrays.copyOf(previous, keep + nul - varint.next());
          System.arraycopy(buffer, varint.next(), path, keep, nul - varint.next());
          end = nul + 1;
        } else {
          int nul = nul(buffer, fixed);
          path = Arrays.copyOfRange(buffer, fixed, nul);
          end = at + ((nul - at + 8) & ~7);
        }
        entries.add(new IndexEntry(buffer, at, path));
        previous = path;
        at = end;
      }
      return new IndexFile(
          buffer,
          version,
          Collections.unmodifiableList(entries),
          extensions(buffer, at, file),
          modified);
    } catch (IndexOutOfBoundsException | IllegalArgumentException | NegativeArraySizeException e) {
      throw new GitVanException(
          new dev.gitvan.diagnostics.Problem(
              Codes.IO_ERROR,
              file.toString(),
              "the index is corrupt: " + e.getMessage(),
              "Move it away and run `git reset` to rebuild it."),
          e);
    }
  }

  private static Map<String, byte[]> extensions(byte[] buffer, int start, Path file) {
    var extensions = new LinkedHashMap<String, byte[]>();
    int at = start;
    while (at < buffer.length - CHECKSUM) {
      var name = new String(buffer, at, 4, StandardCharsets.ISO_8859_1);
      int length = NB.decodeInt32(buffer, at + 4);
      switch (name) {
        case "link" -> throw unsupported("a split index (core.splitIndex)", file);
        case "sdir" -> throw unsupported("a sparse index (index.sparse)", file);
        default -> {
          if (name.charAt(0) < 'A' || name.charAt(0) > 'Z') {
            throw unsupported("the index extension `" + name + "`", file);
          }
        }
      }
      extensions.put(name, Arrays.copyOfRange(buffer, at + 8, at + 8 + length));
      at += 8 + length;
    }
    return extensions;
  }

  private static int nul(byte[] buffer, int from) {
    int at = from;
    while (buffer[at] != 0) {
      at++;
    }
    return at;
  }

  private static GitVanException unsupported(String what, Path file) {
    return GitVanException.of(
        Codes.REPO_UNSUPPORTED,
        file.toString(),
        "GitVan does not support " + what,
        what.contains("split")
            ? "Run `git update-index --no-split-index`."
            : what.contains("sparse")
                ? "Run `git sparse-checkout reapply --no-sparse-index`."
                : "Run `git update-index --index-version 2 --really-refresh`.");
  }

  /** All entries in the index's order. */
  public List<IndexEntry> entries() {
    return entries;
  }

  /** The entry of a path without conflict. */
  public Optional<IndexEntry> find(String path) {
    return at(path).filter(entry -> entry.stage() == 0);
  }

  /** The first entry of a path, whatever its stage. */
  private Optional<IndexEntry> at(String path) {
    var raw = GitText.bytes(path);
    int at = position(raw);
    return at < entries.size() && Arrays.equals(entries.get(at).rawPath(), raw)
        ? Optional.of(entries.get(at))
        : Optional.empty();
  }

  /**
   * The entries of a path, whatever their stage, and of what is below it; all for the empty path.
   */
  public List<IndexEntry> under(String path) {
    if (path.isEmpty()) {
      return entries;
    }
    var found = new ArrayList<IndexEntry>();
    var raw = GitText.bytes(path);
    for (int i = position(raw); i < entries.size(); i++) {
      var other = entries.get(i).rawPath();
      if (other.length != raw.length || !Arrays.equals(other, raw)) {
        break;
      }
      found.add(entries.get(i));
    }
    var folder = GitText.bytes(path + "/");
    for (int i = position(folder); i < entries.size(); i++) {
      var other = entries.get(i).rawPath();
      if (!startsWith(other, folder)) {
        break;
      }
      found.add(entries.get(i));
    }
    return found;
  }

  /** Whether a path is tracked, or conflicted. */
  public boolean contains(String path) {
    return at(path).isPresent();
  }

  /**
   * Folders to the trees that their entries make, as far as the cache tree knows; {@code ""} is the
   * root. A folder with a conflict or an entry that was added with {@code -N} is not among them.
   */
  public Map<String, ObjectId> trees() {
    return CacheTree.valid(extensions.getOrDefault("TREE", new byte[0]));
  }

  /** Whether something below a folder is tracked. */
  public boolean containsBelow(String folder) {
    var raw = GitText.bytes(folder + "/");
    int at = position(raw);
    return at < entries.size() && startsWith(entries.get(at).rawPath(), raw);
  }

  static boolean startsWith(byte[] path, byte[] start) {
    return path.length >= start.length
        && Arrays.equals(path, 0, start.length, start, 0, start.length);
  }

  /** The first entry that is not before a path. */
  private int position(byte[] path) {
    int low = 0;
    int high = entries.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Arrays.compareUnsigned(entries.get(middle).rawPath(), path) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Whether an entry's file could have been changed after the index was written without a trace in
   * its time stamp (Git calls it racily clean).
   */
  boolean isRacy(IndexEntry entry) {
    return entry.modified() >= modified;
  }

  /**
   * The same for programs that compare whole seconds only, as most builds of Git do. Such entries
   * must be checked before the index is written again, for from then on they are believed.
   */
  boolean isRacyBySecond(IndexEntry entry) {
    return Math.floorDiv(entry.modified(), SECOND) >= Math.floorDiv(modified, SECOND);
  }

  /** Whether a time of a file is so far before the index's that a later change has another. */
  boolean isSettled(long fileTime) {
    return fileTime % SECOND != 0 && fileTime < modified - FileStat.TICK;
  }

  byte[] buffer() {
    return buffer;
  }

  int version() {
    return version;
  }

  Map<String, byte[]> extensions() {
    return extensions;
  }
}
