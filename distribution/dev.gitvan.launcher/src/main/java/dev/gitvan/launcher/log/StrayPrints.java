package dev.gitvan.launcher.log;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.event.Level;

/**
 * What code that knows no logger prints to {@code System.out} and {@code System.err}: one message a
 * line, so that it clutters neither the results nor the user's terminal.
 */
public final class StrayPrints extends OutputStream {
  private final LogFile file;
  private final String name;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  private StrayPrints(LogFile file, String name) {
    this.file = file;
    this.name = name;
  }

  /** A stream to put in the place of the standard stream {@code name}. */
  public static PrintStream to(LogFile file, String name) {
    return new PrintStream(new StrayPrints(file, name), false, StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void write(int value) {
    if (value == '\n') {
      file.write(Level.WARN, name, line.toString(StandardCharsets.UTF_8).stripTrailing(), null);
      line.reset();
    } else {
      line.write(value);
    }
  }
}
