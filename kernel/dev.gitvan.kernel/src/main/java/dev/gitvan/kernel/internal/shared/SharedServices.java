package dev.gitvan.kernel.internal.shared;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.extension.ExtensionGoneException;
import dev.gitvan.extension.spi.SharedService;
import dev.gitvan.kernel.internal.Contribution;
import dev.gitvan.kernel.internal.Contributions;
import dev.gitvan.kernel.internal.Hold;
import dev.gitvan.kernel.internal.Offer;
import dev.gitvan.kernel.internal.Plugin;
import dev.gitvan.kernel.internal.swap.Kernel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The implementations of shared services, without the framework around them. Within an activity,
 * the implementation that was used first is used until the end, and other shared services of the
 * same bundle are taken from the same version. Safe for any thread.
 */
public final class SharedServices {
  private final Kernel kernel;
  private final Contributions<SharedService, SharedType> implementations;

  /**
   * @param listener called after every change
   */
  public SharedServices(Kernel kernel, Runnable listener) {
    this.kernel = kernel;
    this.implementations =
        new Contributions<>(kernel, "shared", SharedType::read, SharedType::type, listener);
  }

  public void add(Offer<SharedService> offer) {
    implementations.add(offer);
  }

  public void remove(Object key) {
    implementations.remove(key);
  }

  public void close() {
    implementations.close();
  }

  public List<Rejection> rejections() {
    return implementations.rejections();
  }

  /** Whether the kernel has stopped. */
  boolean isOver() {
    return kernel.activities().isOver();
  }

  /** Whether an implementation is being replaced in place. */
  boolean isReturning() {
    return implementations.isReturning();
  }

  /** Names of the interfaces that have an implementation in service. */
  Set<String> types() {
    return implementations.active().stream().map(Contribution::name).collect(Collectors.toSet());
  }

  /** The best implementation in service, whatever its state; null when there is none. */
  Contribution<SharedService, SharedType> best(String type) {
    return implementations.active().stream()
        .filter(c -> c.name().equals(type))
        .findFirst()
        .orElse(null);
  }

  /** What is done with an implementation. */
  @FunctionalInterface
  interface Use<R> {
    R with(Object service) throws Throwable;
  }

  /**
   * Uses the implementation that this thread is to use; waits while it is replaced in place.
   *
   * @throws GitVanException {@code SERVICE_MISSING} when there is none
   */
  <R> R use(String type, Use<R> use) throws Throwable {
    while (true) {
      var plugin = find(type);
      try (var hold = plugin.hold()) {
        if (hold == null) {
          continue;
        }
        SharedService service;
        try {
          service = plugin.service();
        } catch (ExtensionGoneException e) {
          if (plugin.isGone()) {
            continue;
          }
          throw missing(type, e);
        }
        return use.with(service);
      }
    }
  }

  private Plugin<SharedService> find(String type) {
    return implementations
        .findFor(kernel.activities().current(), type)
        .map(Contribution::plugin)
        .or(() -> usedBefore(type))
        .orElseThrow(() -> missing(type, null));
  }

  /**
   * What this thread's activity has used before, although it was removed by force since and nothing
   * has taken its place: it may well do until the end.
   */
  @SuppressWarnings("unchecked") // A contribution that is called as a shared service is one.
  private Optional<Plugin<SharedService>> usedBefore(String type) {
    var activity = kernel.activities().current();
    return activity == null
        ? Optional.empty()
        : activity.kept().stream()
            .filter(used -> used.isLost() && used instanceof Plugin<?> p && p.name().equals(type))
            .map(used -> (Plugin<SharedService>) used)
            .findFirst();
  }

  /**
   * The implementation for the activity of this thread, which keeps it.
   *
   * @throws GitVanException {@code SERVICE_MISSING} when there is none
   */
  Plugin<SharedService> keep(String type) {
    while (true) {
      var plugin = find(type);
      if (plugin.hold() == Hold.BY_ACTIVITY) {
        return plugin;
      }
    }
  }

  static GitVanException missing(String type, Throwable cause) {
    return GitVanException.of(
        Codes.SERVICE_MISSING,
        type,
        cause == null ? "no working bundle provides this service" : cause.getMessage(),
        "gitvan diag shows what is missing.");
  }
}
