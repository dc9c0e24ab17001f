package dev.gitvan.git.jgit.internal.refs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
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

  /** Shown to fail when a time is read that no later time can be computed from. */
  @Test
  void noCutOrChangedRecordFailsItsReader() {
    var held = LockRecord.NEVER.acquired("token", "owner", Duration.ofSeconds(90), NOW);
    for (var record : List.of(held, held.released(NOW))) {
      var whole = record.toBytes();
      for (int at = 0; at < whole.length; at++) {
        LockRecord.parse(Arrays.copyOf(whole, at)).ifPresent(LockRecordTest::use);
        for (int bit = 0; bit < 8; bit++) {
          var changed = whole.clone();
          changed[at] ^= (byte) (1 << bit);
          LockRecord.parse(changed).ifPresent(LockRecordTest::use);
        }
      }
    }
    var text = new String(held.toBytes(), StandardCharsets.UTF_8);
    for (var value : List.of("expires=" + Instant.MAX, "lease=" + Long.MAX_VALUE + "ms")) {
      var key = value.substring(0, value.indexOf('=') + 1);
      var extreme = text.replaceFirst(key + ".*", value);
      LockRecord.parse(extreme.getBytes(StandardCharsets.UTF_8)).ifPresent(LockRecordTest::use);
    }
  }

  /** What is done with the record of a lock that somebody else may hold. */
  private static void use(LockRecord record) {
    record.isOwn();
    record.released(NOW).toBytes();
    record.acquired("next", "next owner", Duration.ofSeconds(1), NOW).toBytes();
    if (record.isHeld()) {
      record.process().isDead();
      LockRef.lost("lock", record);
    }
  }
}
