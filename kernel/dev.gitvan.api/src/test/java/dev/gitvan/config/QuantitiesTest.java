package dev.gitvan.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {
  @Test
  void readsDurations() {
    assertThat(Quantities.duration("250ms")).contains(Duration.ofMillis(250));
    assertThat(Quantities.duration(" 30s ")).contains(Duration.ofSeconds(30));
    assertThat(Quantities.duration("5m")).contains(Duration.ofMinutes(5));
    assertThat(Quantities.duration("2h")).contains(Duration.ofHours(2));
    assertThat(Quantities.duration("1d")).contains(Duration.ofDays(1));
    assertThat(Quantities.duration("0s")).contains(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "-5s", "forever", "1.5s", "5 s", "5S", "9999999999999s", "s"})
  void readsNothingElseAsADuration(String text) {
    assertThat(Quantities.duration(text)).isEmpty();
  }

  @Test
  void readsSizes() {
    assertThat(Quantities.size("7")).contains(7L);
    assertThat(Quantities.size("7B")).contains(7L);
    assertThat(Quantities.size("64KiB")).contains(65_536L);
    assertThat(Quantities.size("256MiB")).contains(256L << 20);
    assertThat(Quantities.size("2GiB")).contains(2L << 30);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "64KB", "64 KiB", "1.5MiB", "999999999999GiB", "9999999999999"})
  void readsNothingElseAsASize(String text) {
    assertThat(Quantities.size(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0ms", "250ms", "30s", "90s", "5m", "2h", "48h"})
  void writesDurationsThatItReads(String text) {
    assertThat(Quantities.format(Quantities.duration(text).orElseThrow())).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0B", "1B", "1000B", "64KiB", "256MiB", "2GiB", "2048GiB"})
  void writesSizesThatItReads(String text) {
    assertThat(Quantities.format(Quantities.size(text).orElseThrow())).isEqualTo(text);
  }
}
