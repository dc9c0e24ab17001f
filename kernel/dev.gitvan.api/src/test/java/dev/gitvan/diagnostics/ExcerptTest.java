package dev.gitvan.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExcerptTest {
  @ParameterizedTest
  @CsvSource({
    "abc, 3, abc",
    "abcd, 3, abc…",
    "a😀c, 3, a😀c",
    "a😀cd, 2, a😀…",
    "😀😀, 1, 😀…",
    "'', 0, ''"
  })
  void cutsBetweenCharacters(String text, int characters, String excerpt) {
    assertThat(Excerpt.of(text, characters)).isEqualTo(excerpt);
  }
}
