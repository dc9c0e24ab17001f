package dev.gitvan.kernel.internal.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.hook.HookEvent;
import dev.gitvan.hook.HookListing;
import dev.gitvan.hook.HookOutcome;
import dev.gitvan.hook.HookReport;
import dev.gitvan.hook.spi.Hook;
import dev.gitvan.kernel.internal.Contributions;
import dev.gitvan.kernel.internal.Offers;
import dev.gitvan.kernel.internal.Recordings;
import dev.gitvan.kernel.internal.swap.Kernel;
import dev.gitvan.metrics.Operation;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.repository.WorktreeId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HooksTest {
  private static final Path GIT = Path.of("/repo/.git").toAbsolutePath();
  private static final WorktreeId WORKTREE =
      new WorktreeId(GIT, new RepositoryId(GIT), GIT.getParent());

  /** Time to end for hooks that do end. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Recordings metrics = new Recordings();
  private final Hooks hooks = new Hooks(new Kernel(), () -> metrics, 8, Duration.ofMillis(50));
  private final CountDownLatch free = new CountDownLatch(1);

  @AfterEach
  void close() {
    free.countDown();
    hooks.close();
  }

  private static HookEvent event(Duration limit) {
    return new HookEvent("pre-commit", WORKTREE, Map.of(), limit);
  }

  private static HookEvent event() {
    return event(Duration.ofSeconds(20));
  }

  private Offers<Hook> hook(String name, Hook hook) {
    return Offers.of(hook)
        .with("gitvan.hook.on", new String[] {"pre-commit"})
        .with("gitvan.hook.name", name);
  }

  private void add(String name, Hook hook) {
    hooks.add(hook(name, hook).offer());
  }

  private static List<HookOutcome> outcomes(HookReport report) {
    return report.answers().stream().map(HookReport.Answer::outcome).toList();
  }

  private HookOutcome stuck() {
    while (true) {
      try {
        free.await();
        return HookOutcome.passed();
      } catch (InterruptedException e) {
        // Ignores interrupts, as bad hooks do.
      }
    }
  }

  @Test
  void pointWithoutHooksCostsNothing() {
    var report = hooks.fire(event());
    assertThat(report.answers()).isEmpty();
    assertThat(metrics.counts()).isEmpty();
  }

  @Test
  void answersAreInTheHooksOrder() {
    hooks.add(hook("low", e -> HookOutcome.passed()).ranking(-5).offer());
    hooks.add(hook("high", e -> HookOutcome.vetoed("no")).ranking(5).offer());
    hooks.add(hook("middle", e -> HookOutcome.skipped("not mine")).offer());

    var report = hooks.fire(event());
    assertThat(report.answers())
        .extracting(HookReport.Answer::hook)
        .containsExactly("high", "middle", "low");
    assertThat(outcomes(report))
        .containsExactly(
            HookOutcome.vetoed("no"), HookOutcome.skipped("not mine"), HookOutcome.passed());
    assertThat(report.stoppedBy().orElseThrow().hook()).isEqualTo("high");
    assertThat(metrics.counts())
        .containsEntry(Operation.HOOK_CALL, 3L)
        .containsEntry(Operation.HOOK_CHAIN, 1L);
  }

  @Test
  void hooksThatWaitForEachOtherRunAtOnce() {
    var barrier = new CyclicBarrier(8);
    for (int i = 0; i < 8; i++) {
      add(
          "hook" + i,
          e -> {
            barrier.await();
            return HookOutcome.passed();
          });
    }
    assertThat(outcomes(hooks.fire(event()))).hasSize(8).containsOnly(HookOutcome.passed());
  }

  @Test
  void failuresStayWithTheHookThatFailed() {
    add(
        "throws",
        e -> {
          throw new IllegalStateException("broken");
        });
    add(
        "error",
        e -> {
          throw new NoClassDefFoundError("org/example/Missing");
        });
    add(
        "known",
        e -> {
          throw GitVanException.of(Codes.ACCESS_DENIED, "file", "no permission", "");
        });
    add("null", e -> null);
    add("good", e -> HookOutcome.passed());

    var report = hooks.fire(event());
    assertThat(outcomes(report).subList(0, 4)).allMatch(HookOutcome.Failed.class::isInstance);
    assertThat(((HookOutcome.Failed) outcomes(report).get(2)).problem().code())
        .isEqualTo(Codes.ACCESS_DENIED);
    assertThat(outcomes(report).get(4)).isEqualTo(HookOutcome.passed());
  }

  @Test
  void slowHookIsInterruptedAtItsOwnLimit() {
    var patient = new Hooks(new Kernel(), () -> metrics, 8, PATIENCE);
    patient.add(
        hook(
                "slow",
                e -> {
                  new CountDownLatch(1).await();
                  return HookOutcome.passed();
                })
            .with("gitvan.hook.timeout", "10ms")
            .offer());
    patient.add(hook("good", e -> HookOutcome.passed()).offer());

    var report = patient.fire(event());
    assertThat(outcomes(report))
        .containsExactly(new HookOutcome.TimedOut(Duration.ofMillis(10)), HookOutcome.passed());
    assertThat(report.stoppedBy()).isPresent();
    assertThat(patient.rejections()).isEmpty();
    assertThat(outcomes(patient.fire(event()))).hasSize(2);
    patient.close();
  }

  /**
   * Shown to fail without {@code pool.abandon}: with eight such hooks the pool has no thread left.
   */
  @Test
  void hookThatIgnoresInterruptsIsGivenUpAndQuarantined() {
    for (int i = 0; i < 8; i++) {
      hooks.add(hook("stuck" + i, e -> stuck()).with("gitvan.hook.timeout", "10ms").offer());
    }
    var first = hooks.fire(event());
    assertThat(outcomes(first)).allMatch(HookOutcome.TimedOut.class::isInstance);
    assertThat(hooks.rejections())
        .hasSize(8)
        .extracting(Rejection::code)
        .containsOnly(Contributions.QUARANTINED);

    add("good", e -> HookOutcome.passed());
    assertThat(outcomes(hooks.fire(event()))).containsExactly(HookOutcome.passed());
  }

  @Test
  void chainsLimitEndsWhatRunsAndForgoesTheRest() {
    var single = new Hooks(new Kernel(), () -> metrics, 1, Duration.ofMillis(50));
    var calls = new AtomicInteger();
    for (int i = 0; i < 3; i++) {
      single.add(
          hook(
                  "hook" + i,
                  e -> {
                    calls.incrementAndGet();
                    new CountDownLatch(1).await();
                    return HookOutcome.passed();
                  })
              .offer());
    }
    var limit = Duration.ofSeconds(1); // The first one begins within it.
    assertThat(outcomes(single.fire(event(limit))))
        .containsOnly(new HookOutcome.TimedOut(limit))
        .hasSize(3);
    assertThat(calls).hasValue(1);
    single.close();
  }

  @Test
  void interruptOfTheFiringThreadEndsTheChain() throws Exception {
    var inside = new CountDownLatch(1);
    add(
        "waits",
        e -> {
          inside.countDown();
          new CountDownLatch(1).await();
          return HookOutcome.passed();
        });
    var report = new AtomicReference<HookReport>();
    var flag = new AtomicReference<Boolean>();
    var thread =
        new Thread(
            () -> {
              report.set(hooks.fire(event()));
              flag.set(Thread.currentThread().isInterrupted());
            });
    thread.start();
    inside.await();
    thread.interrupt();
    thread.join();

    assertThat(((HookOutcome.Failed) outcomes(report.get()).get(0)).problem().code())
        .isEqualTo(Codes.INTERRUPTED);
    assertThat(flag.get()).isTrue();
    assertThat(report.get().stoppedBy()).isPresent();
  }

  @Test
  void interruptOfOneHookDoesNotReachTheNext() {
    var single = new Hooks(new Kernel(), () -> metrics, 1, PATIENCE);
    single.add(
        hook(
                "slow",
                e -> {
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException expected) {
                    Thread.currentThread().interrupt();
                  }
                  return HookOutcome.passed();
                })
            .with("gitvan.hook.timeout", "5ms")
            .offer());
    single.add(
        hook(
                "next",
                e ->
                    Thread.currentThread().isInterrupted()
                        ? HookOutcome.vetoed("interrupted")
                        : HookOutcome.passed())
            .offer());

    assertThat(outcomes(single.fire(event())).get(1)).isEqualTo(HookOutcome.passed());
    single.close();
  }

  @Test
  void manyChainsAtOnceEachGetAllAnswers() throws Exception {
    for (int i = 0; i < 10; i++) {
      int index = i;
      add("hook" + i, e -> index % 3 == 0 ? HookOutcome.skipped("x") : HookOutcome.passed());
    }
    ExecutorService callers = Executors.newFixedThreadPool(8);
    var wrong = new AtomicInteger();
    var done = new CountDownLatch(400);
    for (int i = 0; i < 400; i++) {
      callers.execute(
          () -> {
            var report = hooks.fire(event());
            if (outcomes(report).stream().filter(HookOutcome.Skipped.class::isInstance).count() != 4
                || report.answers().size() != 10) {
              wrong.incrementAndGet();
            }
            done.countDown();
          });
    }
    done.await();
    callers.shutdown();
    assertThat(wrong).hasValue(0);
  }

  /** Shown to fail when chains do not hold the hooks of the snapshot they took. */
  @Test
  void hookThatIsSwappedWhileChainsRunIsCalledInEveryOne() throws Exception {
    var stop = new AtomicInteger();
    var wrong = new AtomicInteger();
    var version = hook("gate", e -> HookOutcome.passed()).bundle("org.example", "1.0.0", 1);
    hooks.add(version.offer());
    var firing =
        new Thread(
            () -> {
              while (stop.get() == 0) {
                if (!outcomes(hooks.fire(event())).equals(List.of(HookOutcome.passed()))) {
                  wrong.incrementAndGet();
                }
              }
            });
    firing.start();
    for (int i = 1; i < 500; i++) {
      var next = hook("gate", e -> HookOutcome.passed()).bundle("org.example", "1.0." + i, 1 + i);
      hooks.add(next.offer());
      hooks.remove(version);
      version = next;
    }
    stop.set(1);
    firing.join();
    assertThat(wrong).hasValue(0);
  }

  @Test
  void hookThatCannotBeActivatedStopsItsGate() {
    hooks.add(hook("gate", null).offer());
    assertThat(hooks.fire(event()).stoppedBy()).isPresent();
  }

  @Test
  void rejectsHooksWithoutAPointOrWithABadTimeout() {
    hooks.add(Offers.<Hook>of(e -> HookOutcome.passed()).offer());
    hooks.add(hook("x", e -> HookOutcome.passed()).with("gitvan.hook.timeout", "soon").offer());

    assertThat(hooks.rejections())
        .extracting(Rejection::code)
        .containsExactly("POINT_MISSING", "TIMEOUT_INVALID");
    assertThat(hooks.list(WORKTREE, null)).isEmpty();
  }

  @Test
  void listsByPoint() {
    hooks.add(
        Offers.<Hook>of(e -> HookOutcome.passed())
            .with("gitvan.hook.on", List.of("post-commit", "post-merge"))
            .with("component.name", "org.example.Both")
            .offer());
    assertThat(hooks.list(WORKTREE, "post-merge"))
        .containsExactly(
            new HookListing(
                "org.example.Both", "post-merge", "org.example.plugin 1.0.0", List.of()));
    assertThat(hooks.list(WORKTREE, null)).hasSize(2);
    assertThat(hooks.list(WORKTREE, "pre-push")).isEmpty();
  }

  @Test
  void orderIsKeptWhileTheRestRunsInParallel() {
    var order = new ConcurrentLinkedQueue<String>();
    var barrier = new CyclicBarrier(2);
    Hook first =
        e -> {
          barrier.await();
          order.add("format");
          return HookOutcome.fixed(List.of("a.txt"));
        };
    Hook second =
        e -> {
          order.add("lint");
          return HookOutcome.passed();
        };
    hooks.add(hook("lint", second).with("gitvan.hook.after", "format").ranking(9).offer());
    hooks.add(hook("format", first).offer());
    // Needs the other one to run at the same time.
    add(
        "beside",
        e -> {
          barrier.await();
          return HookOutcome.passed();
        });

    var report = hooks.fire(event());
    assertThat(order).containsExactly("format", "lint");
    assertThat(report.answers())
        .extracting(HookReport.Answer::hook)
        .containsExactly("format", "lint", "beside");
    assertThat(report.fixedFiles()).containsExactly("a.txt");
  }

  @Test
  void restOfAGroupIsSkippedOnceAGateIsStopped() {
    grouped("checks", "one", HookOutcome.passed(), 3);
    grouped("checks", "two", HookOutcome.vetoed("no"), 2);
    grouped("checks", "three", HookOutcome.passed(), 1);
    grouped("checks", "four", HookOutcome.passed(), 0);
    grouped("other", "five", HookOutcome.passed(), -1);

    var skipped = HookOutcome.skipped("two has stopped the operation");
    assertThat(outcomes(hooks.fire(event())))
        .containsExactly(
            HookOutcome.passed(), HookOutcome.vetoed("no"), skipped, skipped, HookOutcome.passed());
    var notification = new HookEvent("post-commit", WORKTREE, Map.of(), HookEvent.DEFAULT_LIMIT);
    assertThat(outcomes(hooks.fire(notification))).noneMatch(HookOutcome.Skipped.class::isInstance);
  }

  private void grouped(String group, String name, HookOutcome outcome, int ranking) {
    hooks.add(
        hook(name, e -> outcome)
            .with("gitvan.hook.on", List.of("pre-commit", "post-commit"))
            .with("gitvan.hook.group", group)
            .ranking(ranking)
            .offer());
  }

  /** Shown to fail when the end of an abandoned call does not release what waits for it. */
  @Test
  void hookThatIsGivenUpHoldsNobodyUp() {
    hooks.add(hook("stuck", e -> stuck()).with("gitvan.hook.timeout", "10ms").offer());
    hooks.add(hook("next", e -> HookOutcome.passed()).with("gitvan.hook.after", "stuck").offer());
    assertThat(outcomes(hooks.fire(event())))
        .containsExactly(new HookOutcome.TimedOut(Duration.ofMillis(10)), HookOutcome.passed());
  }

  @Test
  void hooksThatWaitForOneThatTakesTheWholeLimitAreForgone() {
    var limit = Duration.ofSeconds(1);
    hooks.add(
        hook(
                "slow",
                e -> {
                  new CountDownLatch(1).await();
                  return HookOutcome.passed();
                })
            .offer());
    var calls = new AtomicInteger();
    hooks.add(
        hook(
                "next",
                e -> {
                  calls.incrementAndGet();
                  return HookOutcome.passed();
                })
            .with("gitvan.hook.after", "slow")
            .offer());
    assertThat(outcomes(hooks.fire(event(limit))))
        .hasSize(2)
        .containsOnly(new HookOutcome.TimedOut(limit));
    assertThat(calls).hasValue(0);
  }

  @Test
  void hooksOnACycleFailAndTheOthersAreCalled() {
    hooks.add(hook("a", e -> HookOutcome.passed()).with("gitvan.hook.before", "b").offer());
    hooks.add(hook("b", e -> HookOutcome.passed()).with("gitvan.hook.before", "a").offer());
    add("c", e -> HookOutcome.passed());

    var report = hooks.fire(event());
    assertThat(outcomes(report).subList(0, 2))
        .allSatisfy(
            outcome ->
                assertThat(((HookOutcome.Failed) outcome).problem().toString())
                    .startsWith("HOOK_CYCLE hook ")
                    .contains("a before b before a"));
    assertThat(outcomes(report).get(2)).isEqualTo(HookOutcome.passed());
    assertThat(hooks.list(WORKTREE, "pre-commit"))
        .extracting(listing -> listing.problems().size())
        .containsExactly(1, 1, 0);
  }

  @Test
  void longChainsOfDependenciesEndInOrder() {
    var order = new ConcurrentLinkedQueue<Integer>();
    for (int i = 99; i >= 0; i--) {
      int index = i;
      hooks.add(
          hook(
                  "hook" + i,
                  e -> {
                    order.add(index);
                    return HookOutcome.passed();
                  })
              .with("gitvan.hook.after", "hook" + (i - 1))
              .offer());
    }
    for (int round = 0; round < 100; round++) {
      assertThat(outcomes(hooks.fire(event()))).hasSize(100).containsOnly(HookOutcome.passed());
      assertThat(order).containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
      order.clear();
    }
  }
}
