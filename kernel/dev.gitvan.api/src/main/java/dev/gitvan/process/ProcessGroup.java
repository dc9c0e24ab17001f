package dev.gitvan.process;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process and all that it starts. Where there is {@code setsid}, they are a session of their own,
 * without a terminal to ask at, and are ended as one group; elsewhere those are ended that are
 * descendants at that moment. Safe for any thread.
 */
public final class ProcessGroup {
  private static final long SIGNAL_MILLIS = 1000;

  private static final Optional<String> SETSID =
      Stream.of("/usr/bin/setsid", "/bin/setsid")
          .filter(path -> Files.isExecutable(Path.of(path)))
          .findFirst();

  private final Process process;
  private final Duration grace;
  private final boolean session;

  private ProcessGroup(Process process, Duration grace, boolean session) {
    this.process = process;
    this.grace = grace;
    this.session = session;
  }

  /**
   * Starts a command.
   *
   * @param builder left as it is
   * @param grace how long the group may take to end by itself after it was asked to. An interrupted
   *     job must have returned within a second
   * @throws IOException when it cannot be started
   */
  public static ProcessGroup start(ProcessBuilder builder, Duration grace) throws IOException {
    var command = builder.command();
    if (SETSID.isEmpty()) {
      return new ProcessGroup(builder.start(), grace, false);
    }
    var line = new ArrayList<>(command);
    line.add(0, SETSID.get());
    try {
      return new ProcessGroup(builder.command(line).start(), grace, true);
    } finally {
      builder.command(command);
    }
  }

  /** Input that is at its end at once. */
  public static Redirect nothing() {
    boolean windows = File.separatorChar == '\\';
    return Redirect.from(new File(windows ? "NUL" : "/dev/null"));
  }

  /** The process that was started. */
  public Process process() {
    return process;
  }

  /**
   * Asks all of them to end, and ends those that do not. Returns when they have ended, also when
   * the thread is interrupted, as it is when a run is cancelled.
   */
  public void end() {
    boolean interrupted = Thread.interrupted();
    var descendants = process.descendants().toList();
    interrupted |= signal("TERM");
    descendants.forEach(ProcessHandle::destroy);
    process.destroy();
    interrupted |= awaitEnd(process, grace.toMillis());
    // Also when the first of them ended well: what it started may have ignored the request.
    interrupted |= signal("KILL");
    process.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends what a process that has ended left behind. */
  public void endRest() {
    if (signal("KILL")) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Java can signal a process, and no group: the shell can.
   *
   * @return whether the thread was interrupted meanwhile
   */
  private boolean signal(String name) {
    if (!session) {
      return false;
    }
    try {
      return awaitEnd(
          new ProcessBuilder("/bin/sh", "-c", "kill -s " + name + " -- -" + process.pid())
              .redirectErrorStream(true)
              .redirectOutput(Redirect.DISCARD)
              .redirectInput(nothing())
              .start(),
          SIGNAL_MILLIS);
    } catch (IOException e) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      return false;
    }
  }

  /**
   * Waits for an end, but no longer than that.
   *
   * @return whether the thread was interrupted meanwhile
   */
  private static boolean awaitEnd(Process process, long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    boolean interrupted = Thread.interrupted();
    while (true) {
      try {
        process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }
}
