package dev.gitvan.git.jgit.internal.write;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.notes.NoteMap;
import org.eclipse.jgit.revwalk.RevTree;

/** Which notes are one commit's: its own, and those that its receipts overflow into. */
final class ReceiptChains {
  private static final Pattern SLOT = Pattern.compile("gitvan receipts ([0-9a-f]{40}) [0-9]+");
  private static final Pattern COMMIT = Pattern.compile("\"(?:commit|head)\":\"([0-9a-f]{40})\"");

  private final ObjectReader reader;
  private final List<NoteMap> maps;

  ReceiptChains(ObjectReader reader, NoteMap... maps) {
    this.reader = reader;
    this.maps = List.of(maps);
  }

  /**
   * The object that a note's receipts belong to: what its blob says; where that is not here, for no
   * ref leads to it, the one that its receipts tell of.
   *
   * @param lines lines of its note
   */
  ObjectId commit(ObjectId target, List<String> lines) throws IOException {
    try {
      var loader = reader.open(target);
      if (loader.getSize() > 100) {
        return target;
      }
      var slot = SLOT.matcher(new String(loader.getCachedBytes(), StandardCharsets.US_ASCII));
      return slot.matches() ? ObjectId.fromString(slot.group(1)) : target;
    } catch (MissingObjectException e) {
      var tried = new HashSet<ObjectId>();
      for (var line : lines) {
        var matcher = COMMIT.matcher(line);
        while (matcher.find()) {
          var commit = ObjectId.fromString(matcher.group(1));
          if (tried.add(commit) && has(commit, target)) {
            return commit;
          }
        }
      }
      return target;
    }
  }

  private boolean has(ObjectId commit, ObjectId target) throws IOException {
    for (int part = 1; ; part++) {
      var slot = ReceiptNotes.slot(commit, part);
      if (slot.equals(target)) {
        return true;
      }
      boolean known = false;
      for (var map : maps) {
        known |= map.contains(slot);
      }
      if (!known) {
        return false;
      }
    }
  }

  /** The notes of a map by the commits that they belong to. */
  Map<ObjectId, Map<ObjectId, List<String>>> byCommit(Map<ObjectId, List<String>> lines)
      throws IOException {
    var sorted = new LinkedHashMap<ObjectId, Map<ObjectId, List<String>>>();
    for (var note : lines.entrySet()) {
      sorted
          .computeIfAbsent(commit(note.getKey(), note.getValue()), id -> new LinkedHashMap<>())
          .put(note.getKey(), note.getValue());
    }
    return sorted;
  }

  /** The objects that carry a commit's notes. */
  List<ObjectId> slots(NoteMap map, ObjectId commit) throws IOException {
    var slots = new ArrayList<ObjectId>();
    for (int part = 0; ; part++) {
      var slot = ReceiptNotes.slot(commit, part);
      if (map.contains(slot)) {
        slots.add(slot);
      } else if (part > 0) {
        return slots;
      }
    }
  }

  /** All lines of a commit's notes. */
  Set<String> lines(NoteMap map, ObjectId commit) throws IOException {
    var lines = new HashSet<String>();
    for (var slot : slots(map, commit)) {
      lines.addAll(NoteLines.of(map.get(slot), reader));
    }
    return lines;
  }

  /**
   * As {@link NoteLines#missing}, without the lines that another note of the same commit has got:
   * where two chains were brought together, each line is in one of its notes, and not always in the
   * one that it was in.
   */
  static Map<ObjectId, List<String>> missing(RevTree before, RevTree now, ObjectReader reader)
      throws IOException {
    var gone = NoteLines.missing(before, now, reader);
    if (gone.isEmpty() || before == null || now == null) {
      return gone;
    }
    var come = NoteLines.missing(now, before, reader);
    if (come.isEmpty()) {
      return gone;
    }
    var chains =
        new ReceiptChains(reader, NoteMap.readTree(reader, before), NoteMap.readTree(reader, now));
    var there = chains.byCommit(come);
    for (var note : List.copyOf(gone.keySet())) {
      var others = there.getOrDefault(chains.commit(note, gone.get(note)), Map.of());
      for (var other : others.values()) {
        LostReceipts.forget(gone, note, other);
      }
    }
    return gone;
  }
}
