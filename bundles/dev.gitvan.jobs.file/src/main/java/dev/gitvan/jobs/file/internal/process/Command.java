package dev.gitvan.jobs.file.internal.process;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Place;
import dev.gitvan.job.StandardStream;
import dev.gitvan.job.spi.JobContext;
import dev.gitvan.process.LaunchedProcess;
import dev.gitvan.process.ProcessExit.Reason;
import dev.gitvan.process.ProcessLauncher;
import dev.gitvan.process.ProcessOutput;
import dev.gitvan.process.ProcessSpec;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs programs for steps. */
public final class Command {
  /** What one program may print, both streams together, in bytes. */
  public static final long OUTPUT_LIMIT = 10L << 20;

  private final ProcessLauncher launcher;

  public Command(ProcessLauncher launcher) {
    this.launcher = launcher;
  }

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
    var budget =
        new OutputLines.Budget(
            OUTPUT_LIMIT,
            () ->
                job.print(
                    StandardStream.ERR,
                    "gitvan: more than "
                        + (OUTPUT_LIMIT >> 20)
                        + " MiB of output; the rest is not shown"));
    var out = new OutputLines(line -> job.print(StandardStream.OUT, line), budget);
    var err = new OutputLines(line -> job.print(StandardStream.ERR, line), budget);
    try (var process = start(job, place, command, directory, environment, out, err)) {
      var exit = process.await();
      out.finish();
      err.finish();
      if (exit.reason() != Reason.EXITED) {
        // Reports a run that was cancelled or whose own deadline has passed.
        job.checkpoint();
        throw GitVanException.of(
            Codes.TIMEOUT,
            place.toString(),
            "the command exceeded the step's timeout",
            "Raise timeout, or make the command faster.");
      }
      var errors = err.last();
      return new Ended(exit.status(), out.beginning(), errors.isEmpty() ? out.last() : errors);
    } catch (InterruptedException e) {
      // Reports whether it was the deadline or somebody who cancelled.
      job.checkpoint();
      throw e;
    }
  }

  private LaunchedProcess start(
      JobContext job,
      Place place,
      List<String> command,
      Path directory,
      Map<String, String> environment,
      OutputLines out,
      OutputLines err) {
    try {
      return launcher.start(
          ProcessSpec.builder(command, directory, environment)
              .output(ProcessOutput.to(out))
              .errors(ProcessOutput.to(err))
              .timeLimit(job.deadline().remaining())
              .build());
    } catch (NoSuchFileException e) {
      throw notFound(place, command.get(0));
    } catch (IOException | IllegalArgumentException e) {
      throw new Problem(
              Codes.STEP_FAILED,
              place.toString(),
              reason(command.get(0), String.valueOf(e.getMessage())),
              "Run it manually to see why.")
          .toException(e);
    }
  }

  private static String reason(String program, String message) {
    if (message.contains("error=7,") || message.contains("too long")) {
      return "the arguments and the environment of " + program + " are too long in total";
    }
    if (message.contains("NUL")) {
      return "an argument or a variable of " + program + " has a NUL character";
    }
    return "the command " + program + " cannot be started";
  }

  private static GitVanException notFound(Place place, String program) {
    return new Problem(
            Codes.STEP_FAILED,
            place.toString(),
            program.indexOf('/') >= 0
                ? "there is no program " + program
                : "there is no command " + program + " on the PATH",
            "Install it, or check its name.")
        .withRetry(false)
        .toException();
  }
}
