package dev.gitvan.git.jgit.internal.batch;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.errors.InvalidObjectIdException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;

/** The objects that refs are to name: that they exist, and what is behind annotated tags. */
public final class Targets {
  private final RevWalk walk;
  private final Map<ObjectId, RevObject> known = new HashMap<>();

  public Targets(RevWalk walk) {
    this.walk = walk;
  }

  /**
   * The id of an object that a ref may name.
   *
   * @throws GitVanException {@code OBJECT_NOT_FOUND}, {@code REF_INVALID}
   */
  public ObjectId require(String ref, String name) throws IOException {
    RevObject object;
    try {
      object = parse(ObjectId.fromString(name));
    } catch (MissingObjectException | InvalidObjectIdException e) {
      throw GitVanException.of(
          Codes.OBJECT_NOT_FOUND,
          ref,
          "it cannot point to `" + name + "`: there is no such object",
          "Use the full id of an object in this repository.");
    }
    if (ref.startsWith(Constants.R_HEADS) && !(object instanceof RevCommit)) {
      throw RefNames.invalid(
          ref,
          "a branch must point to a commit, but "
              + name
              + " is a "
              + Constants.typeString(object.getType()),
          "Use the id of a commit.");
    }
    return object.getId().copy();
  }

  /** The object behind a tag and the tags that it names; null for everything else. */
  public ObjectId peel(ObjectId id) throws IOException {
    var object = parse(id);
    if (!(object instanceof RevTag)) {
      return null;
    }
    while (object instanceof RevTag tag) {
      object = parse(tag.getObject());
    }
    return object.getId().copy();
  }

  private RevObject parse(ObjectId id) throws IOException {
    var object = known.get(id);
    if (object == null) {
      object = walk.parseAny(id);
      known.put(id.copy(), object);
    }
    return object;
  }
}
