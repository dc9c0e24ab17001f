package dev.gitvan.cache.ehcache.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XxHash64Test {
  /** From the reference implementation, {@code xxhsum -H1}. */
  @ParameterizedTest
  @CsvSource({
    "'', ef46db3751d8e999",
    "a, d24ec4f1a98c6e5b",
    "abc, 44bc2cf5ad770999",
    "Nobody inspects the spammish repetition, fbcea83c8a378bf1",
  })
  void isTheReferencesHash(String text, String hash) {
    var bytes = ("??" + text + "?").getBytes(StandardCharsets.US_ASCII);
    assertThat(Long.toHexString(XxHash64.hash(bytes, 2, text.length(), 0))).isEqualTo(hash);
  }
}
