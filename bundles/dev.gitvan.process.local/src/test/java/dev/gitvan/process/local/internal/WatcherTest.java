package dev.gitvan.process.local.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.process.LaunchedProcess;
import dev.gitvan.process.ProcessSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** {@code kill -9} of a JVM, and what its watcher does. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WatcherTest {
  /** Prints its process ID and that of a descendant; neither of them ends when it is asked to. */
  private static final String STUBBORN =
      "trap '' TERM HUP; (while :; do sleep 1; done) & echo $! $$; while :; do sleep 1; done";

  private static List<Long> pids(String line) {
    return Stream.of(line.split(" ")).map(Long::parseLong).toList();
  }

  private static void awaitEnd(long pid) {
    while (!hasEnded(pid)) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static boolean hasEnded(long pid) {
    return ProcessHandle.of(pid).isEmpty() || isZombie(pid);
  }

  private static boolean isZombie(long pid) {
    try {
      var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.startsWith(" Z", stat.lastIndexOf(')') + 1);
    } catch (IOException e) {
      return false; // it is gone, before the file was opened or while it was read
    }
  }

  /** Shown to fail without a watcher: both processes lived on. */
  @Test
  void killedJvmLeavesNoCommand() throws Exception {
    try (var jvm = new ShortLivedJvm(STUBBORN)) {
      var commands = pids(jvm.line());
      var watcher = jvm.watcher();
      jvm.kill();
      for (long pid : commands) {
        awaitEnd(pid);
      }
      awaitEnd(watcher.pid());
      assertThat(jvm.rest()).isEmpty();
    }
  }

  /** Git takes its lock files away when it is asked to end. */
  @Test
  void commandsAreAskedToEndFirst() throws Exception {
    var file = Files.createTempFile("gitvan", ".asked");
    try (var jvm =
        new ShortLivedJvm(
            "trap 'echo asked > " + file + "; exit' TERM; echo $$; while :; do sleep 0.05; done")) {
      var commands = pids(jvm.line());
      jvm.kill();
      awaitEnd(commands.get(0));
      assertThat(file).hasContent("asked");
    } finally {
      Files.delete(file);
    }
  }

  /** The pipe to the JVM's reader would stay open if the watcher held it. */
  @Test
  void watcherEndsWithTheJvmAndHoldsNoPipe() throws Exception {
    try (var jvm = new ShortLivedJvm("echo started; sleep 0.2; echo done; exit 5")) {
      assertThat(jvm.line()).isEqualTo("started");
      var watcher = jvm.watcher();
      assertThat(jvm.rest()).isEqualTo("done\n");
      assertThat(jvm.await()).isEqualTo(5);
      awaitEnd(watcher.pid());
    }
  }

  @Test
  void signalsOfTheTerminalDoNotEndTheWatcher() throws Exception {
    try (var jvm = new ShortLivedJvm(STUBBORN)) {
      var commands = pids(jvm.line());
      var watcher = jvm.watcher();
      for (var signal : List.of("INT", "HUP", "QUIT", "TERM", "TSTP")) {
        new ProcessBuilder("kill", "-s", signal, String.valueOf(watcher.pid())).start().waitFor();
      }
      jvm.kill();
      for (long pid : commands) {
        awaitEnd(pid);
      }
    }
  }

  @Test
  void watcherRunsInASessionOfItsOwnWithNothingButItsPipe() throws Exception {
    try (var jvm = new ShortLivedJvm(STUBBORN)) {
      jvm.line();
      var watcher = jvm.watcher().pid();
      var stat = Files.readString(Path.of("/proc/" + watcher + "/stat"));
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      assertThat(fields[3]).as("session").isEqualTo(String.valueOf(watcher));
      try (var files = Files.list(Path.of("/proc/" + watcher + "/fd"))) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .containsExactlyInAnyOrder("0", "1", "2");
      }
      assertThat(Files.readSymbolicLink(Path.of("/proc/" + watcher + "/fd/1")))
          .isEqualTo(Path.of("/dev/null"));
      assertThat(Files.readSymbolicLink(Path.of("/proc/" + watcher + "/cwd")))
          .isEqualTo(Path.of("/"));
    }
  }

  private static final class Sleeper implements AutoCloseable {
    private final Process process;

    Sleeper() throws IOException {
      process = new ProcessBuilder("setsid", "sleep", "600").start();
    }

    String name() {
      return new ProcessGroup(process, true).watched();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  private static void runScript(String input) throws Exception {
    var shell = new ProcessBuilder("/bin/sh", "-c", Watcher.SCRIPT).start();
    try (var in = shell.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.US_ASCII));
    }
    shell.waitFor();
  }

  @Test
  void namesThatWereTakenBackAreLeftAlone() throws Exception {
    try (var first = new Sleeper();
        var second = new Sleeper();
        var third = new Sleeper()) {
      runScript(
          "+ %s\n+ %s\n+ %s\n- %s\n"
              .formatted(first.name(), second.name(), third.name(), second.name()));
      first.process.waitFor();
      third.process.waitFor();
      assertThat(second.process.isAlive()).isTrue();
    }
  }

  /** The operating system gives the numbers of processes that have ended to others. */
  @Test
  void processThatStartedAtAnotherTimeIsLeftAlone() throws Exception {
    try (var sleeper = new Sleeper()) {
      var pid = sleeper.process.pid();
      runScript("+ g%d:1\n+ p%d:0\n".formatted(pid, pid));
      assertThat(sleeper.process.isAlive()).isTrue();
      runScript("+ " + sleeper.name() + "\n");
      sleeper.process.waitFor();
    }
  }

  private static LaunchedProcess sleep(LocalLauncher launcher) throws IOException {
    return launcher.start(
        ProcessSpec.builder(List.of("/bin/sleep", "600"), Path.of("/"), Map.of()).build());
  }

  /**
   * The watchers of this JVM. While a process changes its program, the system does not know its
   * arguments, and a watcher does so twice: each child is read once, and all of them again until
   * every one has arguments or has ended.
   */
  private static List<ProcessHandle> ownWatchers() {
    while (true) {
      var watchers = new ArrayList<ProcessHandle>();
      boolean complete = true;
      for (var child : ProcessHandle.current().children().toList()) {
        var command = child.info().commandLine();
        complete &= command.isPresent() || hasEnded(child.pid());
        if (command.orElse("").contains("gitvan-watcher")) {
          watchers.add(child);
        }
      }
      if (complete) {
        return watchers;
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void watcherThatWasKilledIsStartedAgain() throws Exception {
    var launcher = new LocalLauncher();
    try (var first = sleep(launcher)) {
      var killed = ownWatchers();
      assertThat(killed).hasSize(1);
      killed.get(0).destroyForcibly();
      awaitEnd(killed.get(0).pid());
      try (var second = sleep(launcher)) {
        assertThat(ownWatchers()).hasSize(1).isNotEqualTo(killed);
        assertThat(first.pid()).isNotEqualTo(second.pid());
      }
    } finally {
      launcher.close();
    }
  }

  /** A bundle may be stopped while a command runs that it has started. */
  @Test
  void closedLauncherEndsNoCommand() throws Exception {
    var launcher = new LocalLauncher();
    try (var process = sleep(launcher)) {
      var watchers = ownWatchers();
      launcher.close();
      assertThat(ownWatchers()).hasSize(1).isEqualTo(watchers);
      assertThat(ProcessHandle.of(process.pid())).isPresent();
      process.cancel();
      assertThat(process.await().status()).isEqualTo(143);
      awaitEnd(watchers.get(0).pid());
    }
  }
}
