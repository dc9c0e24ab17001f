package dev.gitvan.git.jgit.internal.locks;

import dev.gitvan.git.jgit.internal.refs.LockRecord;
import dev.gitvan.git.jgit.internal.refs.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Decides whether a lock may be taken although its record says that somebody has it. A wrong
 * decision costs the holder his work, but lets nobody write: that is the fence's business.
 *
 * <p>On this machine there is one clock, and an owner that has ended is seen at once. Of another
 * machine's clock nothing is assumed but that it is not further ahead than one lease; and if its
 * lock has not been renewed for a whole lease by our own stopwatch, what its clock says does not
 * matter.
 */
final class Takeover {
  private final Supplier<Instant> clock;
  private final Supplier<Long> stopwatch;
  private Object watched;
  private long since;

  /**
   * @param clock the wall clock
   * @param stopwatch in nanoseconds
   */
  Takeover(Supplier<Instant> clock, Supplier<Long> stopwatch) {
    this.clock = clock;
    this.stopwatch = stopwatch;
  }

  /** Decides by what is seen now; the longer the same is seen, the more is known. */
  boolean isAllowed(LockStore.Seen seen) {
    if (seen.record().isEmpty()) {
      return false;
    }
    var record = seen.record().get();
    if (!record.isHeld() || isOver(record, clock.get())) {
      return true;
    }
    if (!seen.id().equals(watched)) {
      watched = seen.id();
      since = stopwatch.get();
      return false;
    }
    return stopwatch.get() - since > record.lease().toNanos();
  }

  /** Whether, at one look, no owner holds it any more. */
  static boolean isOver(LockRecord record, Instant now) {
    var allowance = isHere(record.process()) ? Duration.ZERO : record.lease();
    return record.process().isDead() || now.isAfter(record.expires().plus(allowance));
  }

  private static boolean isHere(Owner owner) {
    var self = Owner.self();
    return owner.host().equals(self.host()) && owner.boot().equals(self.boot());
  }
}
