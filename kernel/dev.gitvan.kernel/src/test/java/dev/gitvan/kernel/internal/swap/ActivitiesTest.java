package dev.gitvan.kernel.internal.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.kernel.internal.Threads;
import dev.gitvan.kernel.internal.Threads.Started;
import dev.gitvan.kernel.internal.swap.Activities.KernelStoppedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ActivitiesTest {
  private final Activities activities = new Activities();

  private Activity begin(String label) throws KernelStoppedException {
    return activities.begin(label, null);
  }

  private List<Activity> active() {
    return activities.active(activity -> true);
  }

  /** Counts who holds it. */
  private static final class Used implements Holdable {
    final AtomicInteger holders = new AtomicInteger();

    @Override
    public boolean addHolder() {
      holders.incrementAndGet();
      return true;
    }

    @Override
    public void release() {
      holders.decrementAndGet();
    }

    @Override
    public long bundleId() {
      return 7;
    }

    @Override
    public String bundle() {
      return "a 1.0.0";
    }

    @Override
    public boolean isLost() {
      return false;
    }
  }

  @Test
  void gateHoldsNewActivitiesUntilItOpens() throws Exception {
    activities.closeGate();
    var waiting = Threads.start(() -> begin("run")).awaitBlocked();
    assertThat(active()).isEmpty();
    activities.openGate();

    var activity = waiting.join();
    assertThat(active()).containsExactly(activity);
  }

  @Test
  void nestedActivitiesPassTheGate() throws Exception {
    var outer = begin("outer");
    activities.closeGate();
    try (var binding = activities.bind(outer)) {
      var inner = begin("inner");
      assertThat(active()).containsExactly(outer, inner);
    }
  }

  @Test
  void activitiesWithinAParkedOneDoNotPassTheGate() throws Exception {
    var shell = begin("shell");
    shell.park(true);
    activities.closeGate();
    var waiting =
        Threads.start(
                () -> {
                  try (var binding = activities.bind(shell)) {
                    return begin("command");
                  }
                })
            .awaitBlocked();
    activities.openGate();

    assertThat(waiting.join()).hasToString("command");
  }

  @Test
  void interruptEndsTheWaitAtTheGate() throws Exception {
    activities.closeGate();
    var interrupted = new ArrayList<Boolean>();
    var waiting =
        Threads.start(
                () -> {
                  try {
                    return begin("run");
                  } finally {
                    interrupted.add(Thread.currentThread().isInterrupted());
                  }
                })
            .awaitBlocked();
    waiting.thread().interrupt();

    assertThatThrownBy(waiting::join)
        .hasCauseInstanceOf(GitVanException.class)
        .hasMessageContaining(Codes.INTERRUPTED.name());
    assertThat(interrupted).containsExactly(true);
    assertThat(active()).isEmpty();
  }

  @Test
  void endStopsThoseWhoWaitAndThoseWhoCome() throws Exception {
    var outer = begin("outer");
    activities.closeGate();
    var waiting = Threads.start(() -> begin("run")).awaitBlocked();
    activities.end();

    assertThatThrownBy(waiting::join).hasCauseInstanceOf(KernelStoppedException.class);
    assertThatThrownBy(() -> begin("late")).isInstanceOf(KernelStoppedException.class);
    assertThat(activities.isOver()).isTrue();
    // What runs goes on to its end.
    try (var binding = activities.bind(outer)) {
      assertThat(begin("inner")).isNotNull();
    }
  }

  @Test
  void bindingsNest() throws Exception {
    var outer = begin("outer");
    var inner = begin("inner");
    try (var first = activities.bind(outer)) {
      try (var second = activities.bind(inner)) {
        assertThat(activities.current()).isSameAs(inner);
      }
      assertThat(activities.current()).isSameAs(outer);
    }
    assertThat(activities.current()).isNull();
  }

  @Test
  void carriedWorkBelongsToTheActivityOfWhoAsked() throws Exception {
    var seen = new ArrayList<Activity>();
    var activity = begin("run");
    Runnable bound;
    try (var binding = activities.bind(activity)) {
      bound = activities.carry(() -> seen.add(activities.current()));
    }
    var unbound = activities.carry(() -> seen.add(activities.current()));
    Threads.start(
            () -> {
              bound.run();
              seen.add(activities.current());
              try (var binding = activities.bind(activity)) {
                unbound.run();
                return seen.add(activities.current());
              }
            })
        .join();

    assertThat(seen).containsExactly(activity, null, null, activity);
  }

  @Test
  void activityKeepsWhatItUsesUntilItEnds() throws Exception {
    var used = new Used();
    var activity = begin("run");
    assertThat(activity.keep(used)).isTrue();
    assertThat(activity.keep(used)).isTrue();
    assertThat(used.holders).hasValue(1);
    assertThat(activity.uses(7)).isTrue();
    assertThat(activity.uses(8)).isFalse();

    activity.close();
    activity.close();
    assertThat(used.holders).hasValue(0);
    assertThat(active()).isEmpty();
    assertThat(activity.keep(used)).isTrue();
    assertThat(used.holders).hasValue(0);
  }

  @Test
  void parkedActivityIsNotCountedAndKeepsNothing() throws Exception {
    var used = new Used();
    var shell = begin("shell");
    shell.keep(used);
    var waiting =
        Threads.start(() -> activities.await(() -> active().isEmpty(), null)).awaitBlocked();
    shell.park(true);

    assertThat(waiting.join()).isTrue();
    assertThat(used.holders).hasValue(0);
    assertThat(shell.uses(7)).isFalse();
    assertThat(shell.isKeeping()).isFalse();
    assertThat(shell.keep(used)).isTrue();
    assertThat(used.holders).hasValue(0);

    shell.park(false);
    assertThat(active()).containsExactly(shell);
    assertThat(shell.keep(used)).isTrue();
    assertThat(used.holders).hasValue(1);
  }

  /** A command on a thread of its own; when it is interrupted, it does something and ends. */
  private Started<Boolean> command(CountDownLatch begun, Runnable afterwards) {
    return Threads.start(
        () -> {
          try (var activity = activities.begin("command", Thread.currentThread())) {
            begun.countDown();
            new CountDownLatch(1).await();
            return false;
          } catch (InterruptedException e) {
            afterwards.run();
            return true;
          }
        });
  }

  @Test
  void endCommandsInterruptsTheOthersAndWaitsForThem() throws Exception {
    var begun = new CountDownLatch(2);
    var one = command(begun, () -> {});
    var two = command(begun, () -> {});
    begun.await();
    var run = begin("run");
    try (var own = activities.begin("exit", Thread.currentThread())) {
      activities.endCommands(Duration.ofSeconds(50));

      assertThat(active()).containsExactly(run, own);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
    assertThat(one.join()).isTrue();
    assertThat(two.join()).isTrue();
  }

  @Test
  void endCommandsGivesUpOnACommandThatGoesOn() throws Exception {
    var begun = new CountDownLatch(1);
    var released = new CountDownLatch(1);
    var one =
        Threads.start(
            () -> {
              try (var activity = activities.begin("command", Thread.currentThread())) {
                begun.countDown();
                while (true) {
                  try {
                    released.await();
                    return true;
                  } catch (InterruptedException e) {
                    // Ignored, as bad commands do.
                  }
                }
              }
            });
    begun.await();
    activities.endCommands(Duration.ofMillis(50));

    assertThat(one.result()).isNotDone();
    assertThat(active()).hasSize(1);
    released.countDown();
    assertThat(one.join()).isTrue();
  }
}
