package dev.gitvan.git.jgit.internal.write;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTree;
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
      var lost = compare(before.getTree(), now.getTree(), reader);
      if (!lost.isEmpty()) {
        removedByHand(before, now, walk).forEach((note, lines) -> forget(lost, note, lines));
      }
      return lost;
    } catch (MissingObjectException | IncorrectObjectTypeException e) {
      return Map.of(); // collected, or replaced by something else: nothing to compare with
    }
  }

  private static void forget(
      Map<ObjectId, List<String>> lost, ObjectId note, List<String> removed) {
    lost.computeIfPresent(
        note,
        (id, lines) -> {
          var left = lines.stream().filter(line -> !removed.contains(line)).toList();
          return left.isEmpty() ? null : left;
        });
  }

  /** What those commits since have taken away whose purpose that is. */
  private static Map<ObjectId, List<String>> removedByHand(
      RevCommit before, RevCommit now, RevWalk walk) throws IOException {
    var removed = new HashMap<ObjectId, List<String>>();
    walk.markStart(now);
    walk.markUninteresting(before);
    int left = MAX_COMMITS;
    for (var commit = walk.next(); commit != null && left > 0; commit = walk.next(), left--) {
      if (BY_HAND.matcher(commit.getFullMessage()).find() && commit.getParentCount() > 0) {
        var parent = commit.getParent(0);
        walk.parseHeaders(parent);
        compare(parent.getTree(), commit.getTree(), walk.getObjectReader())
            .forEach(
                (note, lines) ->
                    removed.computeIfAbsent(note, id -> new ArrayList<>()).addAll(lines));
      }
    }
    return removed;
  }

  private static Map<ObjectId, List<String>> compare(
      RevTree before, RevTree now, ObjectReader reader) throws IOException {
    // By name without slashes: the two may be spread over folders differently.
    var old = new HashMap<String, ObjectId>();
    var current = new HashMap<String, ObjectId>();
    try (var walk = new TreeWalk(reader)) {
      walk.addTree(before);
      walk.addTree(now);
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
            lines(reader, entry.getValue()).stream().filter(line -> !has.contains(line)).toList();
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

  /** The receipts of a note. */
  private static List<String> lines(ObjectReader reader, ObjectId note) throws IOException {
    var lines = new ArrayList<String>();
    NoteLines.each(
        reader,
        note,
        line -> {
          if (line.startsWith(RECEIPT)) {
            lines.add(line);
          }
        });
    return lines;
  }
}
