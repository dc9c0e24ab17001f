package dev.gitvan.kernel.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.extension.Extension;
import dev.gitvan.extension.Extension.Answer;
import dev.gitvan.kernel.internal.swap.Activity;
import dev.gitvan.kernel.internal.swap.Kernel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ConcurrentCallsTest {
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final Duration SHORT = Duration.ofMillis(20);

  private final Kernel kernel = new Kernel();
  private final Contributions<Callable<Object>, String> contributions =
      new Contributions<>(
          kernel, "test", offer -> (String) offer.properties().get("name"), n -> n, () -> {});

  /** What ends calls that ignore interrupts, when the test is over. */
  private final CountDownLatch free = new CountDownLatch(1);

  @AfterEach
  void free() {
    free.countDown();
  }

  private void add(String name, Callable<Object> service) {
    contributions.add(Offers.of(service).with("name", name).offer());
  }

  private List<Answer<Object>> call(Duration limit, Duration grace) {
    List<Extension<Callable<Object>, String>> all = List.copyOf(contributions.active());
    return new ConcurrentCalls(kernel.activities(), grace).call(all, Callable::call, limit);
  }

  private Object ignoreInterrupts() {
    while (free.getCount() > 0) {
      try {
        free.await();
      } catch (InterruptedException e) {
        // That is what it is for.
      }
    }
    return "ended";
  }

  @Test
  void answersInOrderAndIsolatesFailures() {
    add("first", () -> 1);
    add(
        "second",
        () -> {
          throw new StackOverflowError();
        });
    add("third", () -> 3);

    var answers = call(LONG, LONG);

    assertThat(answers).extracting(Answer::value).containsExactly(1, null, 3);
    assertThat(answers.get(1).failure()).isInstanceOf(StackOverflowError.class);
  }

  @Test
  void callsAtTheSameTime() {
    var meeting = new CyclicBarrier(2);
    add("one", meeting::await);
    add("other", meeting::await);

    assertThat(call(LONG, LONG)).extracting(Answer::value).containsExactlyInAnyOrder(0, 1);
  }

  @Test
  void interruptsACallAtTheLimit() {
    var interrupted = new CountDownLatch(1);
    add("quick", () -> "answer");
    add(
        "slow",
        () -> {
          try {
            free.await();
          } finally {
            interrupted.countDown();
          }
          return null;
        });

    // On a busy machine a call may not even begin within the limit.
    List<Answer<Object>> answers = List.of();
    while (interrupted.getCount() > 0) {
      answers = call(SHORT, LONG);
    }

    assertThat(answers.get(1).failure())
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("20 ms");
    assertThat(contributions.rejections()).isEmpty();
  }

  @Test
  void quarantinesWhatIgnoresTheInterrupt() {
    add("stuck", this::ignoreInterrupts);

    // As above.
    List<Answer<Object>> answers = List.of();
    while (!contributions.active().isEmpty()) {
      answers = call(SHORT, SHORT);
    }

    assertThat(answers.get(0).failure()).isInstanceOf(TimeoutException.class);
    assertThat(contributions.active()).isEmpty();
    assertThat(contributions.rejections())
        .extracting(Rejection::code)
        .containsExactly(Contributions.QUARANTINED);
  }

  @Test
  void endsWhenTheCallerIsInterrupted() throws Exception {
    add("waits", () -> free.await(50, TimeUnit.SECONDS));
    var call =
        Threads.start(
            () -> {
              Thread.currentThread().interrupt();
              var answers = call(LONG, LONG);
              assertThat(Thread.interrupted()).isTrue();
              return answers;
            });

    var answers = call.join();

    assertThat(answers.get(0).failure()).isInstanceOf(InterruptedException.class);
    assertThat(contributions.rejections()).isEmpty();
  }

  @Test
  void worksForTheCallersActivity() throws Exception {
    var activities = kernel.activities();
    add("asks", activities::current);
    Activity activity = activities.begin("test", null);
    try (var binding = activities.bind(activity)) {
      assertThat(call(LONG, LONG)).extracting(Answer::value).containsExactly(activity);
    }
    activity.close();
  }
}
