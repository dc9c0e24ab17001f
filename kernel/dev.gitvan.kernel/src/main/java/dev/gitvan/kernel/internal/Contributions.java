package dev.gitvan.kernel.internal;

import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Rejection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The contributions of one registry: a snapshot, replaced whole at every change and read without a
 * lock, ordered by {@code service.ranking}, highest first, then by lowest service id.
 *
 * <p>Where bundles of one symbolic name contribute the same name, the newest bundle version shadows
 * the others, whatever their rankings (then the highest bundle id): that is how a bundle is swapped
 * side by side. Shadowing goes by name, so that what the new version has not registered yet is
 * still the old one's and no call finds nothing.
 *
 * <p>Neither adding nor removing throws. What is not taken is kept with a reason code. Listeners
 * are told after the lock is released, and plugins are never called under it.
 *
 * @param <S> the services' type
 * @param <D> what their properties say
 */
public final class Contributions<S, D> {
  /** An older version of a bundle offers the same. */
  public static final String SHADOWED = "SHADOWED";

  /** It did not end when it had to, and is not called any more. */
  public static final String QUARANTINED = "QUARANTINED";

  private static final Comparator<Contribution<?, ?>> ORDER =
      Comparator.<Contribution<?, ?>>comparingInt(c -> c.offer().ranking())
          .reversed()
          .thenComparingLong(c -> c.offer().serviceId());

  /** Reads what a contribution's properties say. */
  @FunctionalInterface
  public interface Reader<S, D> {
    D read(Offer<S> offer) throws RejectedException;
  }

  /** Names a contribution. */
  @FunctionalInterface
  public interface Naming<S, D> {
    String name(Offer<S> offer, D description);
  }

  private static final class Entry<S, D> {
    final Contribution<S, D> contribution;
    Rejection rejection;

    Entry(Contribution<S, D> contribution, Rejection rejection) {
      this.contribution = contribution;
      this.rejection = rejection;
    }
  }

  private record Snapshot<S, D>(List<Contribution<S, D>> active, List<Rejection> rejections) {}

  private final String registry;
  private final Reader<S, D> reader;
  private final Naming<S, D> naming;
  private final Runnable listener;
  private final Object lock = new Object();
  private final Map<Object, Entry<S, D>> entries = new LinkedHashMap<>();
  private volatile Snapshot<S, D> snapshot = new Snapshot<>(List.of(), List.of());

  /**
   * @param registry how rejections name the registry
   * @param listener told after every change, outside the lock
   */
  public Contributions(
      String registry, Reader<S, D> reader, Naming<S, D> naming, Runnable listener) {
    this.registry = registry;
    this.reader = reader;
    this.naming = naming;
    this.listener = listener;
  }

  /** Takes an offer, or keeps why not. An offer of the same key is replaced. */
  public void add(Offer<S> offer) {
    var entry = examine(offer);
    Entry<S, D> replaced;
    synchronized (lock) {
      replaced = entries.put(offer.key(), entry);
      publish();
    }
    listener.run();
    withdraw(replaced);
  }

  /** Forgets an offer. Calls in flight end on the service that they began with. */
  public void remove(Object key) {
    Entry<S, D> removed;
    synchronized (lock) {
      removed = entries.remove(key);
      publish();
    }
    listener.run();
    withdraw(removed);
  }

  /** What is to be called, in order. */
  public List<Contribution<S, D>> active() {
    return snapshot.active();
  }

  /** What is not, and why. */
  public List<Rejection> rejections() {
    return snapshot.rejections();
  }

  /** Whether a contribution is to be called now. */
  public boolean isActive(Contribution<S, D> contribution) {
    return snapshot.active().contains(contribution);
  }

  /** Takes contributions out until they are offered anew. */
  public void quarantine(Predicate<Contribution<S, D>> which, String reason) {
    synchronized (lock) {
      for (var entry : entries.values()) {
        if (entry.contribution != null
            && entry.rejection == null
            && which.test(entry.contribution)) {
          entry.rejection =
              rejection(entry.contribution.offer(), entry.contribution.name(), QUARANTINED, reason);
        }
      }
      publish();
    }
    listener.run();
  }

  private Entry<S, D> examine(Offer<S> offer) {
    try {
      var description = reader.read(offer);
      var plugin = new Plugin<>(offer, naming.name(offer, description));
      return new Entry<>(new Contribution<>(offer, description, plugin), null);
    } catch (RejectedException e) {
      return new Entry<>(null, rejection(offer, label(offer), e.code(), e.getMessage()));
    } catch (GitVanException e) {
      return new Entry<>(null, rejection(offer, label(offer), e.code(), e.problem().what()));
    } catch (RuntimeException e) {
      return new Entry<>(null, rejection(offer, label(offer), "INVALID", e.toString()));
    }
  }

  private Rejection rejection(Offer<S> offer, String name, String code, String reason) {
    return new Rejection(registry, name, offer.bundle(), code, reason);
  }

  private static String label(Offer<?> offer) {
    var component = offer.properties().get("component.name");
    return component == null ? "service " + offer.serviceId() : component.toString();
  }

  private static void withdraw(Entry<?, ?> entry) {
    if (entry != null && entry.contribution != null) {
      entry.contribution.plugin().release();
    }
  }

  private void publish() {
    var newest = new LinkedHashMap<List<String>, Offer<S>>();
    for (var entry : entries.values()) {
      if (entry.rejection == null) {
        newest.merge(identity(entry.contribution), entry.contribution.offer(), this::newer);
      }
    }
    var active = new ArrayList<Contribution<S, D>>();
    var rejections = new ArrayList<Rejection>();
    for (var entry : entries.values()) {
      if (entry.rejection != null) {
        rejections.add(entry.rejection);
        continue;
      }
      var offer = entry.contribution.offer();
      var best = newest.get(identity(entry.contribution));
      if (offer.bundleId() == best.bundleId()) {
        active.add(entry.contribution);
      } else {
        rejections.add(
            rejection(
                offer,
                entry.contribution.name(),
                SHADOWED,
                best.bundle() + " contributes it in a newer version"));
      }
    }
    active.sort(ORDER);
    snapshot = new Snapshot<>(List.copyOf(active), List.copyOf(rejections));
  }

  private List<String> identity(Contribution<S, D> contribution) {
    return List.of(contribution.offer().symbolicName(), contribution.name());
  }

  private Offer<S> newer(Offer<S> one, Offer<S> other) {
    int order = one.version().compareTo(other.version());
    if (order == 0) {
      order = Long.compare(one.bundleId(), other.bundleId());
    }
    return order >= 0 ? one : other;
  }
}
