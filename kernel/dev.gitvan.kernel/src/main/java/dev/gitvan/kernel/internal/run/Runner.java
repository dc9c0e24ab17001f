package dev.gitvan.kernel.internal.run;

import dev.gitvan.config.Configuration;
import dev.gitvan.config.Configurations;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Documents;
import dev.gitvan.job.JobOrder;
import dev.gitvan.job.JobRun;
import dev.gitvan.job.JobRunner;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.RunListener;
import dev.gitvan.job.RunState;
import dev.gitvan.job.StoredRun;
import dev.gitvan.job.spi.RunStore;
import dev.gitvan.kernel.internal.Digests;
import dev.gitvan.kernel.internal.WorkerPool;
import dev.gitvan.kernel.internal.swap.Activities.KernelStoppedException;
import dev.gitvan.metrics.CounterId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The runner, without the framework around it: validates orders, has them accepted by the run
 * store, lets runs wait, gives them to coordinating threads, and starts what follows them.
 */
public final class Runner implements JobRunner, AutoCloseable {
  private final Surroundings around;
  private final Supplier<Configurations> configurations;
  private final Supplier<Documents> documents;
  private final Function<Configuration, RunStore> stores;
  private final Shutdown shutdown;
  private final RunQueue queue = new RunQueue();
  private final WorkerPool workers = new WorkerPool("gitvan-worker", 1);
  private final List<RunListener> listeners = new CopyOnWriteArrayList<>();

  /** By id, so oldest first. */
  private final Map<String, LiveRun> active = new ConcurrentSkipListMap<>();

  private volatile boolean closed;

  /**
   * How the runner closes.
   *
   * @param limit how long it waits for the runs that it cancels
   * @param reason why it closes, for those that it cancels
   */
  record Shutdown(Duration limit, Supplier<String> reason) {}

  Runner(
      Surroundings around,
      Supplier<Configurations> configurations,
      Supplier<Documents> documents,
      Function<Configuration, RunStore> stores,
      Shutdown shutdown) {
    this.around = around;
    this.configurations = configurations;
    this.documents = documents;
    this.stores = stores;
    this.shutdown = shutdown;
  }

  @Override
  public JobRun submit(JobOrder order, RunListener listener) {
    try {
      return accept(order, listener);
    } catch (KernelStoppedException e) {
      throw closed(order);
    }
  }

  /**
   * As {@link #submit}.
   *
   * @throws KernelStoppedException when the kernel stopped before it accepted the run
   */
  JobRun accept(JobOrder order, RunListener listener) throws KernelStoppedException {
    var accepted = StoredRun.accepted(around.nextId(), order, around.clock().instant());
    var activity = around.activities().begin("run " + accepted.id() + " of " + order.job(), null);
    LiveRun live = null;
    try (var muting = around.muteIf(order.dryRun());
        var binding = around.activities().bind(activity)) {
      if (closed) {
        throw closed(order);
      }
      var run =
          new LiveRun(
              accepted, activity, plan(order), new Events(listener, listeners), this::cancelled);
      var holder = store(run);
      if (holder.isPresent()) {
        return holder.get();
      }
      dispatch(run);
      live = run;
      return run;
    } finally {
      if (live == null) {
        activity.close();
      }
    }
  }

  private GitVanException closed(JobOrder order) {
    return GitVanException.of(
        Codes.DAEMON_UNAVAILABLE, order.job(), shutdown.reason().get(), "Run it again.");
  }

  /** Validates an order, and says what it means now. */
  private LiveRun.Plan plan(JobOrder order) {
    // From here on the run has who reads and writes its documents, whatever becomes of the bundle.
    documents.get().toJson(Map.of());
    Surroundings.checkDepth(order.job(), order.trigger());
    if (order.timeout().filter(limit -> limit.isNegative() || limit.isZero()).isPresent()) {
      throw GitVanException.of(
          Codes.JOB_TIMEOUT_INVALID,
          order.job(),
          "the timeout is not positive",
          "Give a duration such as 30s.");
    }
    var configuration = configurations.get().load(order.worktree());
    var entry = around.catalog().resolve(order.worktree(), configuration, order.job());
    return LiveRun.Plan.of(configuration, entry, order.inputs());
  }

  /** Has a run accepted; returns the run that has its key already. Dry runs are not stored. */
  private Optional<JobRun> store(LiveRun run) {
    if (run.order().dryRun()) {
      return Optional.empty();
    }
    var store = store(run.plan());
    while (true) {
      var holder = store.accept(run.stored());
      if (holder.isEmpty()) {
        return Optional.empty();
      }
      var present = holder.get();
      if (present.state() == RunState.LOST && receipt(present).isEmpty()) {
        store.releaseKey(present);
        continue;
      }
      if (!isSame(present.order(), run.order())) {
        throw GitVanException.of(
            Codes.KEY_CONFLICT,
            "key " + run.order().key().orElseThrow(),
            "the key belongs to run "
                + present.id()
                + " of "
                + present.order().job()
                + ", with other inputs",
            "Use another key, or the same job and inputs.");
      }
      return Optional.of(existing(present, store));
    }
  }

  /** Secret inputs are not compared: stores do not keep them, not even as a digest. */
  private boolean isSame(JobOrder one, JobOrder other) {
    return one.job().equals(other.job()) && json(one).equals(json(other));
  }

