package dev.gitvan.git.jgit.internal.write;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * The lines of a note. Anybody may put anything of any size beside receipts: a large note is
 * streamed, and a line that is too long to be a receipt is left out.
 */
final class NoteLines {
  /** No receipt's line is longer, in bytes. */
  static final int MAX_LINE = 1 << 20;

  /** Notes up to this size are read in one piece, in bytes. */
  private static final int SMALL = 1 << 20;

  private NoteLines() {}

  /** Calls for every line, without line ends. */
  static void each(ObjectReader reader, ObjectId note, Consumer<String> line) throws IOException {
    var blob = reader.open(note, Constants.OBJ_BLOB);
    if (blob.getSize() <= SMALL) {
      var text = new String(blob.getCachedBytes(SMALL), StandardCharsets.UTF_8);
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
          consumer.accept(line.toString(StandardCharsets.UTF_8));
        }
        line.reset();
        tooLong = false;
      }
    }
    if (!tooLong) {
      consumer.accept(line.toString(StandardCharsets.UTF_8));
    }
  }
}
