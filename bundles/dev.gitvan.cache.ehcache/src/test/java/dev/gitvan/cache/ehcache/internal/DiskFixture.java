package dev.gitvan.cache.ehcache.internal;

import dev.gitvan.cache.spi.BytesKey;
import dev.gitvan.cache.spi.Region;
import dev.gitvan.cache.spi.RegionSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** A tier that opens at the first request, on the caller's thread, with a clock of its own. */
final class DiskFixture {
  static final long SIZE = 16L << 20;

  final AtomicLong millis = new AtomicLong(1_000_000);
  final AtomicLong usable = new AtomicLong(1L << 40);

  EhcacheTier tier(Path root) {
    return tier(root, SIZE);
  }

  EhcacheTier tier(Path root, long size) {
    return new EhcacheTier(
        root,
        new StoreSettings(
            () -> size, 1, Duration.ZERO, Duration.ZERO, usable::get, millis::get, Runnable::run));
  }

  static Region open(EhcacheTier tier, String cache) throws IOException {
    return open(tier, cache, Duration.ZERO);
  }

  static Region open(EhcacheTier tier, String cache, Duration ttl) throws IOException {
    return tier.open(RegionSpec.builder(cache, 1000).ttl(ttl).build());
  }

  static BytesKey key(int number) {
    return new BytesKey(("key " + number).getBytes(StandardCharsets.UTF_8));
  }

  /** The one right value of a key. */
  static byte[] value(int number) {
    var value = new byte[100 + number % 7 * 1500];
    new Random(number).nextBytes(value);
    return value;
  }

  private DiskFixture() {}

  static DiskFixture create() {
    return new DiskFixture();
  }
}
