package dev.gitvan.kernel.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.extension.InvalidExtensionException;
import dev.gitvan.extension.Selection;
import dev.gitvan.kernel.internal.swap.Activity;
import dev.gitvan.kernel.internal.swap.Kernel;
import dev.gitvan.kernel.internal.swap.Swappable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The contributions of one registry: a snapshot, replaced whole at every change and read without a
 * lock. The one rule of precedence, for whatever is contributed:
 *
 * <ol>
 *   <li>Where bundles of one symbolic name contribute the same name, only the newest version does,
 *       whatever the rankings (then the highest bundle id). So a bundle is replaced by a newer one
 *       next to it, name by name: what the new version has not registered yet is still the old
 *       one's.
 *   <li>Names are owned. What GitVan's own bundles contribute comes before what plugins contribute,
 *       and a plugin's contribution of the same name is rejected, unless the user's configuration
 *       allows it by name: then GitVan's is rejected.
 *   <li>Of what remains the highest {@code service.ranking} comes first.
 *   <li>Of equal ranking the bundle that was installed first comes first, also when it has been
 *       replaced by a newer version since; then the lowest service id.
 * </ol>
 *
 * <p>Neither adding nor removing throws. What is not accepted is kept with a reason code. Listeners
 * are called after the lock is released, and plugins are never called under it.
 *
 * @param <S> the services' type
 * @param <D> what their properties say
 */
public final class Contributions<S, D> implements Swappable {
  /** An older version of a bundle offers the same. */
  public static final String SHADOWED = "SHADOWED";

  /** It did not end when it had to, and is not called any more. */
  public static final String QUARANTINED = "QUARANTINED";

  /** It has a name of one of GitVan's own. */
  public static final String NAME_OWNED = "NAME_OWNED";

  /** Its bundle is being replaced or stopped. */
  public static final String WITHDRAWN = "WITHDRAWN";

  /** Reads what a contribution's properties say. */
  @FunctionalInterface
  public interface Reader<S, D> {
    D read(Offer<S> offer) throws InvalidExtensionException;
  }

  private static final class Entry<S, D> {
    final Offer<S> offer;
    final Contribution<S, D> contribution;
    Rejection rejection;

    Entry(Offer<S> offer, Contribution<S, D> contribution, Rejection rejection) {
      this.offer = offer;
      this.contribution = contribution;
      this.rejection = rejection;
    }

    boolean isUnread() {
      return contribution == null && rejection.code().equals(Codes.SERVICE_MISSING.name());
    }

    boolean isWithdrawn() {
      return contribution != null && contribution.plugin().isWithdrawn();
    }
  }

  /**
   * @param withdrawn those that only activities which began before may use
   * @param older those of bundles with a newer version, and the withdrawn ones
   */
  private record Snapshot<S, D>(
      List<Contribution<S, D>> active,
      List<Contribution<S, D>> withdrawn,
      List<Contribution<S, D>> older,
      List<Rejection> rejections) {}

  /** Selections that are remembered; a process serves few that differ. */
  private static final int MAX_SELECTED = 64;

  private final String registry;
  private final Reader<S, D> reader;
  private final Function<D, String> naming;
  private final Function<D, String> owning;
  private final Runnable listener;
  private final Kernel kernel;
  private final Object lock = new Object();
  private final Map<Object, Entry<S, D>> entries = new LinkedHashMap<>();

  /** The first bundle id that each symbolic name has had here. */
  private final Map<String, Long> seniority = new ConcurrentHashMap<>();

  /** What GitVan's bundles have contributed here, with the bundle: it stays theirs. */
  private final Map<String, String> owned = new HashMap<>();

  /** Whether a plugin contributes something that GitVan owns. */
  private volatile boolean contested;

  /** What the user allowed to be replaced when that was last asked. */
  private Map<String, String> allowed = Map.of();

  /** What selections other than {@link Selection#ALL} select of the present snapshot. */
  private final Map<Selection, Snapshot<S, D>> selected = new ConcurrentHashMap<>();

  /** Bundles that are being replaced in place and contributed here. */
  private volatile List<Long> returning = List.of();

  /** Whether offers could not be read because a shared service was missing. */
  private volatile boolean unread;

  private volatile Snapshot<S, D> snapshot =
      new Snapshot<>(List.of(), List.of(), List.of(), List.of());

  /**
   * @param registry how rejections name the registry
   * @param listener called after every change, outside the lock
   */
  public Contributions(
      Kernel kernel,
      String registry,
      Reader<S, D> reader,
      Function<D, String> naming,
      Runnable listener) {
    this(kernel, registry, reader, naming, naming, listener);
  }

