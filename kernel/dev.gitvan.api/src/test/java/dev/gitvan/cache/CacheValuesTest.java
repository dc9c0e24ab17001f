package dev.gitvan.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gitvan.cache.spi.BytesKey;
import dev.gitvan.cache.spi.RegionSpec;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CacheValuesTest {
  @Test
  void encodedKeysAreEqualByContent() {
    var one = new BytesKey(new byte[] {1, 2, -3});
    var same = new BytesKey(new byte[] {1, 2, -3});
    assertThat(one).isEqualTo(same).hasSameHashCodeAs(same).hasToString("0102fd");
    assertThat(one).isNotEqualTo(new BytesKey(new byte[] {1, 2}));
  }

  @Test
  void namesAreWordsJoinedByHyphens() {
    assertThat(CacheSpec.inMemory("git-objects", Duration.ZERO, 1).hasCodecs()).isFalse();
    for (var name : new String[] {"", "A", "a_b", "a--b", "-a", "a-", "1a", "../x"}) {
      assertThatThrownBy(() -> CacheSpec.inMemory(name, Duration.ZERO, 1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void codecsComeInPairs() {
    assertThatThrownBy(() -> CacheSpec.builder("x", Codec.utf8(), null))
        .isInstanceOf(NullPointerException.class);
    assertThat(CacheSpec.builder("x", Codec.utf8(), Codec.bytes()).build().hasCodecs()).isTrue();
  }

  @Test
  void textsSurviveTheirCodec() {
    var text = "ä € 😀 \0";
    assertThat(Codec.utf8().decode(Codec.utf8().encode(text))).isEqualTo(text);
  }

  @Test
  void hitRatioOfNothingIsZero() {
    var stats = CacheStats.builder("c", "t", 1);
    assertThat(stats.build().hitRatio()).isZero();
    assertThat(stats.hits(3).misses(1).build().hitRatio()).isEqualTo(0.75);
  }

  @Test
  void specificationsAreEqualByTheirValues() {
    var one = CacheSpec.<String, String>builder("one").ttl(Duration.ZERO);
    assertThat(one.build()).isEqualTo(one.build()).hasSameHashCodeAs(one.build());
    assertThat(one.build()).isNotEqualTo(one.maxEntries(2).build());
    var region = RegionSpec.builder("one", 10);
    assertThat(region.build()).isEqualTo(region.build()).hasSameHashCodeAs(region.build());
    assertThat(region.build()).isNotEqualTo(region.schema(2).build());
  }

  @Test
  void copyOfStatisticsHasAllValues() {
    var stats =
        CacheStats.builder("c", "t", 2)
            .entries(1)
            .bytes(2)
            .hits(3)
            .misses(4)
            .meanLoadSeconds(0.5)
            .evictions(6)
            .corrupt(7)
            .build();
    assertThat(stats.toBuilder().build()).isEqualTo(stats).hasSameHashCodeAs(stats);
    assertThat(stats.toBuilder().corrupt(8).build()).isNotEqualTo(stats);
  }
}
