package dev.gitvan.kernel.internal.hook;

import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.hook.HookEvent;
import dev.gitvan.hook.HookRegistry;
import dev.gitvan.hook.HookReport;
import dev.gitvan.hook.HookReport.Answer;
import dev.gitvan.hook.spi.Hook;
import dev.gitvan.kernel.internal.Contribution;
import dev.gitvan.kernel.internal.Contributions;
import dev.gitvan.kernel.internal.Hold;
import dev.gitvan.kernel.internal.Offer;
import dev.gitvan.kernel.internal.WorkerPool;
import dev.gitvan.kernel.internal.swap.Activities;
import dev.gitvan.kernel.internal.swap.Kernel;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.metrics.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The hook registry, without the framework around it. */
public final class Hooks implements HookRegistry, AutoCloseable {
  private final Contributions<Hook, HookPoint> contributions;
  private final Activities activities;
  private final Supplier<Metrics> metrics;
  private final WorkerPool pool;
  private final int threads;
  private final Duration grace;
  private volatile Map<String, List<Contribution<Hook, HookPoint>>> byPoint = Map.of();

  /**
   * @param threads hooks called at once, in all chains together
   * @param grace how long a hook may take to end once interrupted
   */
  public Hooks(Kernel kernel, Supplier<Metrics> metrics, int threads, Duration grace) {
    this.contributions =
        new Contributions<>(kernel, "hook", HookPoint::read, HookPoint::name, this::changed);
    this.activities = kernel.activities();
    this.metrics = metrics;
    this.threads = threads;
    this.grace = grace;
    this.pool = new WorkerPool("gitvan-hook", threads);
  }

  public void add(Offer<Hook> offer) {
    contributions.add(offer);
  }

  /** Forgets a hook; the threads that may have run it end after what they do now. */
  public void remove(Object key) {
    contributions.remove(key);
    pool.renew();
  }

  public List<Rejection> rejections() {
    return contributions.rejections();
  }

  @Override
  public HookReport fire(HookEvent event) {
    while (true) {
      var hooks = of(event.point());
      if (hooks.isEmpty()) {
        return new HookReport(event, List.of(), Duration.ZERO);
      }
      var holds = new ArrayList<Hold>(hooks.size());
      try {
        if (hold(hooks, holds)) {
          return call(event, hooks);
        }
      } finally {
        holds.forEach(Hold::close);
      }
      // One was replaced at this moment: what replaces it is in the next snapshot.
      Thread.onSpinWait();
    }
  }

  private List<Contribution<Hook, HookPoint>> of(String point) {
    return contributions.isSettled()
        ? byPoint.getOrDefault(point, List.of())
        : contributions.usable().stream()
            .filter(hook -> hook.description().points().contains(point))
            .toList();
  }

  private static boolean hold(List<Contribution<Hook, HookPoint>> hooks, List<Hold> holds) {
    for (var hook : hooks) {
      var hold = hook.plugin().hold();
      if (hold == null) {
        return false;
      }
      holds.add(hold);
    }
    return true;
  }

  private HookReport call(HookEvent event, List<Contribution<Hook, HookPoint>> hooks) {
    long start = System.nanoTime();
    var chain = new HookChain(event, hooks, activities, pool, threads, grace.toNanos());
    var answers = new ArrayList<Answer>(hooks.size());
    // Recorded here, not where the hooks ran: the caller may be muted.
    var calls = metrics.get().recorder(Operation.HOOK_CALL);
    for (var call : chain.run(this::quarantine)) {
      var answer = call.answer();
      calls.record(answer.duration().toNanos());
      answers.add(answer);
    }
    long nanos = System.nanoTime() - start;
    metrics.get().record(Operation.HOOK_CHAIN, nanos);
    return new HookReport(event, answers, Duration.ofNanos(nanos));
  }

  @Override
  public List<HookDescription> list(String point) {
    var list = new ArrayList<HookDescription>();
    for (var hook : contributions.active()) {
      for (var on : hook.description().points()) {
        if (point == null || point.equals(on)) {
          list.add(new HookDescription(hook.name(), on, hook.plugin().bundle(), hook.ranking()));
        }
      }
    }
    return list;
  }

  /** Ends the threads, within the grace of one hook. */
  @Override
  public void close() {
    contributions.close();
    pool.close(grace);
  }

  private void quarantine(Contribution<Hook, HookPoint> stuck) {
    contributions.quarantine(
        stuck::equals,
        "it did not end within "
            + grace.toMillis()
            + " ms of being interrupted, and is not called until its bundle is replaced");
  }

  /** Concurrent changes may publish in any order: each publishes what is there at that moment. */
  private synchronized void changed() {
    var points = new HashMap<String, List<Contribution<Hook, HookPoint>>>();
    for (var hook : contributions.active()) {
      for (var point : hook.description().points()) {
        points.computeIfAbsent(point, p -> new ArrayList<>()).add(hook);
      }
    }
    points.replaceAll((point, hooks) -> List.copyOf(hooks));
    byPoint = points;
  }
}
