package dev.gitvan.kernel.internal.run;

import dev.gitvan.config.Configurations;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Documents;
import dev.gitvan.job.JobDefinition;
import dev.gitvan.job.JobRequest;
import dev.gitvan.job.JobRun;
import dev.gitvan.job.JobRunner;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.RunOutput;
import dev.gitvan.kernel.internal.Digests;
import dev.gitvan.kernel.internal.WorkerPool;
import dev.gitvan.kernel.internal.job.JobCatalog;
import dev.gitvan.kernel.internal.swap.Activities.KernelStoppedException;
import dev.gitvan.kernel.internal.swap.Activity;
import dev.gitvan.metrics.CounterId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

/**
 * The runner, without the framework around it: admits runs, lets them wait, gives them to
 * coordinating threads, and starts what follows them.
 */
public final class Runner implements JobRunner, AutoCloseable {
  private final Surroundings around;
  private final Supplier<Configurations> configurations;
  private final Supplier<Documents> documents;
  private final Duration stop;
  private final Supplier<String> stopReason;
  private final Keys keys;
  private final Owner self;
  private final RunQueue queue = new RunQueue();
  private final WorkerPool workers = new WorkerPool("gitvan-worker", 1);

  /** By id, so oldest first. */
  private final Map<String, LiveRun> active = new ConcurrentSkipListMap<>();

  private volatile boolean closed;

  /**
   * @param stop how long closing waits for the runs that it cancelled
   * @param stopReason why the runner closes, for those that it cancels
   */
  Runner(
      Surroundings around,
      Supplier<Configurations> configurations,
      Supplier<Documents> documents,
      Duration stop,
      Supplier<String> stopReason) {
    this.around = around;
    this.configurations = configurations;
    this.documents = documents;
    this.stop = stop;
    this.stopReason = stopReason;
    this.self = Owner.self(around.host());
    this.keys = new Keys(documents, around.clock(), self);
  }

  @Override
  public JobRun submit(JobRequest request) {
    try {
      return accept(request);
    } catch (KernelStoppedException e) {
      throw closed(request);
    }
  }

  /**
   * As {@link #submit}.
   *
   * @throws KernelStoppedException when the kernel stopped before it accepted the run
   */
  JobRun accept(JobRequest request) throws KernelStoppedException {
    var id = around.nextId();
    var activity = around.activities().begin("run " + id + " of " + request.job(), null);
    LiveRun live = null;
    try (var muting = around.muteIf(request.dryRun());
        var binding = around.activities().bind(activity)) {
      var run = admit(request, id, activity);
      live = run instanceof LiveRun own && own.activity() == activity ? own : null;
      return run;
    } finally {
      if (live == null) {
        activity.close();
      }
    }
  }

  private GitVanException closed(JobRequest request) {
    return GitVanException.of(
        Codes.DAEMON_UNAVAILABLE, request.job(), stopReason.get(), "Run it again.");
  }

  private JobRun admit(JobRequest request, String id, Activity activity) {
    if (closed) {
      throw closed(request);
    }
    // From here on the run has who reads and writes its documents, whatever becomes of the bundle.
    documents.get().toJson(Map.of());
    Surroundings.checkDepth(request.job(), request.trigger());
    if (request.timeout() != null
        && (request.timeout().isNegative() || request.timeout().isZero())) {
      throw GitVanException.of(
          Codes.JOB_TIMEOUT_INVALID,
          request.job(),
          "the timeout is not positive",
          "Give a duration such as 30s.");
    }
    var configuration = configurations.get().load(request.worktree());
    var entry = around.catalog().resolve(request.worktree(), configuration, request.job());
    var inputs = Inputs.merge(entry.definition(), request.inputs());
    var run =
        new LiveRun(
            id,
            activity,
            request,
            request.trigger(),
            configuration,
            entry,
            inputs,
            this::cancelled);
    boolean keyed = request.key() != null && !request.dryRun();
    if (keyed) {
      var known = claim(request, run.id(), entry.definition());
      if (known.isPresent()) {
        return known.get();
      }
    }
    active.put(run.id(), run);
    int capacity = configuration.get(QueueSettings.CAPACITY);
    if (!queue.offer(run, capacity, configuration.get(QueueSettings.CONCURRENCY))) {
      active.remove(run.id());
      if (keyed) {
        keys.release(request.worktree().repository(), request.key(), run.id());
      }
      around.metrics().counter(CounterId.QUEUE_REFUSED).increment();
      throw GitVanException.of(
          Codes.QUEUE_FULL,
          request.job(),
          capacity + " runs are already waiting",
          "Run it again later, or raise queue.capacity in your own gitvan.yaml.");
    }
    workers.atLeast(configuration.get(DaemonSettings.WORKERS));
    if (!workers.execute(this::work) || closed) {
      run.cancel(stopReason.get());
    }
    return run;
  }

  @Override
  public List<JobRun> active() {
    return List.copyOf(active.values());
  }

