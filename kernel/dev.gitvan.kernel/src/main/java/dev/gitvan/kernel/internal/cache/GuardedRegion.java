package dev.gitvan.kernel.internal.cache;

import dev.gitvan.cache.spi.Region;
import dev.gitvan.cache.spi.RegionSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;

/** A region of a tier that does not guarantee that it ends; see {@link TierCalls}. */
final class GuardedRegion implements Region {
  private final Region region;
  private final TierCalls calls;

  GuardedRegion(Region region, TierCalls calls) {
    this.region = region;
    this.calls = calls;
  }

  @Override
  public Object get(Object key) throws IOException {
    return calls.call(() -> region.get(key));
  }

  @Override
  public void put(Object key, Object value) throws IOException {
    calls.call(
        () -> {
          region.put(key, value);
          return null;
        });
  }

  @Override
  public void remove(Object key) throws IOException {
    calls.call(
        () -> {
          region.remove(key);
          return null;
        });
  }

  @Override
  public void resize(RegionSpec spec) {
    quietly(
        () -> {
          region.resize(spec);
          return null;
        });
  }

  @Override
  public void clear() throws IOException {
    calls.callAtLength(
        () -> {
          region.clear();
          return null;
        });
  }

  @Override
  public long entries() {
    return quietly(region::entries);
  }

  @Override
  public long bytes() {
    return quietly(region::bytes);
  }

  @Override
  public long evictions() {
    return quietly(region::evictions);
  }

  private <R> R quietly(Callable<R> work) {
    try {
      return calls.call(work);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    calls.call(
        () -> {
          region.close();
          return null;
        });
  }
}
