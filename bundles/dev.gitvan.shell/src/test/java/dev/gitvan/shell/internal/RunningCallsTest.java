package dev.gitvan.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunningCallsTest {
  private final RunningCalls calls = new RunningCalls();

  /** Runs a call on a thread of its own until it is interrupted; true when it was. */
  private CompletableFuture<Boolean> other(CountDownLatch begun, Runnable afterwards) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (var running = calls.begin()) {
            begun.countDown();
            new CountDownLatch(1).await();
            return false;
          } catch (InterruptedException e) {
            afterwards.run();
            return true;
          }
        },
        task -> new Thread(task).start());
  }

  @Test
  void endsTheOthersAndWaitsForThem() throws Exception {
    var begun = new CountDownLatch(2);
    var one = other(begun, () -> {});
    var two = other(begun, () -> {});
    try (var own = calls.begin()) {
      begun.await();
      calls.endOthers(Duration.ofSeconds(50));
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
    assertThat(one.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(two.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void doesNotWaitForeverForOneThatGoesOn() throws Exception {
    var begun = new CountDownLatch(1);
    var released = new CompletableFuture<Void>();
    var one = other(begun, released::join);
    begun.await();
    calls.endOthers(Duration.ofMillis(50));
    assertThat(one).isNotDone();
    released.complete(null);
    assertThat(one.get(10, TimeUnit.SECONDS)).isTrue();
  }
}
