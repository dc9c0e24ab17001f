package dev.gitvan.shell.internal;

import dev.gitvan.command.Invocation;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.Git;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.repository.WorktreeId;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** One call of one verb. */
public final class Call implements Invocation {
  private final Caller caller;
  private final GlobalOptions options;
  private final TerminalConsole console;
  private final Supplier<Git> git;
  private final AtomicReference<Runnable> onInterrupt = new AtomicReference<>();
  private WorktreeId worktree;
  private final Supplier<Metrics> metrics;
  private volatile Metrics.Muting muting;
  private volatile boolean interactive;

  Call(
      Caller caller,
      GlobalOptions options,
      TerminalConsole console,
      Supplier<Git> git,
      Supplier<Metrics> metrics) {
    this.caller = caller;
    this.options = options;
    this.console = console;
    this.git = git;
    this.metrics = metrics;
  }

  @Override
  public TerminalConsole console() {
    return console;
  }

  @Override
  public InputStream in() {
    return caller.in();
  }

  @Override
  public Path workingDirectory() {
    return caller.workingDirectory();
  }

  @Override
  public Map<String, String> environment() {
    return caller.environment();
  }

  @Override
  public synchronized WorktreeId worktree() {
    if (worktree == null) {
      var service = git.get();
      if (service == null) {
        throw GitVanException.of(
            Codes.REPO_UNSUPPORTED,
            directory().toString(),
            "no working bundle reads Git repositories",
            "Install one such as dev.gitvan.git.jgit; gitvan diag shows what is missing.");
      }
      // A repository that is named is meant, whatever Git's variables say.
      worktree =
          options.repository() == null
              ? service.discover(directory(), environment())
              : service.discover(directory());
    }
    return worktree;
  }

  /** The worktree; empty where there is none, or none that can be read. */
  Optional<WorktreeId> tryWorktree() {
    try {
      return Optional.of(worktree());
    } catch (GitVanException e) {
      return Optional.empty();
    }
  }

  /** The worktree, if the verb has asked for it. */
  synchronized Optional<WorktreeId> usedWorktree() {
    return Optional.ofNullable(worktree);
  }

  private Path directory() {
    if (options.repository() == null) {
      return caller.workingDirectory();
    }
    try {
      return caller.workingDirectory().resolve(options.repository());
    } catch (InvalidPathException e) {
      throw GitVanException.of(
          Codes.USAGE,
          "--repo " + options.repository(),
          "invalid path: " + e.getReason(),
          "Pass a directory.");
    }
  }

  @Override
  public void onInterrupt(Runnable action) {
    if (onInterrupt.getAndSet(action) == null) {
      caller.onInterrupt().accept(() -> onInterrupt.get().run());
    }
  }

  @Override
  public boolean isDryRun() {
    return muting != null;
  }

  @Override
  public void dryRun() {
    if (muting == null) {
      var recording = metrics.get();
      muting = recording == null ? Metrics.NONE.mute() : recording.mute();
    }
  }

  /** Ends what {@link #dryRun} began on this thread: nothing is measured meanwhile. */
  void end() {
    if (muting != null) {
      muting.close();
    }
  }

  /** Whether this call's time says something about GitVan. */
  boolean isMeasured() {
    return !isDryRun() && !interactive;
  }

  /** Whether the caller is a process of its own, which can start the shell, and not the shell. */
  public boolean isProcess() {
    return caller.startShell() != null;
  }

  /** Whether the caller wants no colours. */
  public boolean isColorless() {
    return options.colorless();
  }

  /** Runs the interactive shell; empty where there is none to start. */
  public Optional<Callable<Integer>> startShell() {
    interactive = true;
    return Optional.ofNullable(caller.startShell());
  }
}
