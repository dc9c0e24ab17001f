package dev.gitvan.kernel.internal.cache;

import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.cache.spi.Region;
import dev.gitvan.cache.spi.RegionSpec;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** A tier whose writes wait until they may go on. */
final class SlowTier implements CacheTier {
  volatile CountDownLatch go = new CountDownLatch(1);
  private final CacheTier tier;

  SlowTier(CacheTier tier) {
    this.tier = tier;
  }

  @Override
  public Region open(RegionSpec spec) throws IOException {
    var region = tier.open(spec);
    return new Region() {
      @Override
      public Object get(Object key) throws IOException {
        return region.get(key);
      }

      @Override
      public void put(Object key, Object value) throws IOException {
        await();
        region.put(key, value);
      }

      @Override
      public void remove(Object key) throws IOException {
        await();
        region.remove(key);
      }

      @Override
      public void clear() throws IOException {
        region.clear();
      }

      @Override
      public long entries() {
        return region.entries();
      }

      @Override
      public long bytes() {
        return region.bytes();
      }

      @Override
      public long evictions() {
        return region.evictions();
      }

      @Override
      public void close() throws IOException {
        region.close();
      }
    };
  }

  private void await() throws IOException {
    try {
      go.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
