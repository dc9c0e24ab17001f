package dev.gitvan.git.jgit.internal.write;

import dev.gitvan.repository.RepositoryId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * Receipts that another program has dropped. {@code git notes} reads the notes, and later moves the
 * ref whatever it has become meanwhile (git:notes-utils.c passes no old value): what was written in
 * between is gone. So GitVan remembers what it wrote last, and puts back what is missing. What
 * somebody has removed or edited by hand stays so.
 */
final class LostReceipts {
  private static final Pattern BY_HAND = Pattern.compile("'git notes (remove|prune|edit)'");

  /** As far as a history is searched for a removal. */
  private static final int MAX_COMMITS = 1000;

  private static final String RECEIPT = "{\"id\":\"";

  private LostReceipts() {}

  private static Path file(RepositoryId repository) {
    return repository.stateDir().resolve("receipts-tip");
  }

  /** The notes commit that GitVan wrote last, or null. */
  static ObjectId remembered(RepositoryId repository) throws IOException {
    var file = file(repository);
    if (!Files.exists(file)) {
      return null;
    }
    var text = Files.readString(file, StandardCharsets.US_ASCII).strip();
    return ObjectId.isId(text) ? ObjectId.fromString(text) : null;
  }

  /** Remembers what was written, under the lock of the ref. */
  static void remember(RepositoryId repository, ObjectId tip) throws IOException {
    // Always as long as before, in one write: there is no half of it.
    Files.write(
        file(repository),
        (tip.name() + "\n").getBytes(StandardCharsets.US_ASCII),
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE);
  }

  /**
   * The lines that are missing.
   *
   * @param last what GitVan wrote last
   * @param tip what the ref is now
   * @return lines by the object whose note has lost them
   */
  static Map<ObjectId, List<String>> between(ObjectId last, ObjectId tip, ObjectReader reader)
      throws IOException {
    if (last == null || tip == null || last.equals(tip)) {
      return Map.of();
    }
    try (var walk = new RevWalk(reader)) {
      var before = walk.parseCommit(last);
      var now = walk.parseCommit(tip);
      if (isByHand(before, now, walk)) {
        return Map.of();
      }
      return compare(before, now, reader);
    } catch (MissingObjectException | IncorrectObjectTypeException e) {
      return Map.of(); // collected, or replaced by something else: nothing to compare with
    }
  }

  private static boolean isByHand(RevCommit before, RevCommit now, RevWalk walk)
      throws IOException {
    var at = now;
    for (int i = 0; i < MAX_COMMITS && !at.equals(before); i++) {
      walk.parseBody(at);
      if (BY_HAND.matcher(at.getFullMessage()).find()) {
        return true;
      }
      if (at.getParentCount() == 0) {
        return false;
      }
      at = at.getParent(0);
      walk.parseHeaders(at);
    }
    return false;
  }

  private static Map<ObjectId, List<String>> compare(
      RevCommit before, RevCommit now, ObjectReader reader) throws IOException {
    // By name without slashes: the two may be spread over folders differently.
    var old = new HashMap<String, ObjectId>();
    var current = new HashMap<String, ObjectId>();
    try (var walk = new TreeWalk(reader)) {
      walk.addTree(before.getTree());
      walk.addTree(now.getTree());
      walk.setRecursive(true);
      walk.setFilter(TreeFilter.ANY_DIFF);
      while (walk.next()) {
        var name = walk.getPathString().replace("/", "");
        if (ObjectId.isId(name)) {
          put(old, name, walk.getObjectId(0));
          put(current, name, walk.getObjectId(1));
        }
      }
    }
    var lost = new LinkedHashMap<ObjectId, List<String>>();
    for (var entry : old.entrySet()) {
      var there = current.get(entry.getKey());
      if (!entry.getValue().equals(there)) {
        var has = there == null ? Set.<String>of() : new HashSet<>(lines(reader, there));
        var missing =
            lines(reader, entry.getValue()).stream()
                .filter(line -> line.startsWith(RECEIPT) && !has.contains(line))
                .toList();
        if (!missing.isEmpty()) {
          lost.put(ObjectId.fromString(entry.getKey()), missing);
        }
      }
    }
    return lost;
  }

  private static void put(Map<String, ObjectId> notes, String name, ObjectId note) {
    if (!note.equals(ObjectId.zeroId())) {
      notes.put(name, note);
    }
  }

  private static List<String> lines(ObjectReader reader, ObjectId note) throws IOException {
    var bytes = reader.open(note, Constants.OBJ_BLOB).getBytes();
    return List.of(new String(bytes, StandardCharsets.UTF_8).split("\n"));
  }
}
