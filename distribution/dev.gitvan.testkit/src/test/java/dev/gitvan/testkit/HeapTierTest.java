package dev.gitvan.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.cache.spi.RegionSpec;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HeapTierTest {
  @Nested
  class AsLevelOne extends CacheTierContract {
    private final HeapTier tier = new HeapTier();

    @Override
    protected int level() {
      return 1;
    }

    @Override
    protected CacheTier open() {
      return tier;
    }

    @Override
    protected boolean elapse(CacheTier opened, Duration time) {
      tier.elapse(time);
      return true;
    }
  }

  @Nested
  class AsALowerLevel extends CacheTierContract {
    private final HeapTier tier = new HeapTier();

    @Override
    protected int level() {
      return 2;
    }

    @Override
    protected CacheTier open() {
      return tier;
    }

    @Override
    protected boolean persists() {
      return true;
    }

    @Override
    protected boolean elapse(CacheTier opened, Duration time) {
      tier.elapse(time);
      return true;
    }

    @Override
    protected boolean corrupt(CacheTier opened, RegionSpec spec, Object key) {
      tier.corrupt(spec, key);
      return true;
    }
  }

  @Test
  void failsWhenItIsToldTo() throws IOException {
    var tier = new HeapTier();
    var spec = RegionSpec.builder("x", 1).build();
    var region = tier.open(spec);
    tier.fail(true);
    assertThatThrownBy(() -> region.get("a")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> tier.open(spec)).isInstanceOf(IOException.class);
  }
}
