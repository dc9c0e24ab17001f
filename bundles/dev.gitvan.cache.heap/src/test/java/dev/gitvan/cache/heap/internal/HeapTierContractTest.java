package dev.gitvan.cache.heap.internal;

import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.testkit.CacheTierContract;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

class HeapTierContractTest extends CacheTierContract {
  private final AtomicLong nanos = new AtomicLong();

  @Override
  protected int level() {
    return 1;
  }

  @Override
  protected CacheTier open() {
    return new HeapTier(nanos::get);
  }

  @Override
  protected void close(CacheTier opened) {
    ((HeapTier) opened).close();
  }

  @Override
  protected boolean elapse(CacheTier opened, Duration time) {
    nanos.addAndGet(time.toNanos());
    return true;
  }
}
