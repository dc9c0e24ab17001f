package dev.gitvan.kernel.internal.cache;

import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.cache.spi.Region;
import dev.gitvan.cache.spi.RegionSpec;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** A tier that records how many regions were open at once, in all its instances. */
record Exclusive(CacheTier tier, AtomicInteger open, AtomicInteger most) implements CacheTier {
  @Override
  public Region open(RegionSpec spec) throws IOException {
    most.accumulateAndGet(open.incrementAndGet(), Math::max);
    var region = tier.open(spec);
    return new Region() {
      @Override
      public Object get(Object key) throws IOException {
        return region.get(key);
      }

      @Override
      public void put(Object key, Object value) throws IOException {
        region.put(key, value);
      }

      @Override
      public void remove(Object key) throws IOException {
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
        open.decrementAndGet();
        region.close();
      }
    };
  }
}
