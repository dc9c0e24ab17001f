package dev.gitvan.cache.heap.internal;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.gitvan.cache.spi.Region;
import dev.gitvan.cache.spi.RegionSpec;
import java.util.concurrent.atomic.LongAdder;

/**
 * One cache's part of the heap. Emptying it is one assignment however much it holds, so that it can
 * be done when memory is short.
 */
final class HeapRegion implements Region {
  private volatile RegionSpec spec;
  private final Ticker ticker;
  private final Pulse pulse;
  private final LongAdder evictions = new LongAdder();
  private volatile Generation generation;

  HeapRegion(RegionSpec spec, Ticker ticker, Pulse pulse) {
    this.spec = spec;
    this.ticker = ticker;
    this.pulse = pulse;
    this.generation = new Generation(spec, ticker, evictions);
  }

  @Override
  public Object get(Object key) {
    var current = generation;
    return pulse.records()
        ? current.entries.getIfPresent(key)
        : current.quiet.getIfPresentQuietly(key);
  }

  @Override
  public void put(Object key, Object value) {
    generation.put(key, value);
  }

  @Override
  public void remove(Object key) {
    generation.entries.invalidate(key);
  }

  @Override
  public void resize(RegionSpec changed) {
    spec = changed;
    generation.resize(changed);
  }

  @Override
  public void clear() {
    generation = new Generation(spec, ticker, evictions);
  }

  @Override
  public long entries() {
    return generation.count();
  }

  @Override
  public long bytes() {
    return generation.bytes();
  }

  @Override
  public long evictions() {
    generation.entries.cleanUp();
    return evictions.sum();
  }

  /** Lets go of everything; what is put afterwards is garbage with the region itself. */
  @Override
  public void close() {
    clear();
  }
}
