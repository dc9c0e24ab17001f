package dev.gitvan.cache.ehcache.internal;

import static dev.gitvan.cache.ehcache.internal.DiskFixture.key;
import static dev.gitvan.cache.ehcache.internal.DiskFixture.open;
import static dev.gitvan.cache.ehcache.internal.DiskFixture.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.gitvan.cache.spi.BytesKey;
import dev.gitvan.cache.spi.KeptCache;
import dev.gitvan.cache.spi.RegionSpec;
import dev.gitvan.cache.spi.TierBusyException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listing, clearing and verifying a store that any process has filled. */
class KeptOnDiskTest {
  private final DiskFixture fixture = DiskFixture.create();
  @TempDir Path root;

  private void fill(String cache, int entries) throws IOException {
    var tier = fixture.tier(root);
    var region = open(tier, cache);
    for (int i = 0; i < entries; i++) {
      region.put(key(i), value(i));
    }
    tier.close();
  }

  @Test
  void tellsWhatAnEarlierProcessLeftWithoutOpeningIt() throws IOException {
    fill("one", 20);
    fill("two", 5);
    var seal = Files.readAllBytes(root.resolve("seal"));
    var tier = fixture.tier(root);
    assertThat(tier.kept(null))
        .extracting(KeptCache::cache, KeptCache::entries)
        .containsExactly(tuple("one", 20L), tuple("two", 5L));
    assertThat(root.resolve("seal")).hasBinaryContent(seal);
    var region = open(tier, "three");
    region.put(key(1), value(1));
    assertThat(tier.kept(null)).extracting(KeptCache::cache).containsExactly("one", "three", "two");
    tier.close();
    assertThat(fixture.tier(root.resolve("nothing")).kept(null)).isEmpty();
    assertThat(root.resolve("nothing")).doesNotExist();
  }

  @Test
  void emptiesOneCacheOrAllAlsoWhereNobodyHasUsedThem() throws IOException {
    fill("one", 20);
    fill("two", 5);
    var tier = fixture.tier(root);
    tier.clear("one", null);
    tier.clear("none such", null);
    tier.close();
    tier = fixture.tier(root);
    assertThat(tier.kept(null)).extracting(KeptCache::cache).containsExactly("two");
    assertThat(open(tier, "one").get(key(1))).isNull();
    assertThat((byte[]) open(tier, "two").get(key(1))).isEqualTo(value(1));
    tier.close();

    tier = fixture.tier(root);
    tier.clear(null, null);
    assertThat(tier.kept(null)).isEmpty();
    assertThat(open(tier, "two").get(key(1))).isNull();
    tier.close();
  }

  @Test
  void findsNothingWrongWithAWholeStore() throws IOException {
    fill("one", 200);
    var tier = fixture.tier(root);
    assertThat(tier.verify(null))
        .singleElement()
        .satisfies(
            kept -> {
              assertThat(kept.entries()).isEqualTo(200);
              assertThat(kept.bytes()).isPositive();
              assertThat(kept.corrupt()).isZero();
            });
    assertThat((byte[]) open(tier, "one").get(key(1))).isEqualTo(value(1));
    tier.close();
    assertThat(fixture.tier(root.resolve("nothing")).verify(null)).isEmpty();
  }

  @Test
  void dropsEntriesWhoseBytesWereChanged() throws IOException {
    fill("one", 200);
    try (var data = new RandomAccessFile(data().toFile(), "rw")) {
      damage(data, value(9));
      damage(data, value(11));
    }
    var tier = fixture.tier(root);
    assertThat(tier.verify(null))
        .singleElement()
        .satisfies(
            kept -> {
              assertThat(kept.entries()).isEqualTo(198);
              assertThat(kept.corrupt()).isEqualTo(2);
            });
    assertThat(tier.verify(null)).allMatch(kept -> kept.corrupt() == 0);
    assertThat(open(tier, "one").get(key(9))).isNull();
    assertThat((byte[]) open(tier, "one").get(key(10))).isEqualTo(value(10));
    tier.close();
  }

  /** A key that is damaged on disk leads to no entry, so its entry cannot be removed alone. */
  @Test
  void startsAgainEmptyWhenAKeyIsDamaged() throws IOException {
    fill("one", 50);
    try (var data = new RandomAccessFile(data().toFile(), "rw")) {
      damage(data, RegionId.of(spec("one")).key(key(7)).bytes());
    }
    var tier = fixture.tier(root);
    assertThat(tier.verify(null)).anyMatch(kept -> kept.corrupt() == 1);
    assertThat(tier.verify(null)).isEmpty();
    tier.close();
  }

  @Test
  void tellsOfAStoreThatWasChangedWhileItWasStopped() throws IOException {
    fill("one", 50);
    Path index;
    try (var files = Files.walk(root)) {
      index = files.filter(file -> file.toString().endsWith(".index")).findFirst().orElseThrow();
    }
    Files.writeString(index, "changed");
    var tier = fixture.tier(root);
    assertThat(tier.verify(null)).singleElement().matches(kept -> kept.corrupt() == 1);
    assertThat(tier.verify(null)).isEmpty();
    tier.close();
  }

  @Test
  void saysThatAnotherProcessHasIt() throws Exception {
    var other = OtherProcess.start(root, "hold");
    var tier = fixture.tier(root);
    assertThatThrownBy(() -> tier.kept(null)).isInstanceOf(TierBusyException.class);
    assertThatThrownBy(() -> tier.clear(null, null)).isInstanceOf(TierBusyException.class);
    assertThatThrownBy(() -> tier.clear("test", null)).isInstanceOf(TierBusyException.class);
    assertThatThrownBy(() -> tier.verify(null)).isInstanceOf(TierBusyException.class);
    other.stop();
    assertThat(tier.kept(null)).singleElement().matches(kept -> kept.entries() == 20);
    tier.close();
  }

  private static RegionSpec spec(String cache) {
    return RegionSpec.builder(cache, 1000).build();
  }

  private Path data() throws IOException {
    try (var files = Files.walk(root.resolve("store"))) {
      return files.filter(file -> file.toString().endsWith(".data")).findFirst().orElseThrow();
    }
  }

  /** Flips a bit in the middle of what stands somewhere in the file. */
  private static void damage(RandomAccessFile file, byte[] sought) throws IOException {
    var all = new byte[(int) file.length()];
    file.readFully(all);
    for (int at = 0; at <= all.length - sought.length; at++) {
      if (Arrays.equals(all, at, at + sought.length, sought, 0, sought.length)) {
        int middle = at + sought.length / 2;
        file.seek(middle);
        file.write(all[middle] ^ 4);
        file.seek(0);
        return;
      }
    }
    throw new AssertionError("not in the file: " + new BytesKey(sought));
  }
}
