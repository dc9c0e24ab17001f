package dev.gitvan.kernel.internal.cache;

import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.kernel.internal.Contribution;
import dev.gitvan.kernel.internal.WorkerPool;
import dev.gitvan.metrics.Metrics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * What all caches have in common.
 *
 * @param tiers the tiers that are there, best first
 * @param failures receives the reason why a tier could not be opened, by cache; null when it could
 * @param settings what the configuration says
 * @param memory reports when memory is short
 * @param waiting which thread waits for which load
 * @param writer the one thread that writes behind
 * @param room how many more values may wait for it
 */
record Shared(
    Supplier<List<Contribution<CacheTier, TierLevel>>> tiers,
    Failures failures,
    Supplier<Metrics> metrics,
    ConfiguredSettings settings,
    MemoryWatch memory,
    Map<Thread, Load<?>> waiting,
    WorkerPool writer,
    AtomicInteger room) {
  /** Receives tiers that cannot be opened. */
  @FunctionalInterface
  interface Failures {
    void failed(String cache, Contribution<CacheTier, TierLevel> tier, Throwable why);
  }
}
