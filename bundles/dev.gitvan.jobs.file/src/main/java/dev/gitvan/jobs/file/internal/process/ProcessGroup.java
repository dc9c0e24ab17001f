package dev.gitvan.jobs.file.internal.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process and all that it starts. Where there is {@code setsid}, they are a session of their own
 * and are ended as one group; elsewhere those are ended that are descendants at that moment.
 */
final class ProcessGroup {
  /** How long a group may take to end by itself after it was asked to. */
  private static final long GRACE_MILLIS = 1000;

  private static final Optional<String> SETSID =
      Stream.of("/usr/bin/setsid", "/bin/setsid")
          .filter(path -> Files.isExecutable(Path.of(path)))
          .findFirst();

  private final Process process;
  private final boolean session;

  private ProcessGroup(Process process, boolean session) {
    this.process = process;
    this.session = session;
  }

  /**
   * Starts a command with nothing to read.
   *
   * @throws IOException when it cannot be started
   */
  static ProcessGroup start(List<String> command, Path directory, Map<String, String> environment)
      throws IOException {
    var line = new ArrayList<String>();
    SETSID.ifPresent(line::add);
    line.addAll(command);
    var builder = new ProcessBuilder(line).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectInput(nothing());
    return new ProcessGroup(builder.start(), SETSID.isPresent());
  }

  private static ProcessBuilder.Redirect nothing() {
    boolean windows = File.separatorChar == '\\';
    return ProcessBuilder.Redirect.from(new File(windows ? "NUL" : "/dev/null"));
  }

  Process process() {
    return process;
  }

  /** Asks all of them to end, and ends those that do not. */
  void end() {
    var descendants = process.descendants().toList();
    signal("TERM");
    descendants.forEach(ProcessHandle::destroy);
    process.destroy();
    if (!endsWithin(GRACE_MILLIS)) {
      descendants.forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    // Also when the first of them ended well: what it started may have ignored the request.
    signal("KILL");
    descendants.forEach(ProcessHandle::destroyForcibly);
  }

  /** Waits even when the thread is interrupted, as it is when a run is cancelled. */
  private boolean endsWithin(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Ends what a process that has ended left behind. */
  void endRest() {
    signal("KILL");
  }

  /** Java can signal a process, and no group: the shell can. */
  private void signal(String name) {
    if (!session) {
      return;
    }
    try {
      var kill =
          new ProcessBuilder("/bin/sh", "-c", "kill -s " + name + " -- -" + process.pid())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectInput(nothing())
              .start();
      kill.onExit().get(GRACE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (IOException
        | java.util.concurrent.ExecutionException
        | java.util.concurrent.TimeoutException e) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
