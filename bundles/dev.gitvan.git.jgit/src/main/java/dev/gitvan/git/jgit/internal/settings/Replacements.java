package dev.gitvan.git.jgit.internal.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.RefDatabase;

/**
 * What Git reads in the place of objects: replace refs, and parents from {@code info/grafts}
 * (git:replace-object.c, git:commit.c). Immutable.
 */
final class Replacements {
  static final Replacements NONE = new Replacements(Map.of(), Map.of());

  private static final String PREFIX = "refs/replace/";

  private final Map<ObjectId, ObjectId> objects;
  private final Map<ObjectId, List<ObjectId>> parents;

  private Replacements(Map<ObjectId, ObjectId> objects, Map<ObjectId, List<ObjectId>> parents) {
    this.objects = objects;
    this.parents = parents;
  }

  /**
   * Reads them.
   *
   * @param replacing whether replace refs count
   * @param grafts a file that need not exist
   */
  static Replacements read(RefDatabase refs, boolean replacing, Path grafts) throws IOException {
    var objects = new HashMap<ObjectId, ObjectId>();
    if (replacing) {
      for (var ref : refs.getRefsByPrefix(PREFIX)) {
        var name = ref.getName().substring(PREFIX.length());
        if (ObjectId.isId(name)) {
          objects.put(ObjectId.fromString(name), ref.getObjectId());
        }
      }
    }
    var parents = new HashMap<ObjectId, List<ObjectId>>();
    if (Files.isRegularFile(grafts)) {
      for (var line : Files.readAllLines(grafts)) {
        var ids = line.trim().split(" ");
        if (Arrays.stream(ids).allMatch(ObjectId::isId)) {
          var all = Arrays.stream(ids).map(ObjectId::fromString).toList();
          parents.put(all.get(0), all.subList(1, all.size()));
        }
      }
    }
    return new Replacements(objects, parents);
  }

  boolean isEmpty() {
    return objects.isEmpty() && parents.isEmpty();
  }

  /** What is read in the place of an object, or null. */
  ObjectId object(ObjectId id) {
    return objects.get(id);
  }

  /** The parents of a commit that are not its own, or null. */
  List<ObjectId> parents(ObjectId id) {
    return parents.get(id);
  }
}
