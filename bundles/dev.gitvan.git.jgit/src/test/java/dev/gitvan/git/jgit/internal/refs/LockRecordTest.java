package dev.gitvan.git.jgit.internal.refs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LockRecordTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

  @Test
  void whatIsWrittenIsRead() {
    var held =
        LockRecord.NEVER
            .withEpoch(41)
            .acquired("token", "two\nlines = here", Duration.ofMillis(1500), NOW);
    var read = LockRecord.parse(held.toBytes()).orElseThrow();
    assertThat(read.isHeld()).isTrue();
    assertThat(read.isOwn()).isTrue();
    assertThat(read.epoch()).isEqualTo(42);
    assertThat(read.owner()).isEqualTo("two lines = here");
    assertThat(read.token()).isEqualTo("token");
    assertThat(read.expires()).isEqualTo(NOW.plusMillis(1500));
    assertThat(read.lease()).isEqualTo(Duration.ofMillis(1500));
    var free = LockRecord.parse(read.released(NOW).toBytes()).orElseThrow();
    assertThat(free.isHeld()).isFalse();
    assertThat(free.epoch()).isEqualTo(42);
    assertThat(free.since()).isEqualTo(NOW);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "held",
        "held\nepoch=x",
        "held\nepoch=1\npid=1\n",
        "free\n",
        "free\nepoch=1\n",
        "else\nepoch=1\nreleased=2026-01-02T03:04:05Z\n"
      })
  void whatIsNoRecord(String text) {
    assertThat(LockRecord.parse(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }
}
