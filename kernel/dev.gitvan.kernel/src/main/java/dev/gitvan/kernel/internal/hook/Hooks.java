package dev.gitvan.kernel.internal.hook;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Nearest;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.extension.Selection;
import dev.gitvan.hook.HookDefinition;
import dev.gitvan.hook.HookEvent;
import dev.gitvan.hook.HookListing;
import dev.gitvan.hook.HookOutcome;
import dev.gitvan.hook.HookPoint;
import dev.gitvan.hook.HookRegistry;
import dev.gitvan.hook.HookReport;
import dev.gitvan.hook.HookReport.Answer;
import dev.gitvan.hook.spi.Hook;
import dev.gitvan.hook.spi.HookPointProvider;
import dev.gitvan.hook.spi.HookSource;
import dev.gitvan.kernel.internal.Contribution;
import dev.gitvan.kernel.internal.Contributions;
import dev.gitvan.kernel.internal.Hold;
import dev.gitvan.kernel.internal.Offer;
import dev.gitvan.kernel.internal.swap.Kernel;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.metrics.Operation;
import dev.gitvan.repository.WorktreeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The hook registry, without the framework around it. */
public final class Hooks implements HookRegistry, AutoCloseable {
  private final Contributions<Hook, HookDefinition> bundles;
  private final SourceCatalog sources;
  private final PointCatalog points;
  private final Kernel kernel;
  private final ChainRunner runner;
  private final Supplier<Metrics> metrics;

  private volatile Map<String, List<Contribution<Hook, HookDefinition>>> byPoint = Map.of();

  /**
   * @param threads hooks called at once, in all chains together
   * @param grace how long a hook may take to end once interrupted
   */
  public Hooks(Kernel kernel, Supplier<Metrics> metrics, int threads, Duration grace) {
    this.kernel = kernel;
    this.runner = new ChainRunner(kernel.activities(), threads, grace);
    this.points = new PointCatalog(kernel, runner);
    this.bundles =
        new Contributions<>(
            kernel, "hook", HookProperties::read, HookDefinition::name, this::changed);
    this.sources = new SourceCatalog(kernel, runner);
    this.metrics = metrics;
  }

  public void add(Offer<Hook> offer) {
    bundles.add(offer);
  }

  /** Forgets a hook; the threads that may have run it end after what they do now. */
  public void remove(Object key) {
    bundles.remove(key);
    runner.renew();
  }

  public void addSource(Offer<HookSource> offer) {
    sources.sources().add(offer);
  }

  /** Forgets a source; see {@link #remove}. */
  public void removeSource(Object key) {
    sources.sources().remove(key);
    runner.renew();
  }

  public void addPoint(Offer<HookPointProvider> offer) {
    points.providers().add(offer);
  }

  /** Forgets a point; see {@link #remove}. */
  public void removePoint(Object key) {
    points.providers().remove(key);
    runner.renew();
  }

  public List<Rejection> rejections() {
    var all = new ArrayList<>(points.rejections());
    all.addAll(sources.rejections());
    all.addAll(bundles.rejections());
    var names = points.names();
    for (var hook : bundles.active()) {
      for (var point : hook.description().points()) {
        if (!names.contains(point)) {
          all.add(
              new Rejection(
                  "hook",
                  hook.name(),
                  hook.bundle(),
                  "POINT_UNKNOWN",
                  PointCatalog.unknown(point, names)));
        }
      }
    }
    return all;
  }

  @Override
  public List<HookPoint> points() {
    return points.all();
  }

  @Override
  public HookReport fire(HookEvent event) {
    var point = points.find(event.point()).orElseThrow(() -> unknown(event.point()).toException());
    var mismatches = point.mismatches(event.data());
    if (!mismatches.isEmpty()) {
      throw new IllegalArgumentException(
          "event of " + point.name() + ": " + String.join("; ", mismatches));
    }
    Selection selection;
    try {
      selection = selection(event.worktree());
    } catch (GitVanException e) {
      return unknownHooks(point, event, e.problem());
    }
    while (true) {
      var hooks = at(point.name(), selection);
      var asked = sources.sources().usable(selection);
      if (hooks.isEmpty() && asked.isEmpty()) {
        return new HookReport(point, event, sources.quarantined(), Duration.ZERO);
      }
      var holds = new ArrayList<Hold>(hooks.size() + asked.size());
      try {
        if (hold(hooks, holds) && hold(asked, holds)) {
          return call(point, event, hooks, asked);
        }
      } finally {
        holds.forEach(Hold::close);
      }
      // One was replaced at this moment: what replaces it is in the next snapshot.
      Thread.onSpinWait();
    }
  }

  private Problem unknown(String point) {
    return new Problem(
        Codes.HOOK_NOT_FOUND,
        point,
        "there is no such hook point",
        Nearest.sentence(point, points.names(), "Install the bundle that contributes it."));
  }

  /** Without a configuration nobody knows which hooks act here: a gate stays closed. */
  private static HookReport unknownHooks(HookPoint point, HookEvent event, Problem problem) {
    var failed = new HookOutcome.Failed(problem);
    var answer = new Answer("configuration", problem.place(), failed, Duration.ZERO);
    return new HookReport(point, event, List.of(answer), Duration.ZERO);
  }

  /** Without contributions nobody reads the configuration for them. */
  private Selection selection(WorktreeId worktree) {
    return bundles.usable().isEmpty() && sources.sources().usable().isEmpty()
        ? Selection.ALL
        : kernel.selection(worktree);
  }

  private List<Contribution<Hook, HookDefinition>> at(String point, Selection selection) {
    return bundles.isSettled() && selection.equals(Selection.ALL)
        ? byPoint.getOrDefault(point, List.of())
        : bundles.usable(selection).stream()
            .filter(hook -> hook.description().points().contains(point))
            .toList();
  }