  /**
   * @param registry how rejections and the user's configuration name the registry
   * @param owning what a contribution of GitVan's owns, if that is not its name
   * @param listener called after every change, outside the lock
   */
  public Contributions(
      Kernel kernel,
      String registry,
      Reader<S, D> reader,
      Function<D, String> naming,
      Function<D, String> owning,
      Runnable listener) {
    this.kernel = kernel;
    this.registry = registry;
    this.reader = reader;
    this.naming = naming;
    this.owning = owning;
    this.listener = listener;
    kernel.add(this);
  }

  /** Accepts an offer, or keeps why not. An offer of the same key is replaced. */
  public void add(Offer<S> offer) {
    var entry = examine(offer);
    Entry<S, D> replaced;
    synchronized (lock) {
      seniority.merge(offer.symbolicName(), offer.bundleId(), Math::min);
      replaced = entries.put(offer.key(), entry);
      publish();
    }
    listener.run();
    release(replaced);
  }

  /** Forgets an offer. Calls in flight end on the service that they began with. */
  public void remove(Object key) {
    Entry<S, D> removed;
    synchronized (lock) {
      removed = entries.remove(key);
      publish();
    }
    listener.run();
    release(removed);
  }

  /** Forgets everything. */
  public void close() {
    kernel.remove(this);
    List<Object> keys;
    synchronized (lock) {
      keys = List.copyOf(entries.keySet());
    }
    keys.forEach(this::remove);
  }

  /**
   * The contributions in service, in order of precedence. The same list until something changes.
   */
  public List<Contribution<S, D>> active() {
    return snapshot.active();
  }

  /**
   * The contributions that this thread may use: those in service and, for an activity that began
   * before a withdrawal, what was withdrawn and is not contributed otherwise. Waits while a bundle
   * that contributes here is being replaced in place.
   */
  public List<Contribution<S, D>> usable() {
    return usable(Selection.ALL);
  }

  /** As {@link #usable()}, of the plugins and versions that a worktree selects. */
  public List<Contribution<S, D>> usable(Selection selection) {
    readAgain();
    askWhatMayBeReplaced();
    while (true) {
      var now = selected(selection);
      var awaited = returning;
      if (now.withdrawn().isEmpty() && awaited.isEmpty()) {
        return now.active();
      }
      var usable = withWithdrawn(now);
      var absent = new ArrayList<>(awaited);
      usable.forEach(contribution -> absent.remove(contribution.bundleId()));
      if (absent.isEmpty() || !kernel.mayWait()) {
        return usable;
      }
      kernel.awaitSwap(() -> returning == awaited);
    }
  }

  private Snapshot<S, D> selected(Selection selection) {
    if (selection.equals(Selection.ALL)) {
      return snapshot;
    }
    var known = selected.get(selection);
    if (known != null) {
      return known;
    }
    synchronized (lock) {
      if (selected.size() >= MAX_SELECTED) {
        selected.clear();
      }
      return selected.computeIfAbsent(selection, this::arrange);
    }
  }

  /** Asks the user's configuration, which may have changed, where somebody contests a name. */
  private void askWhatMayBeReplaced() {
    if (!contested) {
      return;
    }
    var now = kernel.replacements();
    synchronized (lock) {
      if (now.equals(allowed)) {
        return;
      }
      allowed = now;
      publish();
    }
    listener.run();
  }

  private List<Contribution<S, D>> withWithdrawn(Snapshot<S, D> now) {
    var usable = new ArrayList<>(now.active());
    for (var old : now.withdrawn()) {
      var identity = identity(old);
      if (old.plugin().isUsableHere()
          && now.active().stream().noneMatch(other -> identity(other).equals(identity))) {
        usable.add(old);
      }
    }
    usable.sort(precedence());
    return usable;
  }

  /** The contribution that owns a name for this thread; waits as {@link #usable} does. */
  public Optional<Contribution<S, D>> find(String name) {
    return find(Selection.ALL, name);
  }

  /** As {@link #find(String)}, of the plugins and versions that a worktree selects. */
  public Optional<Contribution<S, D>> find(Selection selection, String name) {
    for (var contribution : usable(selection)) {
      if (contribution.name().equals(name)) {
        return Optional.of(contribution);
      }
    }
    return Optional.empty();
  }

  /**
   * As {@link #find}; but an activity that has used an older version of the bundle goes on with
   * that one, so that it does not mix versions.
   */
  public Optional<Contribution<S, D>> findFor(Activity activity, String name) {
    if (activity != null) {
      for (var old : snapshot.older()) {
        if (old.name().equals(name)
            && activity.uses(old.bundleId())
            && old.plugin().isUsableHere()) {
          return Optional.of(old);
        }
      }
    }
    return find(name);
  }

