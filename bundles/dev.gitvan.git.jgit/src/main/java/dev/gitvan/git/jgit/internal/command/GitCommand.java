package dev.gitvan.git.jgit.internal.command;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.git.jgit.internal.settings.Settings;
import dev.gitvan.process.ProcessGroup;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Component;

/**
 * Runs the {@code git} command: as arguments and never through a shell, in a clean environment,
 * asking nobody, with nothing that a repository names, within a deadline. Safe for any thread.
 */
@Component(service = GitCommand.class)
public final class GitCommand {
  /** How long the end of messages is waited for after the process has ended. */
  private static final long DRAIN_MILLIS = 500;

  /** Git takes its lock files away. */
  private static final Duration GRACE = Duration.ofMillis(400);

  private static final int SHOWN = 80;

  private final GitProgram program = new GitProgram();

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
    var group = start(worktree, settings, caller, call);
    return await(group, caller, call);
  }

  /** The problem that an output tells of. */
  public static Problem failure(GitCall call, GitOutput output) {
    return GitFailures.of(shown(call), output);
  }

  private ProcessGroup start(WorktreeId worktree, Settings settings, Caller caller, GitCall call) {
    var path = caller.environment().getOrDefault("PATH", System.getenv("PATH"));
    var line = new ArrayList<String>();
    line.add(program.find(path, call.atLeast()).toString());
    line.add("--no-pager");
    line.addAll(call.arguments());
    var directory = worktree.root().orElse(worktree.gitDir());
    var builder = new ProcessBuilder(line).directory(directory.toFile());
    builder.environment().clear();
    try {
      builder
          .environment()
          .putAll(GitEnvironment.of(worktree, settings, caller.environment(), call));
      return ProcessGroup.start(builder, GRACE);
    } catch (IOException | IllegalArgumentException e) {
      throw new Problem(
              Codes.GIT_FAILED,
              shown(call),
              "it cannot be started: " + e.getMessage(),
              "Check that the worktree is there and that the arguments are not too long.")
          .toException(e);
    }
  }

  private GitOutput await(ProcessGroup group, Caller caller, GitCall call) {
    var process = group.process();
    var out = new OutputReader(process.getInputStream(), call.limit(), group::end);
    var err = OutputReader.beginning(process.getErrorStream());
    var outReader = thread(out, "out");
    var errReader = thread(err, "err");
    feed(process, call);
    try {
      boolean ended =
          process.waitFor(caller.deadline().get().remaining().toNanos(), TimeUnit.NANOSECONDS)
              && drain(group, outReader, errReader, caller);
      if (!ended) {
        group.end();
        caller.checkpoint().run();
        throw GitVanException.of(
            Codes.TIMEOUT,
            shown(call),
            "it took longer than it may",
            "Give it more time with timeout.");
      }
    } catch (InterruptedException e) {
      group.end();
      Thread.currentThread().interrupt();
      // Says whether it was the deadline or somebody who cancelled.
      caller.checkpoint().run();
      throw new Problem(Codes.INTERRUPTED, shown(call), "it was cancelled", "Run it again.")
          .toException(e);
    }
    if (out.isOver()) {
      throw GitVanException.of(
          Codes.OUTPUT_LIMIT,
          shown(call),
          "it printed more than " + (call.limit() >> 20) + " MiB",
          "Ask for less.");
    }
    return new GitOutput(process.exitValue(), out.bytes(), err.text());
  }

  private static Thread thread(Runnable reader, String stream) {
    var thread = new Thread(reader, "gitvan-git-" + stream);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void feed(Process process, GitCall call) {
    thread(
        () -> {
          try (var in = process.getOutputStream()) {
            in.write(call.input());
          } catch (IOException e) {
            // It ended without reading: its exit status tells.
          }
        },
        "in");
  }

  /**
   * Waits for the end of output. Something that Git left in the background may still hold it: then
   * it is ended.
   *
   * @return false when the results did not come to their end: what is there must not be believed
   */
  private static boolean drain(ProcessGroup group, Thread out, Thread err, Caller caller)
      throws InterruptedException {
    out.join(DRAIN_MILLIS);
    err.join(DRAIN_MILLIS);
    if (out.isAlive() || err.isAlive()) {
      group.endRest();
      // Messages may be held by what is out of reach, as OpenSSH's shared connections are.
      err.join(DRAIN_MILLIS);
      out.join(Math.max(1, caller.deadline().get().remaining().toMillis()));
    }
    return !out.isAlive();
  }

  /** The command for people: on one line, not too long, without secrets. */
  private static String shown(GitCall call) {
    var line = Urls.shown("git " + String.join(" ", call.arguments())).replaceAll("\\s+", " ");
    return line.length() > SHOWN ? line.substring(0, SHOWN - 1) + "…" : line;
  }
}
