package dev.gitvan.git.jgit.internal.command;

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
 * A process and all that it starts. Where there is {@code setsid}, they are a session of their own,
 * without a terminal to ask at, and are ended as one group; elsewhere those are ended that are
 * descendants at that moment.
 */
final class ProcessGroup {
  /**
   * How long a group may take to end by itself after it was asked to: Git takes its lock files
   * away. An interrupted job must have returned within a second.
   */
  private static final long GRACE_MILLIS = 400;

  private static final long SIGNAL_MILLIS = 1000;

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
   * Starts a command.
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
    return new ProcessGroup(builder.start(), SETSID.isPresent());
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
    awaitEnd();
    // Also when the first of them ended well: what it started may have ignored the request.
    signal("KILL");
    process.destroyForcibly();
    descendants.forEach(ProcessHandle::destroyForcibly);
  }

  /** Ends what a process that has ended left behind. */
  void endRest() {
    signal("KILL");
  }

  /** Waits even when the thread is interrupted, as it is when a run is cancelled. */
  private void awaitEnd() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GRACE_MILLIS);
    boolean interrupted = Thread.interrupted();
    boolean waiting = true;
    while (waiting) {
      try {
        process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        waiting = false;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Java can signal a process, and no group: the shell can. */
  private void signal(String name) {
    if (!session) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      var nothing = ProcessBuilder.Redirect.from(new File("/dev/null"));
      new ProcessBuilder("/bin/sh", "-c", "kill -s " + name + " -- -" + process.pid())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectInput(nothing)
          .start()
          .waitFor(SIGNAL_MILLIS, TimeUnit.MILLISECONDS);
    } catch (IOException e) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
