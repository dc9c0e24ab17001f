package dev.gitvan.git.jgit.internal.write;

import dev.gitvan.git.jgit.internal.refs.GitVanRefs;
import dev.gitvan.git.jgit.internal.text.GitText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.notes.NoteMap;

/**
 * Appends receipts to the note of a commit. A note stays under 64 KiB: what overflows goes on in
 * the notes of blobs that read {@code gitvan receipts COMMIT N}, N from 1. The last of them is
 * found by doubling and halving, so that one more receipt reads and writes one note whatever there
 * is already, and two chains that {@code cat_sort_uniq} has merged are still one.
 */
final class ReceiptNotes {
  /** The ref that receipts are kept in. */
  static final String REF = GitVanRefs.RECEIPTS;

  /** A note's bytes stay under this. */
  static final int LIMIT = 64 * 1024;

  private final ObjectReader reader;
  private final ObjectInserter inserter;

  ReceiptNotes(ObjectReader reader, ObjectInserter inserter) {
    this.reader = reader;
    this.inserter = inserter;
  }

  /** Appends lines, without line ends, to the receipts on an object. */
  void append(NoteMap notes, ObjectId target, List<String> lines) throws IOException {
    int part = last(notes, target);
    var content = new ByteArrayOutputStream();
    if (size(notes, slot(target, part)) >= LIMIT) {
      part++; // also when somebody has put a great deal there: it is not read
    } else {
      content.writeBytes(read(notes, slot(target, part)));
    }
    boolean changed = false;
    for (var line : lines) {
      var bytes = GitText.bytes(line + "\n");
      if (content.size() > 0 && content.size() + bytes.length >= LIMIT) {
        if (changed) {
          put(notes, target, part, content);
        }
        part++;
        content.reset();
      }
      content.writeBytes(bytes);
      changed = true;
    }
    put(notes, target, part, content);
  }

  /** Puts lines back into the notes that have lost them. */
  void restore(NoteMap notes, Map<ObjectId, List<String>> lost) throws IOException {
    for (var entry : lost.entrySet()) {
      if (size(notes, entry.getKey()) > NoteLines.MAX_LINE) {
        append(notes, entry.getKey(), entry.getValue());
        continue;
      }
      var content = new ByteArrayOutputStream();
      content.writeBytes(read(notes, entry.getKey()));
      for (var line : entry.getValue()) {
        content.writeBytes(GitText.bytes(line + "\n"));
      }
      notes.set(entry.getKey(), inserter.insert(Constants.OBJ_BLOB, content.toByteArray()));
    }
  }

  /**
   * Takes lines out of a note; one that has no other is removed. A note that is too large to be
   * receipts alone stays as it is.
   */
  void remove(NoteMap notes, ObjectId slot, Set<String> lines) throws IOException {
    var note = notes.get(slot);
    if (note == null || size(notes, slot) > NoteLines.MAX_LINE) {
      return;
    }
    var left = NoteLines.of(note, reader).stream().filter(line -> !lines.contains(line)).toList();
    if (left.stream().allMatch(String::isBlank)) {
      notes.remove(slot);
    } else {
      var text = String.join("\n", left) + "\n";
      notes.set(slot, inserter.insert(Constants.OBJ_BLOB, GitText.bytes(text)));
    }
  }

  private void put(NoteMap notes, ObjectId target, int part, ByteArrayOutputStream content)
      throws IOException {
    var slot = part == 0 ? target : inserter.insert(Constants.OBJ_BLOB, name(target, part));
    notes.set(slot, inserter.insert(Constants.OBJ_BLOB, content.toByteArray()));
  }

  private long size(NoteMap notes, ObjectId slot) throws IOException {
    var note = notes.get(slot);
    return note == null ? 0 : reader.getObjectSize(note, Constants.OBJ_BLOB);
  }

  /** A note's content, ended by a line end. */
  private byte[] read(NoteMap notes, ObjectId slot) throws IOException {
    var note = notes.get(slot);
    if (note == null) {
      return new byte[0];
    }
    var bytes = reader.open(note, Constants.OBJ_BLOB).getBytes();
    if (bytes.length > 0 && bytes[bytes.length - 1] != '\n') {
      var ended = java.util.Arrays.copyOf(bytes, bytes.length + 1);
      ended[bytes.length] = '\n';
      return ended;
    }
    return bytes;
  }

  /** The number of the last part that has a note; 0 when there is none but the target's own. */
  private int last(NoteMap notes, ObjectId target) throws IOException {
    if (!notes.contains(slot(target, 1))) {
      return 0;
    }
    int low = 1;
    int high = 2;
    while (notes.contains(slot(target, high))) {
      low = high;
      high *= 2;
    }
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (notes.contains(slot(target, middle))) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The object that carries a part. */
  static ObjectId slot(ObjectId target, int part) {
    return part == 0
        ? target
        : new ObjectInserter.Formatter().idFor(Constants.OBJ_BLOB, name(target, part));
  }

  private static byte[] name(ObjectId target, int part) {
    return ("gitvan receipts " + target.name() + " " + part).getBytes(StandardCharsets.US_ASCII);
  }
}