  /** Whether no swap concerns this registry: then {@link #active} is what everybody may use. */
  public boolean isSettled() {
    return snapshot.withdrawn().isEmpty() && returning.isEmpty();
  }

  /** Whether a bundle that contributes here is being replaced in place. */
  public boolean isReturning() {
    return !returning.isEmpty();
  }

  /** What is not in service, and why. */
  public List<Rejection> rejections() {
    readAgain();
    askWhatMayBeReplaced();
    return snapshot.rejections();
  }

  /** The activity of this thread; null when there is none. */
  Activity activity() {
    return kernel.activities().current();
  }

  /** Whether a contribution is in service. */
  public boolean isActive(Contribution<S, D> contribution) {
    return snapshot.active().contains(contribution)
        || selected.values().stream().anyMatch(each -> each.active().contains(contribution));
  }

  /** Takes contributions out until they are offered again. */
  public void quarantine(Predicate<Contribution<S, D>> which, String reason) {
    synchronized (lock) {
      for (var entry : entries.values()) {
        if (entry.contribution != null
            && entry.rejection == null
            && which.test(entry.contribution)) {
          entry.rejection = rejection(entry.offer, entry.contribution.name(), QUARANTINED, reason);
        }
      }
      publish();
    }
    listener.run();
  }

  @Override
  public void withdraw(long bundleId, long number, boolean returns) {
    synchronized (lock) {
      boolean any = active().stream().anyMatch(c -> c.bundleId() == bundleId);
      for (var entry : entries.values()) {
        if (entry.contribution != null && entry.offer.bundleId() == bundleId) {
          entry.contribution.plugin().withdraw(number);
        }
      }
      if (any && returns) {
        var more = new ArrayList<>(returning);
        more.add(bundleId);
        returning = List.copyOf(more);
      }
      publish();
    }
    listener.run();
  }

  @Override
  public boolean isIdle(long bundleId) {
    return of(bundleId).stream().allMatch(Plugin::isIdle);
  }

  @Override
  public boolean retire(long bundleId) {
    return of(bundleId).stream().allMatch(Plugin::retire);
  }

  @Override
  public void revive(long bundleId) {
    of(bundleId).forEach(Plugin::revive);
  }

  private List<Plugin<S>> of(long bundleId) {
    synchronized (lock) {
      return entries.values().stream()
          .filter(entry -> entry.contribution != null && entry.offer.bundleId() == bundleId)
          .map(entry -> entry.contribution.plugin())
          .toList();
    }
  }

  @Override
  public void settle(long bundleId) {
    synchronized (lock) {
      for (var entry : entries.values()) {
        if (entry.contribution != null && entry.offer.bundleId() == bundleId) {
          entry.contribution.plugin().restore();
        }
      }
      returning = returning.stream().filter(id -> id != bundleId).toList();
      publish();
    }
    listener.run();
  }

  /** Reads what could not be read because a shared service was missing, as while starting. */
  private void readAgain() {
    if (!unread) {
      return;
    }
    List<Offer<S>> offers;
    synchronized (lock) {
      unread = false;
      offers = entries.values().stream().filter(Entry::isUnread).map(entry -> entry.offer).toList();
    }
    for (var offer : offers) {
      var entry = examine(offer);
      synchronized (lock) {
        entries.computeIfPresent(
            offer.key(), (key, present) -> present.offer == offer ? entry : present);
        publish();
      }
    }
    listener.run();
  }

  private Entry<S, D> examine(Offer<S> offer) {
    try {
      var description = reader.read(offer);
      var plugin = new Plugin<>(offer, naming.apply(description), kernel.activities());
      return new Entry<>(offer, new Contribution<>(this, offer, description, plugin), null);
    } catch (InvalidExtensionException e) {
      return new Entry<>(offer, null, rejection(offer, label(offer), e.code(), e.getMessage()));
    } catch (GitVanException e) {
      if (e.code().equals(Codes.SERVICE_MISSING)) {
        unread = true;
      }
      var reason = e.problem().what();
      return new Entry<>(offer, null, rejection(offer, label(offer), e.code().name(), reason));
    } catch (RuntimeException e) {
      return new Entry<>(offer, null, rejection(offer, label(offer), "INVALID", e.toString()));
    }
  }

  private Rejection rejection(Offer<S> offer, String name, String code, String reason) {
    return new Rejection(registry, name, offer.bundle(), code, reason);
  }

  private static String label(Offer<?> offer) {
    var component = offer.properties().get("component.name");
    return component == null ? "service " + offer.serviceId() : component.toString();
  }

  private static void release(Entry<?, ?> entry) {
    if (entry != null && entry.contribution != null) {
      entry.contribution.plugin().remove();
    }
  }

