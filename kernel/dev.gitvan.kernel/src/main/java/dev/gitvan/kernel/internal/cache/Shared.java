package dev.gitvan.kernel.internal.cache;

import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.kernel.internal.Contribution;
import dev.gitvan.kernel.internal.WorkerPool;
import dev.gitvan.metrics.Metrics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What all caches have in common.
 *
 * @param tiers the tiers that are there, best first
 * @param failures receives the reason why a tier is not used, by cache; null when there is none
 * @param calls how a tier is called that does not guarantee that it ends
 * @param settings what the configuration says
 * @param memory reports when memory is short
 * @param waiting which thread waits for which load
 * @param writer the one thread that writes behind
 * @param room how many more values may wait for it
 */
record Shared(
    Supplier<List<Contribution<CacheTier, TierLevel>>> tiers,
    Failures failures,
    Function<Contribution<CacheTier, TierLevel>, TierCalls> calls,
    Supplier<Metrics> metrics,
    ConfiguredSettings settings,
    MemoryWatch memory,
    Map<Thread, Load<?>> waiting,
    WorkerPool writer,
    AtomicInteger room) {
  /** Receives tiers that cannot hold a cache. */
  @FunctionalInterface
  interface Failures {
    void failed(String cache, Contribution<CacheTier, TierLevel> tier, String why);
  }
}
