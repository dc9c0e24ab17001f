package dev.gitvan.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gitvan.process.LaunchedProcess;
import dev.gitvan.process.ProcessExit;
import dev.gitvan.process.ProcessExit.Reason;
import dev.gitvan.process.ProcessInput;
import dev.gitvan.process.ProcessLauncher;
import dev.gitvan.process.ProcessOutput;
import dev.gitvan.process.ProcessSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link ProcessLauncher} must do. Extend it and return the launcher. The commands are
 * scripts of {@code /bin/sh}.
 */
@DisabledOnOs(OS.WINDOWS)
public abstract class ProcessLauncherContract extends Contract {
  private static final Duration GRACE = Duration.ofMillis(300);

  /** Prints its process ID and that of a descendant; neither of them ends when it is asked to. */
  private static final String STUBBORN =
      "trap '' TERM; (while :; do sleep 1; done) & echo $! $$; while :; do sleep 1; done";

  @TempDir Path directory;

  /** The launcher under test; each test calls this once. */
  protected abstract ProcessLauncher launcher();

  private ProcessSpec.Builder shell(String script) {
    return ProcessSpec.builder(List.of("/bin/sh", "-c", script), directory, Map.of()).grace(GRACE);
  }

  private ProcessExit run(ProcessSpec spec) throws Exception {
    try (var process = launcher().start(spec)) {
      return process.await();
    }
  }

  /** Standard output, and how the command ended. */
  private record Result(ProcessExit exit, String output) {}

  private Result output(ProcessSpec.Builder spec) throws Exception {
    var output = new ByteArrayOutputStream();
    var exit = run(spec.output(ProcessOutput.to(output)).build());
    return new Result(exit, output.toString(StandardCharsets.UTF_8));
  }

  /** A sink that other threads can wait for. */
  private static final class Lines extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public synchronized void write(int b) {
      bytes.write(b);
    }

    @Override
    public synchronized void write(byte[] b, int offset, int length) {
      bytes.write(b, offset, length);
    }

