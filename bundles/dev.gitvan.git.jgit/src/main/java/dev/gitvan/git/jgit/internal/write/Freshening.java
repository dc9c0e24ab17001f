package dev.gitvan.git.jgit.internal.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/**
 * Makes objects that are there already as young as new ones (git:object-file.c, {@code
 * freshen_file}). What no ref leads to is removed by {@code git gc} once it is old; an old object
 * that we are about to use again must not be removed between our looking at it and our ref's
 * pointing to it.
 */
final class Freshening {
  private final Path objects;
  private final ObjectDirectory database;
  private final Set<Path> fresh = new HashSet<>();

  Freshening(Repository repository, Path objects) {
    this.objects = objects;
    this.database =
        repository.getObjectDatabase() instanceof ObjectDirectory directory ? directory : null;
  }

  /**
   * Whether the object is in this repository, and has been made young. If not, write it: an
   * alternate is another repository's to clean up, the entries of a cruft pack carry their own
   * ages, and a pack that JGit still knows may be gone.
   */
  boolean renew(ObjectId id) throws IOException {
    var name = id.name();
    return touch(objects.resolve(name.substring(0, 2)).resolve(name.substring(2)))
        || renewPacked(id);
  }

  private boolean renewPacked(ObjectId id) throws IOException {
    if (database == null) {
      return false;
    }
    for (var pack : database.getPacks()) {
      if (has(pack, id) && renew(pack.getPackFile().toPath())) {
        return true;
      }
    }
    return false;
  }

  private static boolean has(Pack pack, ObjectId id) {
    try {
      return pack.hasObject(id);
    } catch (IOException e) {
      return false; // its index is gone, or broken
    }
  }

  /** A pack is touched once: what lives for one transaction need not do so again. */
  private boolean renew(Path pack) {
    if (fresh.contains(pack)) {
      return Files.exists(pack);
    }
    var name = pack.getFileName().toString().replaceFirst("\\.pack$", ".mtimes");
    return !Files.exists(pack.resolveSibling(name)) && touch(pack) && fresh.add(pack);
  }

  private static boolean touch(Path file) {
    if (!file.toFile().exists()) {
      return false; // without the cost of an exception
    }
    try {
      Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
      return true;
    } catch (IOException e) {
      return false; // not there, or somebody else's: only its owner may say how old it is
    }
  }
}
