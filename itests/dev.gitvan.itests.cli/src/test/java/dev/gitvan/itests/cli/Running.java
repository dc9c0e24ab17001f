package dev.gitvan.itests.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A GitVan process. It leads a process group, so that a signal reaches it as Ctrl-C in a terminal
 * does: together with its children, but for those that it gave a group of their own.
 */
final class Running {
  private static final Duration LIMIT = Duration.ofSeconds(120);

  private final Process process;
  private final List<String> arguments;
  private final Path files;

  Running(Process process, List<String> arguments, Path files) {
    this.process = process;
    this.arguments = arguments;
    this.files = files;
  }

  /** Waits for its end; one that does not end is killed with all its children, and is a failure. */
  Outcome await() {
    return await(LIMIT);
  }

  /** As {@link #await()}, with another limit. */
  Outcome await(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        var threads = threads();
        kill();
        throw new AssertionError(
            "gitvan %s did not end within %s\n--- out\n%s\n--- err\n%s\n--- threads\n%s"
                .formatted(String.join(" ", arguments), limit, out(), err(), threads));
      }
      return new Outcome(arguments, process.exitValue(), out(), err());
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** The process id; {@code bin/gitvan} replaces itself, so it is also the JVM's. */
  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Its children and theirs, at this moment. */
  List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  /** Sends a signal to the process group. */
  void signalGroup(String name) {
    run("kill", "-" + name, "--", "-" + process.pid());
  }

  /** {@code kill -9} of the JVM alone. */
  void killAlone() {
    process.toHandle().destroyForcibly();
  }

  /** Ends it and everything that it started, without giving it a chance to do anything. */
  void kill() {
    var all = Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What it has printed to standard output until now. */
  String out() {
    return read("out");
  }

  /** What it has printed to standard error until now. */
  String err() {
    return read("err");
  }

  private String read(String name) {
    try {
      return Files.readString(files.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String threads() {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    return run(jcmd, String.valueOf(process.pid()), "Thread.print");
  }

  private static String run(String... command) {
    try {
      var helper = new ProcessBuilder(command).redirectErrorStream(true).start();
      var text = new String(helper.getInputStream().readAllBytes());
      helper.waitFor();
      return text;
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }
}
