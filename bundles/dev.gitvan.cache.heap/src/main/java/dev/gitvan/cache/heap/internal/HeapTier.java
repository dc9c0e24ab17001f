package dev.gitvan.cache.heap.internal;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.cache.spi.GitVanCacheTier;
import dev.gitvan.cache.spi.Region;
import dev.gitvan.cache.spi.RegionSpec;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** The first tier: values as they are, on the heap of this process. */
@Component
@GitVanCacheTier(tier = "heap", level = 1, expires = true, bounded = true, interruptible = true)
public final class HeapTier implements CacheTier {
  private final Pulse pulse = new Pulse();
  private final Ticker ticker;

  @Activate
  public HeapTier() {
    this.ticker = pulse;
  }

  HeapTier(Ticker ticker) {
    this.ticker = ticker;
  }

  @Override
  public Region open(RegionSpec spec) {
    return new HeapRegion(spec, ticker, pulse);
  }

  @Deactivate
  public void close() {
    pulse.close();
  }
}
