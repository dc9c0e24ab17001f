package dev.gitvan.shell.internal.verbs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {
  @Test
  void daysTimesAndAges() {
    assertThat(Moments.parse("--since", "2026-01-31")).isEqualTo("2026-01-31T00:00:00Z");
    assertThat(Moments.parse("--since", "2026-01-31T12:00:00Z")).isEqualTo("2026-01-31T12:00:00Z");
    assertThat(Moments.parse("--since", "2026-01-31T12:00:00+02:00"))
        .isEqualTo("2026-01-31T10:00:00Z");
    var before = Instant.now().minus(Duration.ofHours(2));
    assertThat(Moments.parse("--since", "2h")).isBetween(before, before.plusSeconds(600));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "-2h", "2026-02-31", "2026-01-31T12:00:00"})
  void nothingElse(String text) {
    assertThatExceptionOfType(GitVanException.class)
        .isThrownBy(() -> Moments.parse("--since", text))
        .satisfies(e -> assertThat(e.code()).isEqualTo(Codes.USAGE));
  }
}
