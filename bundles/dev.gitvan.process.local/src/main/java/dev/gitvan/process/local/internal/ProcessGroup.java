package dev.gitvan.process.local.internal;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A process and its descendants. Where it leads a process group, they are ended as a group,
 * otherwise one by one, as far as they are known at that moment.
 */
final class ProcessGroup {
  private static final Duration SIGNAL_LIMIT = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final Path PROCESSES = Path.of("/proc");

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
      return state(PROCESSES.resolve(String.valueOf(pid)))[19];
    } catch (IOException | RuntimeException e) {
      return "0";
    }
  }

  /** The fields of {@code /proc/PID/stat} from the third on. */
  private static String[] state(Path process) throws IOException {
    var stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
  }

  /**
   * Asks all to end, and kills those that have not after {@code grace}, however early the first of
   * them ends. Ignores interrupts.
   */
  synchronized void end(Duration grace) {
    long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(grace);
    boolean interrupted = Thread.interrupted();
    var descendants = process.descendants().toList();
    interrupted |= signal("TERM");
    descendants.forEach(ProcessHandle::destroy);
    // Process.destroy would close its output too.
    process.toHandle().destroy();
    interrupted |= awaitEnd(process, Duration.ofNanos(deadline - System.nanoTime()));
    interrupted |= awaitRest(descendants, deadline);
    interrupted |= signal("KILL");
    descendants.forEach(ProcessHandle::destroyForcibly);
    process.toHandle().destroyForcibly();
    interrupted |= awaitEnd(process, SIGNAL_LIMIT);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Kills what a process that has ended left behind in its group; not while it has its grace. */
  synchronized void endRest() {
    if (signal("KILL")) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits for those that were asked to end, and those that they have started meanwhile.
   *
   * @return whether the thread was interrupted meanwhile
   */
  private boolean awaitRest(List<ProcessHandle> descendants, long deadline) {
    boolean interrupted = false;
    while (hasRest(descendants) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(PAUSE.toNanos());
      interrupted |= Thread.interrupted();
    }
    return interrupted;
  }

  /** Processes that have ended and that nobody asks for their status do not count. */
  private boolean hasRest(List<ProcessHandle> descendants) {
    if (!leader || !Files.exists(PROCESSES.resolve("self/stat"))) {
      return descendants.stream().anyMatch(ProcessHandle::isAlive);
    }
    var group = String.valueOf(process.pid());
    try (var processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
      for (var one : processes) {
        if (isIn(group, one)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isIn(String group, Path process) {
    try {
      var state = state(process);
      return state[2].equals(group) && !state[0].equals("Z") && !state[0].equals("X");
    } catch (IOException | RuntimeException e) {
      return false; // it has ended
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
