package dev.gitvan.launcher.log;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Locale;
import org.slf4j.event.Level;

/**
 * A log file that several processes append to.
 *
 * <p>The file is opened by the first message, so that a command with nothing to log touches no
 * disk. Every message is one write, which does not interleave with other processes' messages. A
 * file of more than {@value #MAX_BYTES} bytes is renamed to {@code NAME.1} when it is opened.
 * Logging never fails: what cannot be written is lost. Thread-safe.
 */
public final class LogFile {
  /** System property with the path of the file. */
  public static final String PATH = "gitvan.log.file";

  /** System property with the least {@link Level} that is written. */
  public static final String LEVEL = "gitvan.log.level";

  static final long MAX_BYTES = 4L << 20;

  private final Path path;
  private final Level threshold;
  private FileChannel channel;
  private boolean failed;

  /** Writes messages of {@code threshold} and above to {@code path}. */
  public LogFile(Path path, Level threshold) {
    this.path = path;
    this.threshold = threshold;
  }

  /** The file that the system properties name. */
  public static LogFile ofSystemProperties() {
    return new LogFile(Path.of(System.getProperty(PATH)), level(System.getProperty(LEVEL)));
  }

  /** Reads a level's name; {@code WARN} for an unknown name. */
  public static Level level(String name) {
    for (Level level : Level.values()) {
      if (level.name().equalsIgnoreCase(name)) {
        return level;
      }
    }
    return Level.WARN;
  }

  /** Whether messages of a level are written. */
  public boolean isEnabled(Level level) {
    return level.toInt() >= threshold.toInt();
  }

  /** Writes a message; {@code failure} may be null. */
  public void write(Level level, String logger, String message, Throwable failure) {
    if (isEnabled(level)) {
      append(format(level, logger, message, failure));
    }
  }

  private static String format(Level level, String logger, String message, Throwable failure) {
    var text = new StringWriter();
    var line = new PrintWriter(text);
    line.printf(
        Locale.ROOT,
        "%s %-5s %d [%s] %s - %s%n",
        Instant.now(),
        level,
        ProcessHandle.current().pid(),
        Thread.currentThread().getName(),
        logger,
        message);
    if (failure != null) {
      failure.printStackTrace(line);
    }
    line.flush();
    return text.toString();
  }

  private synchronized void append(String text) {
    if (failed) {
      return;
    }
    try {
      if (channel == null) {
        channel = open();
      }
      var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      failed = true;
    }
  }

  private FileChannel open() throws IOException {
    Files.createDirectories(path.getParent());
    if (Files.exists(path) && Files.size(path) > MAX_BYTES) {
      Path old = path.resolveSibling(path.getFileName() + ".1");
      Files.move(path, old, StandardCopyOption.REPLACE_EXISTING);
    }
    return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
