package dev.gitvan.git.jgit.internal.locks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.git.jgit.internal.refs.LockRecord;
import dev.gitvan.git.jgit.internal.refs.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.Test;

/** When a lock may be taken, with clocks that are wrong. */
class TakeoverTest {
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private Instant clock = START;
  private long stopwatch;
  private final Takeover takeover = new Takeover(() -> clock, () -> stopwatch);

  private static LockStore.Seen held(Owner by, int version) {
    var record = new LockRecord(7, "token", "somebody", by, START, START.plus(LEASE), LEASE);
    return new LockStore.Seen(ObjectId.fromString("%040x".formatted(version)), Optional.of(record));
  }

  private static Owner here() {
    return Owner.self();
  }

  private static Owner elsewhere() {
    return new Owner(1, "", "another boot", "another host", "");
  }

  private void pass(Duration time) {
    stopwatch += time.toNanos();
  }

  @Test
  void whatIsFree() {
    assertThat(takeover.isAllowed(new LockStore.Seen(null, Optional.of(LockRecord.NEVER))))
        .isTrue();
    var free = held(here(), 1).record().orElseThrow().released(START);
    assertThat(takeover.isAllowed(new LockStore.Seen(ObjectId.zeroId(), Optional.of(free))))
        .isTrue();
  }

  @Test
  void whatCannotBeReadIsSomebodys() {
    assertThat(takeover.isAllowed(new LockStore.Seen(ObjectId.zeroId(), Optional.empty())))
        .isFalse();
  }

  @Test
  void onThisMachineTheLeaseCounts() {
    clock = START.plus(LEASE);
    assertThat(takeover.isAllowed(held(here(), 1))).isFalse();
    clock = START.plus(LEASE).plusMillis(1);
    assertThat(takeover.isAllowed(held(here(), 1))).isTrue();
  }

  @Test
  void whoHasEndedHereIsSeenAtOnce() {
    var self = here();
    var ended =
        new Owner(Long.MAX_VALUE, self.started(), self.boot(), self.host(), self.namespace());
    assertThat(takeover.isAllowed(held(ended, 1))).isTrue();
  }

  @Test
  void anotherMachinesClockMayBeBehindByALease() {
    clock = START.plus(LEASE).plusSeconds(59);
    assertThat(takeover.isAllowed(held(elsewhere(), 1))).isFalse();
    clock = START.plus(LEASE).plus(LEASE).plusMillis(1);
    assertThat(takeover.isAllowed(held(elsewhere(), 1))).isTrue();
  }

  /** An hour ahead of us, it seems to have a lease of an hour. */
  @Test
  void anotherMachinesClockThatIsFarAheadDoesNotMatterForLong() {
    clock = START.minusSeconds(3600);
    assertThat(takeover.isAllowed(held(elsewhere(), 1))).isFalse();
    pass(Duration.ofSeconds(60));
    assertThat(takeover.isAllowed(held(elsewhere(), 1))).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(takeover.isAllowed(held(elsewhere(), 1))).isTrue();
  }

  @Test
  void whoRenewsKeepsIt() {
    clock = START.minusSeconds(3600);
    for (int version = 1; version < 20; version++) {
      assertThat(takeover.isAllowed(held(elsewhere(), version))).isFalse();
      pass(Duration.ofSeconds(50));
      assertThat(takeover.isAllowed(held(elsewhere(), version))).isFalse();
    }
  }
}
