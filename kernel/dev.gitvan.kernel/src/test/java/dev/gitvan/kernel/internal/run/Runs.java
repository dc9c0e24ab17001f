package dev.gitvan.kernel.internal.run;

import dev.gitvan.config.internal.ConfigurationsService;
import dev.gitvan.config.internal.document.DocumentsService;
import dev.gitvan.hook.HookEvent;
import dev.gitvan.hook.spi.Hook;
import dev.gitvan.job.JobOrder;
import dev.gitvan.job.JobRun;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.RunState;
import dev.gitvan.job.spi.Job;
import dev.gitvan.job.spi.RunTransactions;
import dev.gitvan.kernel.internal.Offers;
import dev.gitvan.kernel.internal.Recordings;
import dev.gitvan.kernel.internal.hook.Hooks;
import dev.gitvan.kernel.internal.job.Jobs;
import dev.gitvan.kernel.internal.swap.Kernel;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.repository.WorktreeId;
import dev.gitvan.testkit.FakeConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A runner with real registries, documents and configuration, over a {@link FakeGit}. */
final class Runs implements AutoCloseable {
  static final Duration GRACE = Duration.ofSeconds(1);

  final FakeGit git = new FakeGit();
  final Heard heard = new Heard();
  final Recordings metrics = new Recordings();
  final DocumentsService documents = new DocumentsService();
  final Kernel kernel = new Kernel();
  final Jobs jobs = new Jobs(kernel, documents, tree -> new FakeConfiguration());
  final Hooks hooks = new Hooks(kernel, () -> metrics, 8, GRACE);
  final ConfigurationsService configurations;
  private final Path user;
  final WorktreeId worktree;

  /** What ends jobs that ignore interrupts, when the test is over. */
  final CountDownLatch free = new CountDownLatch(1);

  volatile RunTransactions transactions = git;
  final FailingStore store = new FailingStore();
  final Runner runner;

  Runs(Path directory) {
    try {
      var root = directory.toRealPath();
      var gitDir = Files.createDirectories(root.resolve(".git"));
      this.worktree = new WorktreeId(gitDir, new RepositoryId(gitDir), root);
      this.user = Files.createDirectories(gitDir.resolve("user"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.configurations =
        ConfigurationsService.with(
            documents, metrics, user, QueueSettings.SECTION, DaemonSettings.SECTION);
    this.runner = newRunner();
  }

  /** Another runner over the same registries and repository, as another process would be. */
  Runner newRunner() {
    return newRunner(InstantSource.system());
  }

  Runner newRunner(InstantSource clock) {
    var local = new LocalRunStore(() -> documents, clock, Owner.self("testhost"));
    var around =
        new Surroundings(
            kernel,
            () -> jobs,
            () -> hooks,
            () -> metrics,
            () -> transactions,
            new Ulids(clock)::next,
            clock,
            GRACE,
            "testhost",
            "9.9.9");
    return new Runner(
        around,
        () -> configurations,
        () -> documents,
        configuration -> store.over(local),
        new Runner.Shutdown(Duration.ofSeconds(10), () -> "GitVan is shutting down"));
  }

  /** Writes the user's own file. */
  void configure(String yaml) {
    try {
      Files.writeString(user.resolve("gitvan.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Offers<Job> job(String name, Job job) {
    var offer = Offers.of(job).with("gitvan.job.name", name);
    jobs.add(offer.offer());
    return offer;
  }

  void job(String name, String property, Object value, Job job) {
    jobs.add(
        Offers.of(job).with("gitvan.job.name", name).with("gitvan.job." + property, value).offer());
  }

  void hook(String point, Hook hook) {
    hooks.add(
        Offers.of(hook).with("gitvan.hook.on", point).with("gitvan.hook.name", "hook").offer());
  }

  void gate(Hook hook) {
    hook(HookEvent.JOB_BEFORE, hook);
  }

  JobOrder.Builder order(String job) {
    return JobOrder.builder(worktree, job);
  }

  JobRun submit(JobOrder.Builder order) {
    return submit(runner, order);
  }

  JobRun submit(Runner to, JobOrder.Builder order) {
    return to.submit(order.build(), heard);
  }

  JobRun start(String job) {
    return submit(order(job));
  }

  /** The runs that have not ended, oldest first. */
  List<JobRun> active() {
    return runner.list().stream().filter(run -> run.state() != RunState.ENDED).toList();
  }

  /** Runs a job to its end. */
  Receipt run(String job) {
    return ended(start(job));
  }

  static Receipt ended(JobRun run) {
    try {
      return run.await(Duration.ofSeconds(50)).orElseThrow(() -> new AssertionError("no end"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Does not end before {@link #free}, whatever comes. */
  void hang() {
    while (true) {
      try {
        free.await();
        return;
      } catch (InterruptedException e) {
        // Ignored, as bad jobs do.
      }
    }
  }

  /** Waits until it is interrupted. */
  static void sleep() throws InterruptedException {
    new CountDownLatch(1).await();
  }

  @Override
  public void close() {
    free.countDown();
    runner.close();
    hooks.close();
  }
}
