package dev.gitvan.cache.ehcache.internal;

import dev.gitvan.cache.spi.BytesKey;
import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.cache.spi.RegionSpec;
import dev.gitvan.testkit.CacheTierContract;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

class EhcacheTierContractTest extends CacheTierContract {
  private final DiskFixture fixture = DiskFixture.create();
  @TempDir Path root;

  @Override
  protected int level() {
    return 2;
  }

  @Override
  protected CacheTier open() {
    return fixture.tier(root, 64L << 20);
  }

  @Override
  protected void close(CacheTier opened) {
    ((EhcacheTier) opened).close();
  }

  @Override
  protected boolean persists() {
    return true;
  }

  @Override
  protected boolean elapse(CacheTier opened, Duration time) {
    fixture.millis.addAndGet(time.toMillis());
    return true;
  }

  @Override
  protected boolean corrupt(CacheTier opened, RegionSpec spec, Object key) throws IOException {
    ((EhcacheTier) opened)
        .store()
        .put(RegionId.of(spec).key((BytesKey) key), ByteBuffer.wrap(new byte[40]));
    return true;
  }
}