  private static boolean hold(List<? extends Contribution<?, ?>> contributions, List<Hold> holds) {
    for (var contribution : contributions) {
      var hold = contribution.plugin().hold();
      if (hold == null) {
        return false;
      }
      holds.add(hold);
    }
    return true;
  }

  private HookReport call(
      HookPoint point,
      HookEvent event,
      List<Contribution<Hook, HookDefinition>> hooks,
      List<Contribution<HookSource, String>> asked) {
    long start = System.nanoTime();
    long deadline = start + event.limit().toNanos();
    var answers = new ArrayList<Answer>(sources.quarantined());
    var members = new ArrayList<ChainMember>();
    for (var reply : sources.ask(asked, event.worktree(), deadline, event.limit())) {
      if (reply.failure() != null) {
        answers.add(reply.failure());
      }
      for (var found : reply.hooks()) {
        if (found.definition().points().contains(point.name())) {
          members.add(sources.member(reply.source(), found, event));
        }
      }
    }
    hooks.forEach(hook -> members.add(new BundleHook(bundles, hook, event)));
    boolean gate = point.gate().isClosable(event.data());
    // Recorded here, not where the hooks ran: the caller may be muted.
    var calls = metrics.get().recorder(Operation.HOOK_CALL);
    if (!members.isEmpty()) {
      var plan = ChainPlan.of(members);
      for (var call : runner.run(usable(members, plan), plan, gate, deadline, event.limit())) {
        var answer = call.answer();
        calls.record(answer.duration().toNanos());
        answers.add(answer);
      }
    }
    long nanos = System.nanoTime() - start;
    if (!answers.isEmpty()) {
      metrics.get().record(Operation.HOOK_CHAIN, nanos);
    }
    return new HookReport(point, event, answers, Duration.ofNanos(nanos));
  }

  /** The members; those whose order contradicts itself fail. */
  private static List<ChainMember> usable(List<ChainMember> members, ChainPlan plan) {
    var usable = new ArrayList<>(members);
    for (int i = 0; i < usable.size(); i++) {
      if (!plan.cycle(i).isEmpty()) {
        var definition = members.get(i).definition();
        usable.set(i, new UnusableHook(definition, cyclic(definition, plan.cycle(i))));
      }
    }
    return usable;
  }

  private static Problem cyclic(HookDefinition hook, String cycle) {
    return new Problem(
        Codes.HOOK_CYCLE,
        "hook " + hook.name(),
        "no order can satisfy " + cycle,
        "Remove one of them from before or after.");
  }

  @Override
  public List<HookListing> list(WorktreeId worktree, String point) {
    var listed = new ArrayList<HookListing>();
    var found = new ArrayList<Listed>();
    var limit = HookEvent.DEFAULT_LIMIT;
    sources.quarantined().forEach(answer -> listed.add(failed(answer)));
    var selection = selection(worktree);
    var asked = sources.sources().usable(selection);
    for (var reply : sources.ask(asked, worktree, System.nanoTime() + limit.toNanos(), limit)) {
      if (reply.failure() != null) {
        listed.add(failed(reply.failure()));
      }
      reply
          .hooks()
          .forEach(hook -> found.add(new Listed(hook.definition(), sources.problems(hook))));
    }
    bundles.usable(selection).forEach(hook -> found.add(new Listed(hook.description(), List.of())));
    var chains = new TreeMap<String, List<Listed>>();
    for (var hook : found) {
      for (var on : hook.definition().points()) {
        if (point == null || point.equals(on)) {
          chains.computeIfAbsent(on, p -> new ArrayList<>()).add(hook);
        }
      }
    }
    chains.forEach((on, hooks) -> listed.addAll(listings(on, hooks)));
    return listed;
  }

  private record Listed(HookDefinition definition, List<Problem> problems) {}

  private List<HookListing> listings(String point, List<Listed> hooks) {
    var plan = ChainPlan.ofDefinitions(hooks.stream().map(Listed::definition).toList());
    var listings = new ArrayList<HookListing>();
    boolean known = points.find(point).isPresent();
    for (int index : plan.order()) {
      var definition = hooks.get(index).definition();
      var problems = new ArrayList<>(hooks.get(index).problems());
      if (!known) {
        problems.add(unknown(point));
      }
      if (!plan.cycle(index).isEmpty()) {
        problems.add(cyclic(definition, plan.cycle(index)));
      }
      listings.add(new HookListing(definition.name(), point, definition.origin(), problems));
    }
    return listings;
  }

  private static HookListing failed(Answer source) {
    var problem =
        source.outcome() instanceof HookOutcome.Failed failed
            ? failed.problem()
            : GitVanException.of(
                    Codes.TIMEOUT, "hook source " + source.hook(), "it did not return in time", "")
                .problem();
    return new HookListing(source.hook(), "", source.origin(), List.of(problem));
  }

  /** Ends the threads, within the grace of one hook. */
  @Override
  public void close() {
    bundles.close();
    sources.sources().close();
    points.providers().close();
    runner.close();
  }

  /** Concurrent changes may publish in any order: each publishes what is there at that moment. */
  private synchronized void changed() {
    var changed = new HashMap<String, List<Contribution<Hook, HookDefinition>>>();
    for (var hook : bundles.active()) {
      for (var point : hook.description().points()) {
        changed.computeIfAbsent(point, p -> new ArrayList<>()).add(hook);
      }
    }
    changed.replaceAll((point, hooks) -> List.copyOf(hooks));
    byPoint = changed;
  }
}