    synchronized String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The process IDs in the first line, once it is there. */
    List<Long> pids() {
      while (!text().contains("\n")) {
        LockSupport.parkNanos(1_000_000);
      }
      var pids = new ArrayList<Long>();
      for (var word : text().lines().findFirst().orElseThrow().split(" ")) {
        pids.add(Long.parseLong(word));
      }
      return pids;
    }
  }

  /** A process that has ended counts as such also while its parent has not asked how. */
  private static void awaitEnd(long pid) {
    while (ProcessHandle.of(pid).isPresent() && !isZombie(pid)) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static boolean isZombie(long pid) {
    try {
      var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.startsWith(" Z", stat.lastIndexOf(')') + 1);
    } catch (IOException e) {
      return false; // it is gone, before the file was opened or while it was read
    }
  }

  @Test
  void reportsTheExitStatus() throws Exception {
    assertThat(run(shell("exit 0").build()))
        .isEqualTo(new ProcessExit(0, Reason.EXITED, true))
        .matches(ProcessExit::isSuccess);
    assertThat(run(shell("exit 7").build())).isEqualTo(new ProcessExit(7, Reason.EXITED, true));
    assertThat(run(shell("kill -9 $$").build()).status()).isEqualTo(137);
  }

  @Test
  void runsArgumentsUnchangedInTheDirectory() throws Exception {
    var arguments = List.of("printf", "<%s>", "a b", "$HOME", "*", "'\"", "", "ä\n");
    var spec = ProcessSpec.builder(arguments, directory, Map.of("PATH", "/usr/bin:/bin"));
    assertThat(output(spec).output()).isEqualTo("<a b><$HOME><*><'\"><><ä\n>");
    assertThat(output(shell("pwd -P")).output().strip())
        .isEqualTo(directory.toRealPath().toString());
  }

  /** The shell sets some variables itself. */
  @Test
  void environmentIsTheGivenOneOnly() throws Exception {
    var environment = Map.of("PATH", "/usr/bin:/bin", "A", "1", "B", "x\ny", "not a name", "2");
    var spec = ProcessSpec.builder(List.of("env", "-0"), directory, environment);
    assertThat(output(spec).output().split("\0"))
        .containsExactlyInAnyOrder("PATH=/usr/bin:/bin", "A=1", "B=x\ny", "not a name=2");
  }

  @Test
  void searchesTheGivenPath() throws Exception {
    var bin = Files.createDirectories(directory.resolve("bin"));
    var program = Files.writeString(bin.resolve("gitvan-contract"), "#!/bin/sh\necho found\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    var command = List.of("gitvan-contract");
    var found =
        ProcessSpec.builder(command, directory, Map.of("PATH", "/usr/bin:" + bin + ":/bin"));
    assertThat(output(found).output()).isEqualTo("found\n");
    var relative = ProcessSpec.builder(List.of("bin/gitvan-contract"), directory, Map.of());
    assertThat(output(relative).output()).isEqualTo("found\n");
    for (var environment : List.of(Map.<String, String>of(), Map.of("PATH", "/usr/bin"))) {
      var missing = ProcessSpec.builder(command, directory, environment).build();
      assertThatThrownBy(() -> run(missing))
          .isInstanceOf(NoSuchFileException.class)
          .hasMessage("gitvan-contract");
    }
  }

  @Test
  void reportsACommandThatCannotBeStarted() throws Exception {
    Files.writeString(directory.resolve("text"), "no program");
    for (var name : List.of("./text", "./missing", directory.toString())) {
      var spec = ProcessSpec.builder(List.of(name), directory, Map.of()).build();
      assertThatThrownBy(() -> run(spec)).isInstanceOf(NoSuchFileException.class).hasMessage(name);
    }
    var elsewhere =
        ProcessSpec.builder(List.of("/bin/sh"), directory.resolve("missing"), Map.of()).build();
    assertThatThrownBy(() -> run(elsewhere)).isInstanceOf(IOException.class);
    var tooLong =
        ProcessSpec.builder(List.of("/bin/sh", "x".repeat(64 << 20)), directory, Map.of()).build();
    assertThatThrownBy(() -> run(tooLong)).isInstanceOf(IOException.class);
  }

  @Test
  void inputIsEmptyOrTheContent() throws Exception {
    assertThat(output(shell("cat; echo end")).output()).isEqualTo("end\n");
    var content = "x".repeat(1 << 20);
    var input = ProcessInput.of(content.getBytes(StandardCharsets.UTF_8));
    assertThat(output(shell("cat").input(input)).output()).isEqualTo(content);
    assertThat(output(shell("echo unread").input(input)).output()).isEqualTo("unread\n");
  }

  @Test
  void deliversBothStreamsToTheirEnds() throws Exception {
    var output = new ByteArrayOutputStream();
    var errors = new ByteArrayOutputStream();
    var exit =
        run(
            shell(
                    "i=0; while [ $i -lt 20000 ]; do echo 0123456789; echo 98765 >&2; i=$((i+1)); done")
                .output(ProcessOutput.to(output))
                .errors(ProcessOutput.to(errors))
                .build());
    assertThat(exit).isEqualTo(new ProcessExit(0, Reason.EXITED, true));
    assertThat(output.size()).isEqualTo(220_000);
    assertThat(errors.size()).isEqualTo(120_000);
  }

  /** The command ends long before its output has been taken. */
  @Test
  void waitsForASlowSink() throws Exception {
    var taken = new ByteArrayOutputStream();
    var slow =
        new OutputStream() {
          @Override
          public void write(int b) {
            throw new UnsupportedOperationException();
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            LockSupport.parkNanos(Duration.ofMillis(400).toNanos());
            taken.write(bytes, offset, length);
          }
        };
    var exit =
        run(
            shell("i=0; while [ $i -lt 5000 ]; do echo 0123456789; i=$((i+1)); done")
                .output(ProcessOutput.to(slow))
                .build());
    assertThat(exit).isEqualTo(new ProcessExit(0, Reason.EXITED, true));
    assertThat(taken.size()).isEqualTo(55_000);
  }

  @Test
  void sinkThatFailsEndsNothing() throws Exception {
    var failing =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("full");
          }
        };
    var spec =
        shell("i=0; while [ $i -lt 20000 ]; do echo 0123456789; i=$((i+1)); done; exit 3")
            .output(ProcessOutput.to(failing));
    assertThat(run(spec.build()).status()).isEqualTo(3);
  }

  @Test
  void endsWhatPrintsMoreThanItsLimit() throws Exception {
    var output = new ByteArrayOutputStream();
    var exit =
        run(
            shell("while :; do echo 0123456789; done")
                .output(ProcessOutput.to(output, 1000))
                .build());
    assertThat(exit.reason()).isEqualTo(Reason.OUTPUT_LIMIT);
    assertThat(exit.outputComplete()).isFalse();
    assertThat(output.size()).isEqualTo(1000);
  }

  /** A short output has been printed before the limit is noticed. */
  @Test
  void reportsThatALimitWasExceededAtTheEnd() throws Exception {
    var output = new ByteArrayOutputStream();
    var exact = shell("printf 12345").output(ProcessOutput.to(output, 5)).build();
    assertThat(run(exact)).isEqualTo(new ProcessExit(0, Reason.EXITED, true));
    var over = shell("printf 12345").output(ProcessOutput.to(output, 4)).build();
    assertThat(run(over).reason()).isEqualTo(Reason.OUTPUT_LIMIT);
    assertThat(output.toString(StandardCharsets.UTF_8)).isEqualTo("123451234");
  }

  /** Under load, the command may not have begun at the first limits. */
  @Test
  void endsTheWholeGroupAtTheTimeLimit() throws Exception {
    for (var limit = Duration.ofMillis(500); ; limit = limit.multipliedBy(2)) {
      var lines = new Lines();
      var spec = shell(STUBBORN).output(ProcessOutput.to(lines)).timeLimit(limit).build();
      assertThat(run(spec).reason()).isEqualTo(Reason.TIME_LIMIT);
      if (lines.text().contains("\n")) {
        for (long pid : lines.pids()) {
          awaitEnd(pid);
        }
        return;
      }
    }
  }

  @Test
  void timeLimitOfZeroEndsItAtOnce() throws Exception {
    var spec = shell("while :; do sleep 1; done").timeLimit(Duration.ZERO).build();
    assertThat(run(spec).reason()).isEqualTo(Reason.TIME_LIMIT);
  }

  @Test
  void cancelEndsTheWholeGroup() throws Exception {
    var lines = new Lines();
    try (var process = launcher().start(shell(STUBBORN).output(ProcessOutput.to(lines)).build())) {
      var pids = lines.pids();
      assertThat(pids).contains(process.pid());
      process.cancel();
      assertThat(process.await().reason()).isEqualTo(Reason.CANCELLED);
      for (long pid : pids) {
        awaitEnd(pid);
      }
    }
  }

  @Test
  void cancelAsksBeforeItKills() throws Exception {
    var lines = new Lines();
    var spec =
        shell("trap 'echo asked; exit 3' TERM; echo $$; while :; do sleep 0.05; done")
            .output(ProcessOutput.to(lines))
            .grace(Duration.ofSeconds(60));
    try (var process = launcher().start(spec.build())) {
      lines.pids();
      process.cancel();
      assertThat(process.await()).isEqualTo(new ProcessExit(3, Reason.CANCELLED, true));
      assertThat(lines.text()).endsWith("\nasked\n");
    }
  }

  @Test
  void graceIsThatOfTheWholeGroup() throws Exception {
    var lines = new Lines();
    var slow =
        "(trap 'sleep 0.5; echo rest; exit' TERM; touch begun; while :; do sleep 0.05; done)";
    var first = "trap 'exit 3' TERM; until [ -e begun ]; do sleep 0.05; done; echo $$";
    var spec =
        shell(slow + " & " + first + "; while :; do sleep 0.05; done")
            .output(ProcessOutput.to(lines))
            .grace(Duration.ofSeconds(60));
    try (var process = launcher().start(spec.build())) {
      lines.pids();
      process.cancel();
      assertThat(process.await().status()).isEqualTo(3);
      assertThat(lines.text()).endsWith("\nrest\n");
    }
  }

  @Test
  void closeEndsTheWholeGroup() throws Exception {
    var lines = new Lines();
    try (var process = launcher().start(shell(STUBBORN).output(ProcessOutput.to(lines)).build())) {
      lines.pids();
    }
    for (long pid : lines.pids()) {
      awaitEnd(pid);
    }
  }

  @Test
  void cancelAfterTheEndHasNoEffect() throws Exception {
    try (var process = launcher().start(shell("exit 4").build())) {
      var exit = process.await();
      process.cancel();
      assertThat(process.await()).isEqualTo(exit);
      assertThat(exit).isEqualTo(new ProcessExit(4, Reason.EXITED, true));
    }
  }

  @Test
  void anInterruptedThreadStopsWaitingAndCancelsCompletely() throws Exception {
    var lines = new Lines();
    var launcher = launcher();
    var waiting = new AtomicReference<LaunchedProcess>();
    var caught = new AtomicReference<Throwable>();
    var kept = new AtomicReference<Boolean>();
    var thread =
        new Thread(
            () -> {
              try (var process =
                  launcher.start(shell(STUBBORN).output(ProcessOutput.to(lines)).build())) {
                waiting.set(process);
                process.await();
              } catch (InterruptedException | IOException e) {
                caught.set(e);
              }
              Thread.currentThread().interrupt();
              waiting.get().cancel();
              kept.set(Thread.currentThread().isInterrupted());
            });
    thread.start();
    var pids = lines.pids();
    thread.interrupt();
    thread.join();
    assertThat(caught.get()).isInstanceOf(InterruptedException.class);
    assertThat(kept.get()).isTrue();
    for (long pid : pids) {
      awaitEnd(pid);
    }
  }

  @Test
  void whatStaysInTheBackgroundIsEndedIfItHoldsTheOutput() throws Exception {
    assertBackgroundIsEnded("trap '' TERM; while :; do sleep 1; done");
  }

  @Test
  void whatPrintsInTheBackgroundWithoutEndIsEnded() throws Exception {
    assertBackgroundIsEnded("until [ -e end ]; do :; done; while :; do echo 0123456789; done");
  }

  /** The command ends once its output is being read. */
  private void assertBackgroundIsEnded(String script) throws Exception {
    var lines = new Lines();
    var spec = shell("(" + script + ") & echo $!; until [ -e end ]; do sleep 0.05; done");
    try (var process = launcher().start(spec.output(ProcessOutput.to(lines)).build())) {
      long background = lines.pids().get(0);
      Files.createFile(directory.resolve("end"));
      var exit = process.await();
      assertThat(exit.reason()).isEqualTo(Reason.EXITED);
      assertThat(exit.status()).isZero();
      awaitEnd(background);
    }
  }

  /** The terminal is that of the tests, or none. */
  @Test
  void commandThatUsesTheTerminalIsEndedToo() throws Exception {
    var lines = new Lines();
    var spec = shell(STUBBORN).usesTerminal().output(ProcessOutput.to(lines)).build();
    try (var process = launcher().start(spec)) {
      var pids = lines.pids();
      process.cancel();
      for (long pid : pids) {
        awaitEnd(pid);
      }
    }
  }

  @Test
  void bearsManyAtOnce() throws Exception {
    var launcher = launcher();
    var processes = new ArrayList<LaunchedProcess>();
    var outputs = new ArrayList<Lines>();
    for (int i = 0; i < 16; i++) {
      var lines = new Lines();
      outputs.add(lines);
      processes.add(launcher.start(shell("echo " + i).output(ProcessOutput.to(lines)).build()));
    }
    for (int i = 0; i < 16; i++) {
      assertThat(processes.get(i).await().isSuccess()).isTrue();
      assertThat(outputs.get(i).text()).isEqualTo(i + "\n");
      processes.get(i).close();
    }
  }
}
