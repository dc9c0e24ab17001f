package dev.gitvan.jobs.file.internal.process;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.Place;
import dev.gitvan.job.RunOutput.Stream;
import dev.gitvan.job.spi.JobContext;
import dev.gitvan.process.ProcessGroup;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs for steps. */
public final class Command {
  /** What one program may print, both streams together, in bytes. */
  public static final long OUTPUT_LIMIT = 10L << 20;

  /** How long readers may take to see the end of output after the process has ended. */
  private static final long DRAIN_MILLIS = 200;

  /** How long a program may take to end by itself. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  /**
   * How a program ended.
   *
   * @param output the beginning of what it printed to standard output
   * @param errors the last lines that it printed to standard error, else to standard output
   */
  public record Ended(int status, String output, String errors) {}

  /**
   * Runs a program in the worktree until it ends, the deadline passes or the thread is interrupted.
   *
   * @param place where the step stands
   * @throws GitVanException {@code STEP_FAILED} when it cannot be started, {@code TIMEOUT}, {@code
   *     INTERRUPTED}
   */
  public Ended run(
      JobContext job,
      Place place,
      List<String> command,
      Path directory,
      Map<String, String> environment)
      throws InterruptedException {
    var group = start(place, command, directory, environment);
    try {
      var budget =
          new OutputLines.Budget(
              OUTPUT_LIMIT,
              () ->
                  job.print(
                      Stream.ERR,
                      "gitvan: more than "
                          + (OUTPUT_LIMIT >> 20)
                          + " MiB of output: the rest is not shown"));
      var out =
          new OutputLines(
              group.process().getInputStream(), line -> job.print(Stream.OUT, line), budget);
      var err =
          new OutputLines(
              group.process().getErrorStream(), line -> job.print(Stream.ERR, line), budget);
      var readers = List.of(reader(out, "out"), reader(err, "err"));
      await(group, job, place);
      drain(group, readers);
      var errors = err.last();
      return new Ended(
          group.process().exitValue(), out.beginning(), errors.isEmpty() ? out.last() : errors);
    } catch (InterruptedException e) {
      group.end();
      // Says whether it was the deadline or somebody who cancelled.
      job.checkpoint();
      throw e;
    }
  }

  private static Thread reader(OutputLines lines, String stream) {
    var thread = new Thread(lines, "gitvan-output-" + stream);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void await(ProcessGroup group, JobContext job, Place place)
      throws InterruptedException {
    long left = job.deadline().remaining().toNanos();
    if (group.process().waitFor(left, TimeUnit.NANOSECONDS)) {
      return;
    }
    group.end();
    job.checkpoint();
    throw GitVanException.of(
        Codes.TIMEOUT,
        place.toString(),
        "the command took longer than the step may",
        "Give it more time with timeout, or make it faster.");
  }

  /** Something that the process left in the background may still hold its output: it is ended. */
  private static void drain(ProcessGroup group, List<Thread> readers) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DRAIN_MILLIS);
    boolean ended = false;
    for (var reader : readers) {
      while (reader.isAlive()) {
        long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (millis > 0) {
          reader.join(millis);
        } else if (ended) {
          // Out of reach, in a session of its own. Its output is given up.
          return;
        } else {
          ended = true;
          group.endRest();
          end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DRAIN_MILLIS);
        }
      }
    }
  }

  private static ProcessGroup start(
      Place place, List<String> command, Path directory, Map<String, String> environment) {
    var program = command.get(0);
    checkFound(place, program, directory, environment.get("PATH"));
    var builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(ProcessGroup.nothing());
    builder.environment().clear();
    try {
      builder.environment().putAll(environment);
      return ProcessGroup.start(builder, GRACE);
    } catch (IOException | IllegalArgumentException | NullPointerException e) {
      var reason = String.valueOf(e.getMessage());
      throw new GitVanException(
          new dev.gitvan.diagnostics.Problem(
              Codes.STEP_FAILED,
              place.toString(),
              reason.contains("error=7,") || reason.contains("too long")
                  ? "the arguments and the environment of " + program + " are too long together"
                  : reason.contains("NUL")
                      ? "an argument or a variable of " + program + " has a NUL character"
                      : "the command " + program + " cannot be started",
              "Run it by hand to see why."),
          e);
    }
  }

  private static void checkFound(Place place, String program, Path directory, String path) {
    if (File.separatorChar == '\\') {
      return;
    }
    boolean found;
    if (program.indexOf('/') >= 0) {
      found = isProgram(directory.resolve(program));
    } else {
      found =
          path == null
              || java.util.Arrays.stream(path.split(":", -1))
                  .anyMatch(folder -> isProgram(directory.resolve(folder).resolve(program)));
    }
    if (!found) {
      throw GitVanException.of(
          Codes.STEP_FAILED,
          place.toString(),
          program.indexOf('/') >= 0
              ? "there is no program " + program
              : "there is no command " + program + " on the PATH",
          "Install it, or check its name.");
    }
  }

  private static boolean isProgram(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }
}
