package dev.gitvan.template.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The rate, at a clock that only goes on when somebody sleeps. */
class RateLimiterTest {
  private static final int KIB = 1024;
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  /** Near the end, so that the figures run over. */
  private long now = Long.MAX_VALUE - 3 * MILLI;

  private final List<Long> sleeps = new ArrayList<>();
  private final RateLimiter limiter = new RateLimiter(() -> now, this::sleep);

  private void sleep(long nanos) {
    sleeps.add(nanos / MILLI);
    now += nanos;
  }

  @Test
  void everyByteIsPaidForBeforeItPasses() throws Exception {
    long start = now;
    for (int i = 0; i < 1000; i++) {
      assertThat(limiter.acquire(KIB, 100 * KIB)).isEqualTo(10 * MILLI);
    }
    assertThat(now - start).isEqualTo(TimeUnit.SECONDS.toNanos(10));
  }

  @Test
  void whatIsSavedIsLittle() throws Exception {
    now += TimeUnit.HOURS.toNanos(1);
    for (int i = 0; i < 10; i++) {
      assertThat(limiter.acquire(KIB, 100 * KIB)).isZero();
    }
    assertThat(limiter.acquire(KIB, 100 * KIB)).isEqualTo(10 * MILLI);
  }

  /** A system that wakes a sleeper late, or early, changes nothing on the whole. */
  @Test
  void sleepsThatAreNotExactDoNotAddUp() throws Exception {
    var late = new RateLimiter(() -> now, nanos -> now += nanos + 7 * MILLI);
    var early = new RateLimiter(() -> now, nanos -> now += Math.min(nanos, MILLI));
    for (var each : List.of(late, early)) {
      long start = now;
      for (int i = 0; i < 1000; i++) {
        each.acquire(KIB, 100 * KIB);
      }
      assertThat(now - start)
          .isBetween(
              TimeUnit.SECONDS.toNanos(10) - 100 * MILLI, TimeUnit.SECONDS.toNanos(10) + 7 * MILLI);
    }
  }

  @Test
  void moreThanIsSavedAtOnceAndTheSmallestRate() throws Exception {
    assertThat(limiter.acquire(8 << 20, KIB)).isEqualTo(TimeUnit.SECONDS.toNanos(8192));
    assertThat(limiter.acquire(Integer.MAX_VALUE, 1L << 40)).isLessThan(2 * MILLI);
    assertThat(limiter.acquire(0, KIB)).isZero();
  }

  /** Shown to fail when what an interrupted one waited for is kept: the next waited 1010 ms. */
  @Test
  void whoGivesUpTakesNothing() throws Exception {
    var interrupted =
        new RateLimiter(
            () -> now,
            nanos -> {
              if (sleeps.isEmpty()) {
                sleeps.add(nanos);
                throw new InterruptedException();
              }
              sleep(nanos);
            });
    assertThatThrownBy(() -> interrupted.acquire(100 * KIB, 100 * KIB))
        .isInstanceOf(InterruptedException.class);
    assertThat(interrupted.acquire(KIB, 100 * KIB)).isEqualTo(10 * MILLI);
  }

  /**
   * Shown to fail when the turns are taken by sleeping for the own bytes only: all came at once.
   */
  @Test
  void theyPassInTheOrderInWhichTheyCame() throws Exception {
    int threads = 8;
    var turns = Collections.synchronizedList(new ArrayList<Long>());
    var asleep = new CountDownLatch(threads);
    var shared =
        new RateLimiter(
            () -> 0,
            nanos -> {
              turns.add(nanos / MILLI);
              asleep.countDown();
              // Nobody's time comes: each is ended while it waits.
              new CountDownLatch(1).await();
            });
    var waiting = new ArrayList<Thread>();
    for (int i = 0; i < threads; i++) {
      var thread =
          new Thread(
              () -> {
                try {
                  shared.acquire(KIB, 100 * KIB);
                } catch (InterruptedException e) {
                  // As it should be.
                }
              });
      thread.start();
      waiting.add(thread);
    }
    assertThat(asleep.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(turns).containsExactlyInAnyOrder(10L, 20L, 30L, 40L, 50L, 60L, 70L, 80L);
    for (var thread : waiting) {
      thread.interrupt();
      thread.join();
    }
    // All have given back what was theirs.
    assertThatThrownBy(
            () -> {
              Thread.currentThread().interrupt();
              shared.acquire(KIB, 100 * KIB);
            })
        .isInstanceOf(InterruptedException.class);
    assertThat(turns.get(threads)).isEqualTo(10);
  }
}
