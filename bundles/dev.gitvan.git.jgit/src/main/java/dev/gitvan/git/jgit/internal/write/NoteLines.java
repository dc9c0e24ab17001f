package dev.gitvan.git.jgit.internal.write;

import dev.gitvan.git.jgit.internal.text.GitText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * The lines of notes, and those that one tree of notes has and another one has not. Anybody may put
 * anything of any size beside receipts: a large note is streamed, and a line that is too long to be
 * a receipt is left out.
 */
final class NoteLines {
  /** No receipt's line is longer, in bytes. */
  static final int MAX_LINE = 1 << 20;

  private static final String RECEIPT = "{\"id\":\"";

  /** Notes up to this size are read in one piece, in bytes. */
  private static final int SMALL = 1 << 20;

  private NoteLines() {}

  /** Whether a line is a receipt's, as GitVan writes them. */
  static boolean isReceipt(String line) {
    return line.startsWith(RECEIPT);
  }

  /**
   * The lines that have gone on the way from one tree to another, blank ones aside.
   *
   * @param before null: nothing was there
   * @param now null: nothing is there any more
   * @return lines by the object whose note had them
   */
  static Map<ObjectId, List<String>> missing(RevTree before, RevTree now, ObjectReader reader)
      throws IOException {
    // By name without slashes: the two may be spread over folders differently.
    var old = new HashMap<String, ObjectId>();
    var current = new HashMap<String, ObjectId>();
    try (var walk = new TreeWalk(reader)) {
      add(before, walk);
      add(now, walk);
      walk.setRecursive(true);
      walk.setFilter(TreeFilter.ANY_DIFF);
      while (walk.next()) {
        var name = GitText.name(walk.getRawPath()).replace("/", "");
        if (ObjectId.isId(name)) {
          put(old, name, walk.getObjectId(0));
          put(current, name, walk.getObjectId(1));
        }
      }
    }
    var missing = new LinkedHashMap<ObjectId, List<String>>();
    for (var entry : old.entrySet()) {
      var there = current.get(entry.getKey());
      if (!entry.getValue().equals(there)) {
        var has = there == null ? Set.<String>of() : new HashSet<>(of(there, reader));
        var gone =
            of(entry.getValue(), reader).stream()
                .filter(line -> !line.isBlank() && !has.contains(line))
                .toList();
        if (!gone.isEmpty()) {
          missing.put(ObjectId.fromString(entry.getKey()), gone);
        }
      }
    }
    return missing;
  }

  private static void add(RevTree tree, TreeWalk walk) throws IOException {
    if (tree == null) {
      walk.addTree(new org.eclipse.jgit.treewalk.EmptyTreeIterator());
    } else {
      walk.addTree(tree);
    }
  }

  private static void put(Map<String, ObjectId> notes, String name, ObjectId note) {
    if (!note.equals(ObjectId.zeroId())) {
      notes.put(name, note);
    }
  }

  /** A note's lines. */
  static List<String> of(AnyObjectId note, ObjectReader reader) throws IOException {
    var lines = new ArrayList<String>();
    each(reader, note, lines::add);
    return lines;
  }

  /** Calls for every line, without line ends. */
  static void each(ObjectReader reader, AnyObjectId note, Consumer<String> line)
      throws IOException {
    var blob = reader.open(note, Constants.OBJ_BLOB);
    if (blob.getSize() <= SMALL) {
      var text = GitText.name(blob.getCachedBytes(SMALL));
      List.of(text.split("\n")).forEach(line);
      return;
    }
    try (var in = blob.openStream()) {
      stream(in, line);
    }
  }

  private static void stream(InputStream in, Consumer<String> consumer) throws IOException {
    var line = new ByteArrayOutputStream();
    boolean tooLong = false;
    var buffer = new byte[8192];
    for (int count; (count = in.read(buffer)) >= 0; ) {
      for (int i = 0; i < count; i++) {
        if (buffer[i] != '\n') {
          tooLong |= line.size() >= MAX_LINE;
          if (!tooLong) {
            line.write(buffer[i]);
          }
          continue;
        }
        if (!tooLong) {
          consumer.accept(GitText.name(line.toByteArray()));
        }
        line.reset();
        tooLong = false;
      }
    }
    if (!tooLong) {
      consumer.accept(GitText.name(line.toByteArray()));
    }
  }

  /** How many receipts are among them, each once. */
  static int receipts(Map<ObjectId, List<String>> lines) {
    return (int)
        lines.values().stream()
            .flatMap(List::stream)
            .filter(NoteLines::isReceipt)
            .distinct()
            .count();
  }
}
