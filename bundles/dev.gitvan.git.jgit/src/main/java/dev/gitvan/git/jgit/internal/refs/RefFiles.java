package dev.gitvan.git.jgit.internal.refs;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/** Refs read from their files at this moment, without any cache. */
public final class RefFiles {
  private static final int MAX_SYMBOLIC = 5;
  private static final int ATTEMPTS = 3;

  private final Path gitDir;
  private final Path commonDir;

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
    var branch = target(gitDir.resolve(Constants.HEAD));
    if (branch == null) {
      return new Head(null, id(content(gitDir.resolve(Constants.HEAD)), Constants.HEAD));
    }
    var leaf = leaf(branch);
    return new Head(leaf, read(leaf));
  }

  /** The ref that a symbolic ref leads to; the name itself when it is none. */
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
        Codes.REF_INVALID, name, "it is a symbolic ref that leads nowhere", "Delete it.");
  }

  /** A ref's object, or null. */
  public ObjectId read(String name) throws IOException {
    for (int i = 0; i < ATTEMPTS; i++) {
      var loose = content(loose(name));
      if (loose != null) {
        return id(loose, name);
      }
      var packed = PackedRefs.read(packed()).find(name);
      if (packed != null) {
        return packed;
      }
      // Between the two it may have been unpacked by a writer: look again.
      if (!Files.exists(loose(name))) {
        return null;
      }
    }
    return null;
  }

  /** The file of a loose ref. */
  public Path loose(String name) {
    return commonDir.resolve(name);
  }

  /** The lock of a ref. */
  public Path lock(String name) {
    return commonDir.resolve(name + ".lock");
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
    for (int slash = name.indexOf('/', "refs/".length());
        slash > 0;
        slash = name.indexOf('/', slash + 1)) {
      var parent = name.substring(0, slash);
      if (parent.indexOf('/') != parent.lastIndexOf('/') && read(parent) != null) {
        return parent;
      }
    }
    var folder = loose(name);
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        var first =
            files
                .filter(file -> Files.isRegularFile(file) && !file.toString().endsWith(".lock"))
                .findFirst();
        if (first.isPresent()) {
          return commonDir.relativize(first.get()).toString().replace('\\', '/');
        }
      }
    }
    return PackedRefs.read(packed()).findBelow(name + "/");
  }

  private static String target(Path file) throws IOException {
    if (Files.isSymbolicLink(file)) {
      var target = Files.readSymbolicLink(file).toString();
      if (target.startsWith("refs/")) {
        return target;
      }
    }
    var content = content(file);
    return content != null && content.startsWith("ref:") ? content.substring(4).strip() : null;
  }

  private static String content(Path file) throws IOException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).stripTrailing();
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
