package dev.gitvan.launcher;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The process's real standard streams, in UTF-8 whatever the locale.
 *
 * <p>Not {@code System.out}: Gogo replaces that, and the launcher sends what libraries print there
 * to the log file.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 */
record StandardStreams(InputStream in, PrintStream out, PrintStream err) {
  static StandardStreams ofProcess() {
    return new StandardStreams(
        new FileInputStream(FileDescriptor.in),
        print(new FileOutputStream(FileDescriptor.out)),
        print(new FileOutputStream(FileDescriptor.err)));
  }

  private static PrintStream print(OutputStream stream) {
    return new PrintStream(new BufferedOutputStream(stream), true, StandardCharsets.UTF_8);
  }

  void flush() {
    out.flush();
    err.flush();
  }
}