  private void publish() {
    contested = false;
    snapshot = arrange(Selection.ALL);
    selected.replaceAll((selection, before) -> arrange(selection));
  }

  /** What is in service for a selection, and why the rest is not. Called under the lock. */
  private Snapshot<S, D> arrange(Selection selection) {
    var newest = new LinkedHashMap<List<String>, Offer<S>>();
    for (var entry : entries.values()) {
      if (entry.rejection == null && !entry.isWithdrawn() && isSelected(selection, entry.offer)) {
        newest.merge(identity(entry.contribution), entry.offer, Contributions::newer);
      }
    }
    var active = new ArrayList<Contribution<S, D>>();
    var withdrawn = new ArrayList<Contribution<S, D>>();
    var older = new ArrayList<Contribution<S, D>>();
    var rejections = new ArrayList<Rejection>();
    for (var entry : entries.values()) {
      if (entry.rejection != null) {
        rejections.add(entry.rejection);
        continue;
      }
      var contribution = entry.contribution;
      if (entry.isWithdrawn()) {
        withdrawn.add(contribution);
        older.add(contribution);
        rejections.add(
            rejection(contribution, WITHDRAWN, "its bundle is being replaced or stopped"));
        continue;
      }
      if (!isSelected(selection, entry.offer)) {
        continue;
      }
      var best = newest.get(identity(contribution));
      if (entry.offer.bundleId() == best.bundleId()) {
        active.add(contribution);
      } else {
        older.add(contribution);
        rejections.add(
            rejection(
                contribution, SHADOWED, best.bundle() + " contributes it in a newer version"));
      }
    }
    settleOwners(active, rejections);
    active.sort(precedence());
    withdrawn.sort(precedence());
    return new Snapshot<>(
        List.copyOf(active), List.copyOf(withdrawn), List.copyOf(older), List.copyOf(rejections));
  }

  private static boolean isSelected(Selection selection, Offer<?> offer) {
    return offer.isBuiltIn() || selection.includes(offer.symbolicName(), offer.version());
  }

  /** Removes plugins' contributions of what GitVan owns, or GitVan's where the user allows it. */
  private void settleOwners(List<Contribution<S, D>> active, List<Rejection> rejections) {
    for (var contribution : active) {
      if (contribution.isBuiltIn()) {
        owned.put(owned(contribution), contribution.bundle());
      }
    }
    var replacing = new HashMap<String, String>();
    boolean contest = false;
    for (var contribution : active) {
      var name = owned(contribution);
      if (!contribution.isBuiltIn() && owned.containsKey(name)) {
        contest = true;
        if (contribution.offer().symbolicName().equals(allowed.get(name))) {
          replacing.put(name, contribution.bundle());
        }
      }
    }
    if (!contest) {
      return;
    }
    contested = true;
    active.removeIf(
        contribution -> {
          var name = owned(contribution);
          var owner = owned.get(name);
          var replacement = replacing.get(name);
          if (owner == null || contribution.bundle().equals(replacement)) {
            return false;
          }
          if (!contribution.isBuiltIn()) {
            rejections.add(
                rejection(
                    contribution,
                    NAME_OWNED,
                    owner
                        + " owns it; to allow it, write bundles: { replace: { \""
                        + name
                        + "\": "
                        + contribution.offer().symbolicName()
                        + " } } in your own gitvan.yaml"));
            return true;
          }
          if (replacement != null) {
            rejections.add(
                rejection(
                    contribution,
                    Rejection.REPLACED,
                    replacement + " replaces it, as your own gitvan.yaml allows"));
            return true;
          }
          return false;
        });
  }

  /** What a contribution owns, as {@code bundles.replace} names it. */
  private String owned(Contribution<S, D> contribution) {
    return registry + ":" + owning.apply(contribution.description());
  }

  private Rejection rejection(Contribution<S, D> contribution, String code, String reason) {
    return rejection(contribution.offer(), contribution.name(), code, reason);
  }

  private Comparator<Contribution<S, D>> precedence() {
    return Comparator.<Contribution<S, D>>comparingInt(c -> c.isBuiltIn() ? 0 : 1)
        .thenComparingInt(c -> -c.ranking())
        .thenComparingLong(c -> seniority.get(c.offer().symbolicName()))
        .thenComparing(c -> c.offer().symbolicName())
        .thenComparingLong(Contribution::serviceId);
  }

  private List<String> identity(Contribution<S, D> contribution) {
    return List.of(contribution.offer().symbolicName(), contribution.name());
  }

  private static <S> Offer<S> newer(Offer<S> one, Offer<S> other) {
    int order = one.version().compareTo(other.version());
    if (order == 0) {
      order = Long.compare(one.bundleId(), other.bundleId());
    }
    return order >= 0 ? one : other;
  }
}