  private String json(JobOrder order) {
    return documents.get().toJson(Digests.sorted(order.inputs()));
  }

  private JobRun existing(StoredRun run, RunStore store) {
    var live = active.get(run.id());
    return live == null ? new KnownRun(run, true, () -> look(run, store)) : new SharedRun(live);
  }

  private RunStore store(LiveRun.Plan plan) {
    return stores.apply(plan.configuration());
  }

  /** Has the run store keep what became of a run; a failure does not end the run. */
  private void updateStore(LiveRun run, BiConsumer<RunStore, StoredRun> change) {
    if (run.order().dryRun()) {
      return;
    }
    try {
      change.accept(store(run.plan()), run.stored());
    } catch (GitVanException e) {
      run.events().warn(run, "the run store did not take a change of this run: " + e.problem());
    }
  }

  private void dispatch(LiveRun run) {
    active.put(run.id(), run);
    var configuration = run.plan().configuration();
    int capacity = configuration.get(QueueSettings.CAPACITY);
    if (!queue.offer(run, capacity, configuration.get(QueueSettings.CONCURRENCY))) {
      active.remove(run.id());
      updateStore(run, RunStore::remove);
      around.metrics().counter(CounterId.QUEUE_REFUSED).increment();
      throw GitVanException.of(
          Codes.QUEUE_FULL,
          run.order().job(),
          capacity + " runs are already waiting",
          "Run it again later, or raise queue.capacity in your own gitvan.yaml.");
    }
    workers.atLeast(configuration.get(DaemonSettings.WORKERS));
    if (!workers.execute(this::work) || closed) {
      run.cancel(shutdown.reason().get());
    }
  }

  @Override
  public Optional<JobRun> find(String id) {
    var live = active.get(id);
    var store = current();
    return live != null ? Optional.of(live) : store.find(id).map(run -> known(run, store));
  }

  @Override
  public List<JobRun> list() {
    var all = new TreeMap<String, JobRun>();
    var store = current();
    store.list().forEach(run -> all.put(run.id(), known(run, store)));
    all.putAll(active);
    return List.copyOf(all.values());
  }

  private RunStore current() {
    return stores.apply(configurations.get().ofUser());
  }

  private JobRun known(StoredRun run, RunStore store) {
    return new KnownRun(run, false, () -> look(run, store));
  }

  @Override
  public Subscription listen(RunListener listener) {
    // Each subscription is one of its own, also of the same listener.
    RunListener subscribed = listener::on;
    listeners.add(subscribed);
    return () -> listeners.remove(subscribed);
  }

  /** Cancels everything and waits for it, at most as long as was configured. */
  @Override
  public void close() {
    closed = true;
    queue.close();
    long end = System.nanoTime() + shutdown.limit().toNanos();
    var reason = shutdown.reason().get();
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

  /** What the store has now of a run that is not one of this runner's. */
  private StoredRun look(StoredRun first, RunStore store) {
    var order = first.order();
    var now =
        order
            .key()
            .map(key -> store.withKey(order.worktree().repository(), key))
            .orElseGet(() -> store.find(first.id()))
            .filter(run -> run.id().equals(first.id()));
    if (now.isPresent() && now.get().state() != RunState.LOST) {
      return now.get();
    }
    return first.ended(receipt(first).orElseGet(() -> new Receipts(around).lost(first)));
  }

  private Optional<Receipt> receipt(StoredRun run) {
    var transactions = around.transactions().get();
    return transactions == null
        ? Optional.empty()
        : transactions.receipt(run.order().worktree(), run.id());
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
    run.start();
    updateStore(run, RunStore::update);
    try (var binding = around.activities().bind(run.activity())) {
      var execution = new Execution(around, run);
      var applied = execution.run();
      updateStore(run, RunStore::update);
      applied.forEach(this::startFollowUps);
      execution.tellEnd();
    } catch (RuntimeException | Error e) {
      var problem =
          new Problem(
              Codes.INTERNAL,
              run.order().job(),
              "the runner failed with " + e,
              "This is a bug in GitVan. Run it with -v to see where.");
      run.failed(e);
      finishUnstarted(run, Outcome.failed(problem, e));
    } finally {
      active.remove(run.id());
      run.end();
    }
  }

  private void startFollowUps(LiveRun run) {
    var started = new ArrayList<JobRun>();
    var order = run.order();
    for (var job : run.definition().then()) {
      var next =
          JobOrder.builder(order.worktree(), job)
              .trigger(order.trigger().followedBy(run.id(), order.job()))
              .environment(order.environment())
              .now(order.now().orElse(null))
              .build();
      try {
        started.add(submit(next, run.events().own()));
      } catch (GitVanException e) {
        run.events().warn(run, job + " is not started: " + e.problem());
      }
    }
    run.followedBy(started);
  }

  /** A run that was cancelled while it waited ends at once: there is nothing to be undone. */
  private void cancelled(LiveRun run) {
    if (queue.remove(run)) {
      finishUnstarted(run, Outcome.cancelled(run.order().job(), run.cancelReason()));
      active.remove(run.id());
      run.end();
    }
  }

  private void finishUnstarted(LiveRun run, Outcome outcome) {
    run.record(new Receipts(around).notStarted(run, outcome), false);
    updateStore(
        run,
        (store, ended) -> {
          store.update(ended);
          store.releaseKey(ended);
        });
    run.events().finished(run);
  }
}
