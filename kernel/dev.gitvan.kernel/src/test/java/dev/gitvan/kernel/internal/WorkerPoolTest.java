package dev.gitvan.kernel.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkerPoolTest {
  private final WorkerPool pool = new WorkerPool("test", 2);

  @AfterEach
  void close() {
    pool.close(Duration.ofSeconds(5));
  }

  @Test
  void runsEverythingOnABoundedNumberOfNamedThreads() throws Exception {
    var done = new CountDownLatch(1000);
    List<String> names = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 1000; i++) {
      pool.execute(
          () -> {
            if (!names.contains(Thread.currentThread().getName())) {
              names.add(Thread.currentThread().getName());
            }
            done.countDown();
          });
    }
    done.await();
    assertThat(names).isNotEmpty().allMatch(name -> name.startsWith("test-"));
    assertThat(pool.size()).isLessThanOrEqualTo(2);
  }

  @Test
  void replacesAThreadThatIsGivenUp() throws Exception {
    var stuck = new CountDownLatch(2);
    var free = new CountDownLatch(1);
    List<Thread> threads = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 2; i++) {
      pool.execute(
          () -> {
            threads.add(Thread.currentThread());
            stuck.countDown();
            awaitUninterruptibly(free);
          });
    }
    stuck.await();
    var ran = new CountDownLatch(1);
    pool.execute(ran::countDown);
    assertThat(ran.getCount()).isEqualTo(1);

    pool.abandon(threads.get(0));
    ran.await();
    free.countDown();
    threads.get(0).join();
  }

  @Test
  void survivesTasksThatThrowAndInterruptsThatComeLate() throws Exception {
    var interrupted = new AtomicInteger();
    var done = new CountDownLatch(1);
    var one = new WorkerPool("one", 1);
    one.execute(() -> Thread.currentThread().interrupt());
    one.execute(
        () -> {
          if (Thread.currentThread().isInterrupted()) {
            interrupted.incrementAndGet();
          }
          done.countDown();
        });
    done.await();
    assertThat(interrupted).hasValue(0);
    one.close(Duration.ofSeconds(5));
  }

  @Test
  void renewedPoolLeavesNoThreadThatRanEarlierTasks() throws Exception {
    List<Thread> threads = new CopyOnWriteArrayList<>();
    var ran = new CountDownLatch(1);
    pool.execute(
        () -> {
          threads.add(Thread.currentThread());
          ran.countDown();
        });
    ran.await();

    pool.renew();
    threads.get(0).join();
    var again = new CountDownLatch(1);
    pool.execute(
        () -> {
          threads.add(Thread.currentThread());
          again.countDown();
        });
    again.await();
    assertThat(threads.get(1)).isNotSameAs(threads.get(0));
  }

  @Test
  void closingInterruptsAndRefusesWork() throws Exception {
    var inside = new CountDownLatch(1);
    var interrupted = new CountDownLatch(1);
    pool.execute(
        () -> {
          inside.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
        });
    inside.await();
    pool.close(Duration.ofSeconds(5));

    interrupted.await();
    assertThat(pool.size()).isZero();
    assertThat(pool.execute(() -> {})).isFalse();
  }

  static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
