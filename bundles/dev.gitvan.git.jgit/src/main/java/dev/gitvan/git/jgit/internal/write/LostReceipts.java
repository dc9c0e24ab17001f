package dev.gitvan.git.jgit.internal.write;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

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
      var lost = ReceiptChains.missing(before.getTree(), now.getTree(), reader);
      lost.replaceAll((note, lines) -> lines.stream().filter(NoteLines::isReceipt).toList());
      lost.values().removeIf(List::isEmpty);
      if (!lost.isEmpty()) {
        removedByHand(before, now, walk).forEach((note, lines) -> forget(lost, note, lines));
      }
      return lost;
    } catch (MissingObjectException | IncorrectObjectTypeException e) {
      return Map.of(); // collected, or replaced by something else: nothing to compare with
    }
  }

  /** Takes lines out of those of an object. */
  static void forget(Map<ObjectId, List<String>> lines, ObjectId note, List<String> gone) {
    var removed = new HashSet<>(gone);
    lines.computeIfPresent(
        note,
        (id, all) -> {
          var left = all.stream().filter(line -> !removed.contains(line)).toList();
          return left.isEmpty() ? null : left;
        });
  }

  /** What those commits since have taken away whose purpose that is. */
  static Map<ObjectId, List<String>> removedByHand(RevCommit before, RevCommit now, RevWalk walk)
      throws IOException {
    var removed = new HashMap<ObjectId, List<String>>();
    walk.reset();
    walk.markStart(now);
    walk.markUninteresting(before);
    int left = MAX_COMMITS;
    for (var commit = walk.next(); commit != null && left > 0; commit = walk.next(), left--) {
      if (BY_HAND.matcher(commit.getFullMessage()).find() && commit.getParentCount() > 0) {
        var parent = commit.getParent(0);
        walk.parseHeaders(parent);
        NoteLines.missing(parent.getTree(), commit.getTree(), walk.getObjectReader())
            .forEach(
                (note, lines) ->
                    removed.computeIfAbsent(note, id -> new ArrayList<>()).addAll(lines));
      }
    }
    return removed;
  }
}
