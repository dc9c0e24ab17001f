package dev.gitvan.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gitvan.cache.spi.BytesKey;
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
}
