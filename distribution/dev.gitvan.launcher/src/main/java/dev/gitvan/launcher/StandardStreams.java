package dev.gitvan.launcher;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The process's real standard streams, in UTF-8 whatever the locale.
 *
 * <p>Not {@code System.out}: Gogo replaces that, and the launcher sends what libraries print there
 * to the log file.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param outFailure why standard output was not written to its end, if it was not
 */
record StandardStreams(
    InputStream in, PrintStream out, PrintStream err, Supplier<Optional<IOException>> outFailure) {

  static StandardStreams ofProcess() {
    var out = new ProcessOutput(new FileOutputStream(FileDescriptor.out));
    return new StandardStreams(
        // Buffered: Java 17 reads all of a bare FileInputStream only if it is a file, not a pipe.
        new BufferedInputStream(new FileInputStream(FileDescriptor.in)),
        print(out),
        print(new ProcessOutput(new FileOutputStream(FileDescriptor.err))),
        out::failure);
  }

  private static PrintStream print(OutputStream stream) {
    return new PrintStream(new BufferedOutputStream(stream), true, StandardCharsets.UTF_8);
  }

  void flush() {
    out.flush();
    err.flush();
  }

  /**
   * Fails when something that was printed on standard output has not reached it. A reader that went
   * away wanted no more, as with any command in a pipe: that is no failure.
   */
  void checkOutput() throws LaunchException {
    flush();
    var failure = outFailure.get().filter(e -> !WriteFailure.isBrokenPipe(e));
    if (failure.isPresent()) {
      throw LaunchException.ofWrite("standard output", failure.get());
    }
  }
}
