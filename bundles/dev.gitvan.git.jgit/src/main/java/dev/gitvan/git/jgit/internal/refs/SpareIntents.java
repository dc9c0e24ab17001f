package dev.gitvan.git.jgit.internal.refs;

import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.home.KeptFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Files of intents that have ended, one a repository, for the next intents of this process: where
 * many files were deleted lately, making another one may take longer than all else that an intent
 * does. They lie beside the folder of the intents, so that nobody reads one while it is written.
 * Safe for any thread.
 */
public final class SpareIntents {
  private static final String FOLDER = "spare";

  /** Folders of intents, and the spare file of each. */
  private static final Map<Path, Path> SPARE = new ConcurrentHashMap<>();

  /** Folders in which this process has had an intent. */
  private static final Set<Path> SEEN = ConcurrentHashMap.newKeySet();

  /** Those of them beside which there is nothing of dead processes any more. */
  private static final Set<Path> CLEANED = ConcurrentHashMap.newKeySet();

  private SpareIntents() {}

  /**
   * Keeps an ended intent's file, unless it is the first in its folder: a process that makes one
   * transaction leaves nothing.
   *
   * @return false when the file is to be deleted
   */
  static boolean keep(Path file) {
    var intents = file.getParent();
    if (SEEN.add(intents) || !isUnix(file)) {
      return false;
    }
    var spare = intents.resolveSibling(FOLDER).resolve(file.getFileName());
    try {
      // A lock that could not be removed is this file, too, and must not be taken for a later one.
      if ((Integer) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS) != 1) {
        return false;
      }
      if (CLEANED.add(intents)) {
        new KeptFiles(intents.getParent()).createFolder(spare.getParent());
        forgetDead(spare.getParent());
      }
      Files.move(file, spare, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | GitVanException e) {
      CLEANED.remove(intents); // the folder may be gone, or no folder of ours
      return false;
    }
    var other = SPARE.put(intents, spare);
    if (other != null) {
      other.toFile().delete();
    }
    return true;
  }

  private static boolean isUnix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("unix");
  }

  /**
   * Makes the spare file, if there is one, that of a new intent. It gets its place when it is
   * whole.
   *
   * @return false when the file has to be made
   */
  static boolean use(Path file, byte[] content) {
    var spare = SPARE.remove(file.getParent());
    if (spare == null) {
      return false;
    }
    // Over what was there, which begins alike: who still reads it by a lock's name finds the owner.
    try (var out = new RandomAccessFile(spare.toFile(), "rw")) {
      out.write(content);
      out.setLength(content.length);
    } catch (IOException e) {
      spare.toFile().delete();
      return false;
    }
    try {
      Files.move(spare, file, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (IOException e) {
      spare.toFile().delete();
      return false;
    }
  }

  /** Deletes what this process keeps. */
  public static void clear() {
    for (var intents : SPARE.keySet()) {
      var spare = SPARE.remove(intents);
      if (spare != null) {
        spare.toFile().delete();
      }
    }
    SEEN.clear();
    CLEANED.clear();
  }

  /** Deletes what processes keep that have ended. */
  private static void forgetDead(Path folder) throws IOException {
    try (var files = Files.newDirectoryStream(folder)) {
      for (var file : files) {
        if (Intent.owner(file).filter(Owner::isDead).isPresent()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
