package dev.gitvan.process.local.internal;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A process and its descendants. Where it leads a process group, they are ended as a group,
 * otherwise one by one, as far as they are known at that moment.
 */
final class ProcessGroup {
  private static final Duration SIGNAL_LIMIT = Duration.ofSeconds(1);

  private final Process process;
  private final boolean leader;

  ProcessGroup(Process process, boolean leader) {
    this.process = process;
    this.leader = leader;
  }

  /**
   * The name by which the watcher knows it: the group or the process, and when it started, because
   * the operating system gives the numbers of processes that have ended to others.
   */
  String watched() {
    return (leader ? "g" : "p") + process.pid() + ":" + startTime(process.pid());
  }

  /** Field 22 of {@code /proc/PID/stat}; 0 where there is none, or if the process has ended. */
  private static String startTime(long pid) {
    try {
      var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19];
    } catch (IOException | RuntimeException e) {
      return "0";
    }
  }

  /** Asks all to end, and kills those that have not after {@code grace}. Ignores interrupts. */
  void end(Duration grace) {
    boolean interrupted = Thread.interrupted();
    var descendants = process.descendants().toList();
    interrupted |= signal("TERM");
    descendants.forEach(ProcessHandle::destroy);
    // Process.destroy would close its output too.
    process.toHandle().destroy();
    interrupted |= awaitEnd(process, grace);
    // Also if the first of them has ended: its descendants may have ignored the request.
    interrupted |= signal("KILL");
    descendants.forEach(ProcessHandle::destroyForcibly);
    process.toHandle().destroyForcibly();
    interrupted |= awaitEnd(process, SIGNAL_LIMIT);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Kills what a process that has ended left behind in its group. */
  void endRest() {
    if (signal("KILL")) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Java can signal processes but not groups, so the shell does.
   *
   * @return whether the thread was interrupted meanwhile
   */
  private boolean signal(String name) {
    if (!leader) {
      return false;
    }
    try {
      var kill =
          new ProcessBuilder(Platform.SHELL, "-c", "kill -s " + name + " -- -" + process.pid());
      kill.environment().clear();
      kill.redirectInput(Platform.NULL);
      kill.redirectOutput(Redirect.DISCARD);
      kill.redirectError(Redirect.DISCARD);
      return awaitEnd(kill.start(), SIGNAL_LIMIT);
    } catch (IOException e) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      return false;
    }
  }

  /**
   * Waits for an end, but no longer than the limit.
   *
   * @return whether the thread was interrupted meanwhile
   */
  private static boolean awaitEnd(Process process, Duration limit) {
    long end = System.nanoTime() + TimeUnit.NANOSECONDS.convert(limit);
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