  /** Cancels everything and waits for it, at most as long as was configured. */
  @Override
  public void close() {
    closed = true;
    queue.close();
    long end = System.nanoTime() + stop.toNanos();
    var reason = stopReason.get();
    active.values().forEach(run -> run.cancel(reason));
    try {
      for (var run : active.values()) {
        run.await(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    workers.close(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
  }

  /** The run that has the request's key already; empty when the key is now the new run's. */
  private Optional<JobRun> claim(JobRequest request, String id, JobDefinition definition) {
    var repository = request.worktree().repository();
    var inputs = Digests.sha256(documents.get().toJson(Digests.sorted(request.inputs())));
    var stale = "";
    while (true) {
      var present = keys.claim(repository, request.key(), id, definition.name(), inputs, stale);
      if (present.isEmpty()) {
        return Optional.empty();
      }
      var entry = present.get();
      var live = active.get(entry.run());
      if (live == null && entry.receipt() == null && entry.owner().isDead(self)) {
        if (receipt(request, entry.run()).isEmpty()) {
          stale = entry.run();
          continue;
        }
      }
      if (!entry.job().equals(definition.name()) || !entry.inputs().equals(inputs)) {
        throw GitVanException.of(
            Codes.KEY_CONFLICT,
            "key " + request.key(),
            "the key belongs to run " + entry.run() + " of " + entry.job() + ", with other inputs",
            "Use another key, or the same job and inputs.");
      }
      return Optional.of(
          new KeyedRun(entry.run(), definition, live, () -> ended(request, entry, definition)));
    }
  }

  /** How a key's run in another process ended, if it has. */
  private Optional<Receipt> ended(JobRequest request, Keys.Entry first, JobDefinition definition) {
    var now = keys.look(request.worktree().repository(), request.key()).orElse(first);
    if (now.run().equals(first.run()) && now.receipt() != null) {
      return Optional.of(now.receipt());
    }
    if (now.run().equals(first.run()) && !first.owner().isDead(self)) {
      return Optional.empty();
    }
    var problem =
        new Problem(
            Codes.INTERRUPTED,
            first.job(),
            "the process that ran it ended before the run did",
            "Run it again: the key is free.");
    return receipt(request, first.run())
        .or(() -> Optional.of(lost(request, first.run(), definition, problem)));
  }

  private Receipt lost(JobRequest request, String id, JobDefinition definition, Problem problem) {
    var entry = new JobCatalog.Entry(definition, null);
    var run =
        new LiveRun(id, null, request, request.trigger(), null, entry, request.inputs(), r -> {});
    return new Receipts(around).notStarted(run, Outcome.failed(problem, null));
  }

  private Optional<Receipt> receipt(JobRequest request, String run) {
    var transactions = around.transactions().get();
    return transactions == null ? Optional.empty() : transactions.receipt(request.worktree(), run);
  }

  private void work() {
    for (var run = queue.take(); run != null; run = queue.take()) {
      try {
        execute(run);
      } finally {
        queue.ended(run);
      }
    }
  }

  private void execute(LiveRun run) {
    try (var binding = around.activities().bind(run.activity())) {
      var execution = new Execution(around, run);
      var ended = execution.run();
      complete(run, ended.receipt());
      ended.applied().forEach(this::startFollowUps);
      execution.tellEnd();
    } catch (RuntimeException | Error e) {
      var problem =
          new Problem(
              Codes.INTERNAL,
              run.definition().name(),
              "the runner failed with " + e,
              "This is a bug in GitVan. Run it with -v to see where.");
      run.failed(e);
      finishUnstarted(run, Outcome.failed(problem, e));
    } finally {
      active.remove(run.id());
      run.end();
    }
  }

  private void complete(LiveRun run, Receipt receipt) {
    var request = run.request();
    if (request.key() != null && !request.dryRun()) {
      try {
        keys.complete(request.worktree().repository(), request.key(), run.id(), receipt);
      } catch (GitVanException e) {
        warn(run, "the result could not be stored under its key: " + e.problem());
      }
    }
  }

  private void startFollowUps(LiveRun run) {
    var started = new ArrayList<JobRun>();
    var request = run.request();
    for (var job : run.definition().then()) {
      try {
        started.add(
            submit(
                new JobRequest(
                    request.worktree(),
                    job,
                    Map.of(),
                    run.trigger().followedBy(run.id(), run.definition().name()),
                    null,
                    null,
                    null,
                    false,
                    request.environment(),
                    request.now(),
                    request.output())));
      } catch (GitVanException e) {
        warn(run, job + " is not started: " + e.problem());
      }
    }
    run.followedBy(started);
  }

  /** A run that was cancelled while it waited ends at once: there is nothing to be undone. */
  private void cancelled(LiveRun run) {
    if (queue.remove(run)) {
      finishUnstarted(run, Outcome.cancelled(run.definition().name(), run.cancelReason()));
      active.remove(run.id());
      run.end();
    }
  }

  private void finishUnstarted(LiveRun run, Outcome outcome) {
    var receipt = new Receipts(around).notStarted(run, outcome);
    run.record(receipt, false);
    var request = run.request();
    if (request.key() != null && !request.dryRun()) {
      try {
        keys.release(request.worktree().repository(), request.key(), run.id());
      } catch (GitVanException e) {
        warn(run, "its key could not be released: " + e.problem());
      }
    }
    new SafeOutput(request.output()).runFinished(run, receipt);
  }

  private static void warn(LiveRun run, String text) {
    new SafeOutput(run.request().output()).line(run, RunOutput.Stream.ERR, text);
  }
}
