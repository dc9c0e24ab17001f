package dev.gitvan.shell.internal;

import dev.gitvan.command.Verb;
import dev.gitvan.config.internal.document.DocumentsService;
import dev.gitvan.document.Documents;
import dev.gitvan.git.Git;
import dev.gitvan.git.GitRepository;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.repository.WorktreeId;
import dev.gitvan.testkit.FakeExtensionPoint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** A command line with verbs of a test's choice, and what it printed. */
public final class ShellFixture {
  public static final Documents DOCUMENTS = new DocumentsService();
  public static final WorktreeId WORKTREE =
      new WorktreeId(
          Path.of("/repo/.git"), new RepositoryId(Path.of("/repo/.git")), Path.of("/repo"));

  public final Map<String, String> environment = new HashMap<>();
  public final FakeExtensionPoint<Verb, VerbRegistry.Description> verbs =
      new FakeExtensionPoint<>();
  public final VerbRegistry registry = new VerbRegistry(verbs);
  public final AtomicReference<Runnable> interrupt = new AtomicReference<>();
  public final VerbRunner runner = new VerbRunner(registry);
  public byte[] in = {};
  public String out = "";
  public String err = "";
  private Runnable onRegistered;

  public ShellFixture() {
    runner.documents = DOCUMENTS;
    runner.git = new OneRepository();
  }

  /** Contributes a verb. */
  public ShellFixture verb(String name, Supplier<Verb> instances) {
    verbs.add(name, new VerbRegistry.Description(name, "Does " + name), instances);
    return this;
  }

  /** Has commands measured. */
  public void runner(dev.gitvan.metrics.Metrics metrics) {
    runner.metrics = metrics;
  }

  /** Does something on another thread, as soon as a verb has said what Ctrl-C does. */
  public void onWaiting(Runnable action) {
    onRegistered = action;
  }

  private void registered(Runnable action) {
    interrupt.set(action);
    if (onRegistered != null) {
      new Thread(onRegistered).start();
    }
  }

  /** Runs a command line and returns its exit status. */
  public int run(String... arguments) {
    var outBytes = new ByteArrayOutputStream();
    var errBytes = new ByteArrayOutputStream();
    try {
      return runner.run(
          List.of(arguments),
          new Caller(
              new ByteArrayInputStream(in),
              new PrintStream(outBytes, true, StandardCharsets.UTF_8),
              new PrintStream(errBytes, true, StandardCharsets.UTF_8),
              Path.of("/repo"),
              environment,
              environment.getOrDefault("GITVAN_TTY", ""),
              this::registered,
              null));
    } finally {
      out = outBytes.toString(StandardCharsets.UTF_8);
      err = errBytes.toString(StandardCharsets.UTF_8);
    }
  }

  private static final class OneRepository implements Git {
    @Override
    public WorktreeId discover(Path directory) {
      return WORKTREE;
    }

    @Override
    public WorktreeId discover(Path directory, Map<String, String> environment) {
      var index = environment.get("GIT_INDEX_FILE");
      return index == null
          ? WORKTREE
          : new WorktreeId(
              WORKTREE.gitDir(), WORKTREE.repository(), WORKTREE.workTree(), Path.of(index));
    }

    @Override
    public GitRepository open(WorktreeId worktree) {
      throw new UnsupportedOperationException();
    }

    @Override
    public dev.gitvan.git.RunRepository open(dev.gitvan.job.spi.JobContext run) {
      throw new UnsupportedOperationException();
    }
  }
}
