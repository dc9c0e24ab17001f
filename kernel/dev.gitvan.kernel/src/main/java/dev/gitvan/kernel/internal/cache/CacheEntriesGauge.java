package dev.gitvan.kernel.internal.cache;

import dev.gitvan.cache.CacheRegistry;
import dev.gitvan.cache.CacheStats;
import dev.gitvan.metrics.spi.Gauge;
import dev.gitvan.metrics.spi.GitVanGauge;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The size of this process's caches. */
@Component
@GitVanGauge(
    name = "cache.entries",
    description =
        "Entries of the caches that this process has opened, in all tiers that count them")
public final class CacheEntriesGauge implements Gauge {
  private final CacheRegistry caches;

  @Activate
  public CacheEntriesGauge(@Reference CacheRegistry caches) {
    this.caches = caches;
  }

  @Override
  public double value() {
    return caches.stats().stream().mapToLong(CacheStats::entries).filter(n -> n > 0).sum();
  }
}
