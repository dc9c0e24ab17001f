package dev.gitvan.git.jgit.internal.refs;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.jgit.internal.text.GitText;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Refs read from their files at this moment; what is packed is remembered only while its lock is
 * held. To be used by one thread.
 */
public final class RefFiles {
  private static final int MAX_SYMBOLIC = 5;
  private static final int ATTEMPTS = 3;

  private final Path gitDir;
  private final Path commonDir;
  private PackedRefs frozen;
  private PackedRefs.Edited edited;

  /**
   * HEAD.
   *
   * @param branch full name of the ref that it names, or null when it is detached
   * @param id the commit, or null when the branch has none yet
   */
  public record Head(String branch, ObjectId id) {}

  public RefFiles(WorktreeId worktree) {
    this.gitDir = worktree.gitDir();
    this.commonDir = worktree.repository().commonDir();
  }

  /** The refs that all worktrees share. */
  public RefFiles(Path commonDir) {
    this.gitDir = commonDir;
    this.commonDir = commonDir;
  }

  /** The worktree's HEAD. */
  public Head head() throws IOException {
    var file = gitDir.resolve(Constants.HEAD);
    var content = content(file);
    var branch = target(file, content);
    if (branch == null) {
      return new Head(null, id(content, Constants.HEAD));
    }
    var leaf = leaf(branch);
    return new Head(leaf, read(leaf));
  }

  /** The ref that a symbolic ref leads to; the name itself when it is not symbolic. */
  public String leaf(String name) throws IOException {
    var leaf = name;
    for (int i = 0; i < MAX_SYMBOLIC; i++) {
      var next = target(loose(leaf));
      if (next == null) {
        return leaf;
      }
      leaf = next;
    }
    throw GitVanException.of(
        Codes.REF_INVALID, name, "the symbolic ref points to nothing", "Delete it.");
  }

  /**
   * A ref's object, or null.
   *
   * @param name of no symbolic ref
   */
  public ObjectId read(String name) throws IOException {
    for (int i = 0; i < ATTEMPTS; i++) {
      var loose = content(loose(name));
      if (loose != null) {
        return id(loose, name);
      }
      var packed = around(name).find(name);
      if (packed != null) {
        return packed;
      }
      // Between the two it may have been unpacked by a writer: look again.
      if (isFrozen() || !Files.exists(loose(name))) {
        return null;
      }
    }
    return null;
  }

  /** What is packed under a name, and the name behind it. */
  private PackedRefs around(String name) throws IOException {
    return isFrozen() ? packedContent() : PackedFile.around(packed(), name);
  }

  /** Reads what is packed once for all: while its lock is held, nobody changes it. */
  void freeze() throws IOException {
    frozen = PackedRefs.read(packed());
  }

  /** What is packed has been replaced by the one who froze it. */
  void freeze(PackedRefs.Edited content) {
    edited = content;
    frozen = null;
  }

  /** The lock is given back. */
  void thaw() {
    frozen = null;
    edited = null;
  }

  private boolean isFrozen() {
    return frozen != null || edited != null;
  }

  /** What is packed: as it was frozen, or as it is. */
  PackedRefs packedContent() throws IOException {
    if (frozen == null && edited != null) {
      frozen = PackedRefs.of(edited.bytes());
    }
    return frozen != null ? frozen : PackedRefs.read(packed());
  }

  /** The file of a loose ref. */
  public Path loose(String name) {
    return commonDir.resolve(name);
  }

  /** The lock of a ref. */
  public Path lock(String name) {
    return commonDir.resolve(name + ".lock");
  }

  /** What is left of a ref that a move has deleted. */
  DeletedRef deleted(Move move) {
    return new DeletedRef(commonDir, move.ref());
  }

  /** The file of packed refs; where it is a link, what it leads to. */
  public Path packed() throws IOException {
    var file = commonDir.resolve(Constants.PACKED_REFS);
    return Files.isSymbolicLink(file) ? file.toRealPath() : file;
  }

  /**
   * A ref that stands in the way of a new name: {@code a} for {@code a/b}, or {@code a/b} for
   * {@code a}.
   */
  public String conflict(String name) throws IOException {
    return conflict(name, ref -> false, new HashSet<>());
  }

  /**
   * A ref that stands in the way of a new name.
   *
   * @param ignored refs that will be gone
   * @param free names that are known to be no refs; more are added
   * @return null when there is none
   */
  public String conflict(String name, Predicate<String> ignored, Set<String> free)
      throws IOException {
    for (var parent : parents(name)) {
      if (!ignored.test(parent) && free.add(parent) && read(parent) != null) {
        free.remove(parent);
        return parent;
      }
    }
    var folder = loose(name);
    if (folder.toFile().isDirectory()) {
      var below = firstBelow(folder, ignored);
      if (below != null) {
        return below;
      }
    }
    return around(name + "/").findBelow(name + "/", ignored);
  }

  /**
   * The names of which a name would be a folder's: {@code refs/heads/a} for that of {@code a/b}.
   */
  public static List<String> parents(String name) {
    var parents = new ArrayList<String>();
    int second = name.indexOf('/', "refs/".length());
    for (int slash = second < 0 ? -1 : name.indexOf('/', second + 1);
        slash > 0;
        slash = name.indexOf('/', slash + 1)) {
      parents.add(name.substring(0, slash));
    }
    return parents;
  }

  private String firstBelow(Path folder, Predicate<String> ignored) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> Files.isRegularFile(file) && !file.toString().endsWith(".lock"))
          .map(file -> commonDir.relativize(file).toString().replace('\\', '/'))
          .filter(ref -> !ignored.test(ref))
          .findFirst()
          .orElse(null);
    } catch (UncheckedIOException | NoSuchFileException e) {
      // A folder or file that somebody has just removed: look again.
      return firstBelow(folder, ignored);
    }
  }

  private static String target(Path file) throws IOException {
    return target(file, content(file));
  }

  private static String target(Path file, String content) throws IOException {
    if (content != null && content.startsWith("ref:")) {
      return named(content.substring(4).trim(), file);
    }
    if (Files.isSymbolicLink(file)) {
      var target = Files.readSymbolicLink(file).toString();
      return target.startsWith("refs/") ? target : null;
    }
    return null;
  }

  private static String named(String ref, Path file) {
    if (!GitText.isUtf8(ref)) {
      throw GitVanException.of(
          Codes.REF_INVALID,
          GitText.shown(ref),
          "the ref that " + file.getFileName() + " points to has a name that is not UTF-8",
          "Rename it: `git branch -m NAME`.");
    }
    return ref;
  }

  private static String content(Path file) throws IOException {
    if (!file.toFile().isFile()) {
      return null; // without the cost of an exception
    }
    try {
      return GitText.name(Files.readAllBytes(file)).trim();
    } catch (FileSystemException e) {
      if (Files.isRegularFile(file)) {
        throw e;
      }
      return null;
    } catch (IOException e) {
      if (Files.isDirectory(file)) {
        return null;
      }
      throw e;
    }
  }

  private static ObjectId id(String content, String name) {
    if (content == null || content.length() < Constants.OBJECT_ID_STRING_LENGTH) {
      throw broken(name);
    }
    try {
      return ObjectId.fromString(content.substring(0, Constants.OBJECT_ID_STRING_LENGTH));
    } catch (IllegalArgumentException e) {
      throw broken(name);
    }
  }

  private static GitVanException broken(String name) {
    return GitVanException.of(
        Codes.IO_ERROR, name, "the ref's file is damaged", "Run `git fsck` in the repository.");
  }
}
