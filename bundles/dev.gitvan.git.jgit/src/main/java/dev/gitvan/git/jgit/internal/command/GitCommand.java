package dev.gitvan.git.jgit.internal.command;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.Excerpt;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.git.jgit.internal.settings.Settings;
import dev.gitvan.process.LaunchedProcess;
import dev.gitvan.process.ProcessInput;
import dev.gitvan.process.ProcessLauncher;
import dev.gitvan.process.ProcessOutput;
import dev.gitvan.process.ProcessSpec;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Runs the {@code git} command: as arguments and never through a shell, in a clean environment,
 * asking nobody, with nothing that a repository names, within a deadline. Safe for any thread.
 */
@Component(service = GitCommand.class)
public final class GitCommand {
  /** Git takes its lock files away. */
  private static final Duration GRACE = Duration.ofMillis(400);

  private static final int SHOWN = 80;

  /** What is kept of messages, in bytes. */
  private static final int MESSAGES = 64 * 1024;

  private final ProcessLauncher launcher;
  private final GitProgram program;

  @Activate
  public GitCommand(@Reference ProcessLauncher launcher) {
    this.launcher = launcher;
    this.program = new GitProgram(launcher);
  }

  /**
   * Runs a call to its end. The thread's interruption ends it, with all that it started; the thread
   * stays interrupted.
   *
   * @param settings of the worktree
   * @throws GitVanException {@code GIT_UNAVAILABLE}, {@code TIMEOUT}, {@code INTERRUPTED}, {@code
   *     OUTPUT_LIMIT}; for a status that is not fine what Git's messages mean, or {@code
   *     GIT_FAILED}
   */
  public GitOutput run(WorktreeId worktree, Settings settings, Caller caller, GitCall call) {
    var output = tried(worktree, settings, caller, call);
    if (!call.fine().contains(output.status())) {
      throw failure(call, output).toException();
    }
    return output;
  }

  /** The same whatever its status is. */
  public GitOutput tried(WorktreeId worktree, Settings settings, Caller caller, GitCall call) {
    caller.checkpoint().run();
    var out = new KeptOutput(call.limit());
    var err = new KeptOutput(MESSAGES);
    try (var process = start(worktree, settings, caller, call, out, err)) {
      var exit = process.await();
      switch (exit.reason()) {
        case OUTPUT_LIMIT ->
            throw GitVanException.of(
                Codes.OUTPUT_LIMIT,
                shown(call),
                "it printed more than " + (call.limit() >> 20) + " MiB",
                "Limit what it prints.");
        case EXITED -> {
          if (!exit.outputComplete()) {
            throw GitVanException.of(
                Codes.GIT_FAILED,
                shown(call),
                "a process that it left in the background still prints its results",
                "Run it again without what starts that process.");
          }
          return new GitOutput(exit.status(), out.bytes(), err.text());
        }
        default -> {
          caller.checkpoint().run();
          throw GitVanException.of(
              Codes.TIMEOUT, shown(call), "it exceeded its time limit", "Raise the time limit.");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      // Reports whether it was the deadline or somebody who cancelled.
      caller.checkpoint().run();
      throw new Problem(Codes.INTERRUPTED, shown(call), "it was cancelled", "Run it again.")
          .toException(e);
    }
  }

  /** The problem that an output reports. */
  public static Problem failure(GitCall call, GitOutput output) {
    return GitFailures.of(shown(call), output);
  }

  private LaunchedProcess start(
      WorktreeId worktree,
      Settings settings,
      Caller caller,
      GitCall call,
      KeptOutput out,
      KeptOutput err) {
    var line = new ArrayList<String>();
    line.add(program.find(caller.environment(), call.atLeast()).toString());
    line.add("--no-pager");
    line.addAll(call.arguments());
    try {
      return launcher.start(
          ProcessSpec.builder(
                  line,
                  worktree.root().orElse(worktree.gitDir()),
                  GitEnvironment.of(worktree, settings, caller.environment(), call))
              .input(
                  call.input().length == 0 ? ProcessInput.empty() : ProcessInput.of(call.input()))
              .output(ProcessOutput.to(out, call.limit()))
              .errors(ProcessOutput.to(err))
              .timeLimit(caller.deadline().get().remaining())
              .grace(GRACE)
              .build());
    } catch (IOException | IllegalArgumentException e) {
      throw new Problem(
              Codes.GIT_FAILED,
              shown(call),
              "it cannot be started: " + e.getMessage(),
              "Check that the worktree exists and that the arguments are not too long.")
          .toException(e);
    }
  }

  /** The command for people: on one line, not too long, without secrets. */
  private static String shown(GitCall call) {
    var line = Urls.shown("git " + String.join(" ", call.arguments())).replaceAll("\\s+", " ");
    return Excerpt.of(line, SHOWN);
  }
}
