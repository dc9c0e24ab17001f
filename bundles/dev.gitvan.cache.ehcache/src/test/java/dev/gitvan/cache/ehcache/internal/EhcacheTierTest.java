package dev.gitvan.cache.ehcache.internal;

import static dev.gitvan.cache.ehcache.internal.DiskFixture.key;
import static dev.gitvan.cache.ehcache.internal.DiskFixture.open;
import static dev.gitvan.cache.ehcache.internal.DiskFixture.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gitvan.cache.spi.RegionSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EhcacheTierTest {
  private final DiskFixture fixture = DiskFixture.create();
  @TempDir Path root;

  @Test
  void keepsBytesOfManyRegionsApart() throws IOException {
    var tier = fixture.tier(root);
    var one = open(tier, "one");
    var two = open(tier, "two");
    var schema = tier.open(RegionSpec.builder("one", 1000).schema(2).build());
    for (int i = 0; i < 50; i++) {
      one.put(key(i), value(i));
    }
    two.put(key(1), value(2));
    assertThat((byte[]) one.get(key(1))).isEqualTo(value(1));
    assertThat((byte[]) two.get(key(1))).isEqualTo(value(2));
    assertThat(schema.get(key(1))).isNull();
    assertThat(one.entries()).isEqualTo(50);
    assertThat(two.entries()).isOne();
    one.put(key(1), value(3));
    assertThat((byte[]) one.get(key(1))).isEqualTo(value(3));
    assertThat(one.entries()).isEqualTo(50);
    one.remove(key(1));
    assertThat(one.get(key(1))).isNull();
    assertThat(one.entries()).isEqualTo(49);
    one.clear();
    assertThat(one.get(key(2))).isNull();
    assertThat(one.entries()).isZero();
    assertThat(one.bytes()).isZero();
    assertThat((byte[]) two.get(key(1))).isEqualTo(value(2));
    tier.close();
    assertThatThrownBy(() -> one.get(key(1))).isInstanceOf(IOException.class);
  }

  @Test
  void isWarmAfterACleanStop() throws IOException {
    for (int round = 1; round <= 3; round++) {
      var tier = fixture.tier(root);
      var region = open(tier, "test");
      for (int i = 0; i < 100 * (round - 1); i++) {
        assertThat((byte[]) region.get(key(i))).isEqualTo(value(i));
      }
      for (int i = 0; i < 100 * round; i++) {
        region.put(key(i), value(i));
      }
      assertThat(region.entries()).isEqualTo(100L * round);
      tier.close();
    }
  }

  @Test
  void forgetsWhatHasOutlivedItsTime() throws IOException {
    var tier = fixture.tier(root);
    var region = open(tier, "test", Duration.ofSeconds(10));
    region.put(key(1), value(1));
    fixture.millis.addAndGet(9_999);
    assertThat(region.get(key(1))).isNotNull();
    tier.close();
    tier = fixture.tier(root);
    region = open(tier, "test", Duration.ofSeconds(10));
    assertThat(region.get(key(1))).isNotNull();
    fixture.millis.addAndGet(1);
    assertThat(region.get(key(1))).isNull();
    assertThat(region.entries()).isZero();
    tier.close();
  }

  @Test
  void staysWithinItsSize() throws IOException {
    var tier = fixture.tier(root, 4L << 20);
    var region = open(tier, "test");
    for (int i = 0; i < 4_000; i++) {
      region.put(key(i), value(i));
    }
    int right = 0;
    for (int i = 0; i < 4_000; i++) {
      var found = (byte[]) region.get(key(i));
      if (found != null) {
        assertThat(found).isEqualTo(value(i));
        right++;
      }
    }
    assertThat(right).isBetween(100, 1_500);
    assertThat(region.evictions()).isPositive();
    region.put(key(0), new byte[8 << 20]);
    assertThat(region.get(key(0))).as("too large to be kept").isNull();
    tier.close();
    try (var files = Files.walk(root)) {
      assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isLessThan(5L << 20);
    }
  }

  @Test
  void writesNothingBeforeItPays() throws IOException {
    var settings =
        new StoreSettings(
            () -> DiskFixture.SIZE,
            10,
            Duration.ofSeconds(1),
            Duration.ZERO,
            () -> 1L << 40,
            fixture.millis::get,
            Runnable::run);
    var directory = root.resolve("disk");
    var tier = new EhcacheTier(directory, settings);
    var region = open(tier, "test");
    region.put(key(1), value(1));
    assertThat((byte[]) region.get(key(1))).as("it waits").isEqualTo(value(1));
    assertThat(region.entries()).isEqualTo(-1);
    assertThat(directory).doesNotExist();
    fixture.millis.addAndGet(1000);
    assertThat((byte[]) region.get(key(1))).isEqualTo(value(1));
    assertThat(region.entries()).isOne();
    tier.close();
    tier = new EhcacheTier(directory, settings);
    var early = open(tier, "test");
    early.remove(key(1));
    early.put(key(2), value(2));
    for (int i = 0; i < 10; i++) {
      early.get(key(99));
    }
    assertThat(early.get(key(1))).as("removed before the store was open").isNull();
    assertThat((byte[]) early.get(key(2))).isEqualTo(value(2));
    assertThat(early.entries()).isOne();
    tier.close();
    new EhcacheTier(root.resolve("never"), settings).close();
    assertThat(root.resolve("never")).doesNotExist();
  }

  @Test
  void goesWithoutWhileAnotherProcessHasIt() throws Exception {
    var other = OtherProcess.start(root, "hold");
    var tier = fixture.tier(root);
    var region = open(tier, "test");
    assertThat(region.get(key(1))).isNull();
    region.put(key(5), value(5));
    assertThat(region.entries()).isEqualTo(-1);
    other.stop();
    assertThat((byte[]) region.get(key(1))).as("the other's, now ours").isEqualTo(value(1));
    assertThat((byte[]) region.get(key(5))).isEqualTo(value(5));
    tier.close();
  }

  @Test
  void isEmptyAfterACrash() throws Exception {
    OtherProcess.start(root, "halt").awaitEnd();
    var tier = fixture.tier(root);
    var region = open(tier, "test");
    assertThat(region.get(key(1))).isNull();
    assertThat(region.entries()).isZero();
    region.put(key(1), value(1));
    assertThat((byte[]) region.get(key(1))).isEqualTo(value(1));
    tier.close();
  }

  @Test
  void takesNoMoreWhenTheDiskIsNearlyFull() throws IOException {
    var tier = fixture.tier(root);
    var region = open(tier, "test");
    region.put(key(1), value(1));
    fixture.usable.set(StoreSettings.RESERVE - 1);
    assertThatThrownBy(
            () -> {
              for (int i = 2; i < 5_000; i++) {
                region.put(key(i), value(i));
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessageContaining("free");
    assertThat((byte[]) region.get(key(1))).isEqualTo(value(1));
    fixture.usable.set(1L << 40);
    region.put(key(9_000), value(9_000));
    assertThat((byte[]) region.get(key(9_000))).isEqualTo(value(9_000));
    tier.close();
  }

  @Test
  void saysThatAFileIsInItsPlace() throws IOException {
    var tier = fixture.tier(Files.writeString(root.resolve("file"), ""));
    assertThatThrownBy(() -> tier.verify(null)).hasMessageContaining("not a directory");
    assertThatThrownBy(() -> tier.clear(null, null)).hasMessageContaining("not a directory");
    tier.close();
  }

  @Test
  void goesWithoutADirectoryThatCannotBeMade() throws IOException {
    var file = Files.writeString(root.resolve("file"), "");
    var tier = fixture.tier(file.resolve("disk"));
    var region = open(tier, "test");
    region.put(key(1), value(1));
    assertThat(region.get(key(2))).isNull();
    tier.close();
  }
}
