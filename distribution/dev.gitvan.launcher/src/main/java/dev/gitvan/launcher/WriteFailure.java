package dev.gitvan.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds out from the message of an exception, which is all that Java provides, why something could
 * not be written. The message is localized, so it is compared with one that is provoked.
 */
final class WriteFailure {
  private static final int MAX_CAUSES = 10;

  private WriteFailure() {}

  /** Whether there is no space left where it was to be written. */
  static boolean isDiskFull(Throwable failure) {
    return mentions(failure, "No space left") || mentions(failure, fullDevice());
  }

  /** Whether the reader at the other end of a pipe has gone. */
  static boolean isBrokenPipe(Throwable failure) {
    return mentions(failure, "Broken pipe") || mentions(failure, brokenPipe());
  }

  private static boolean mentions(Throwable failure, String text) {
    var at = failure;
    for (int i = 0; at != null && i < MAX_CAUSES; i++, at = at.getCause()) {
      if (at.getMessage() != null && !text.isEmpty() && at.getMessage().contains(text)) {
        return true;
      }
    }
    return false;
  }

  private static String fullDevice() {
    Path device = Path.of("/dev/full");
    if (!Files.exists(device)) {
      return "";
    }
    try (OutputStream out = Files.newOutputStream(device)) {
      out.write(0);
      return "";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static String brokenPipe() {
    try {
      Pipe pipe = Pipe.open();
      pipe.source().close();
      try (Pipe.SinkChannel sink = pipe.sink()) {
        sink.write(ByteBuffer.allocate(1));
      }
      return "";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
