package dev.gitvan.kernel.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.ExitStatus;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.extension.spi.SharedService;
import dev.gitvan.hook.HookEvent;
import dev.gitvan.hook.HookOutcome;
import dev.gitvan.job.Artifact;
import dev.gitvan.job.JobOrder;
import dev.gitvan.job.JobRun;
import dev.gitvan.job.Priority;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.RunEvent;
import dev.gitvan.job.RunState;
import dev.gitvan.job.RunStatus;
import dev.gitvan.job.StandardStream;
import dev.gitvan.job.StepStatus;
import dev.gitvan.job.Trigger;
import dev.gitvan.job.spi.Job;
import dev.gitvan.job.spi.JobContext;
import dev.gitvan.job.spi.JobResult;
import dev.gitvan.job.spi.RunTransactions;
import dev.gitvan.job.spi.Staging.CommitSpec;
import dev.gitvan.job.spi.StepResult;
import dev.gitvan.kernel.internal.Contributions;
import dev.gitvan.kernel.internal.Offers;
import dev.gitvan.kernel.internal.shared.SharedProxies;
import dev.gitvan.kernel.internal.shared.SharedServices;
import dev.gitvan.metrics.CounterId;
import dev.gitvan.metrics.Operation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunnerTest {
  @TempDir Path directory;
  private Runs runs;

  @BeforeEach
  void open() {
    runs = new Runs(directory);
  }

  @AfterEach
  void close() {
    runs.close();
  }

  private static void commit(JobContext context, String message) {
    context.staging().commit(new CommitSpec(message, List.of("file")));
  }

  @Test
  void goodRunAppliesItsTransactionWithACompleteReceipt() {
    runs.job(
        "greet",
        "inputs",
        "name=world",
        context -> {
          context.print(StandardStream.OUT, "hello " + context.inputs().get("name"));
          context.artifact(new Artifact("out.txt", "00", 3));
          context.step("template", "render", null, () -> StepResult.ok("wrote out.txt"));
          commit(context, "c1");
          return JobResult.ok();
        });
    var head = runs.git.head();
    var run = runs.submit(runs.order("greet").inputs(Map.of("name", "you")));
    var receipt = Runs.ended(run);

    assertThat(runs.git.commits()).containsExactly("c1");
    assertThat(runs.git.receipts).containsExactly(receipt);
    assertThat(runs.git.open).hasValue(0);
    assertThat(receipt.id()).isEqualTo(run.id()).matches("[0-9A-HJKMNP-TV-Z]{26}");
    assertThat(receipt.job()).isEqualTo("greet");
    assertThat(receipt.version()).isEqualTo("1.0.0");
    assertThat(receipt.parent()).isEmpty();
    assertThat(receipt.trigger()).isEqualTo(Trigger.command());
    assertThat(receipt.head()).isEqualTo(head);
    assertThat(receipt.commit()).isEqualTo(runs.git.head());
    assertThat(receipt.branch()).isEqualTo("refs/heads/main");
    assertThat(receipt.worktree()).isEqualTo(runs.worktree.name());
    assertThat(receipt.status()).isEqualTo(RunStatus.OK);
    assertThat(receipt.finished()).isAfterOrEqualTo(receipt.started());
    assertThat(receipt.attempt()).isEqualTo(1);
    assertThat(receipt.inputs()).isEqualTo(Map.of("name", "you"));
    assertThat(receipt.artifacts()).containsExactly(new Artifact("out.txt", "00", 3));
    assertThat(receipt.steps())
        .singleElement()
        .satisfies(step -> assertThat(step.status()).isEqualTo(StepStatus.OK));
    assertThat(receipt.error()).isNull();
    assertThat(receipt.fingerprint())
        .isEqualTo(runs.jobs.find(runs.worktree, "greet").fingerprint());
    assertThat(receipt.host()).isEqualTo("testhost");
    assertThat(receipt.gitvan()).isEqualTo("9.9.9");
    assertThat(runs.heard.all)
        .containsExactly(
            "started greet", "OUT hello you", "step render", "step render ok", "finished greet ok");
    assertThat(runs.metrics.counts())
        .containsEntry(Operation.JOB_RUN, 1L)
        .containsEntry(Operation.QUEUE_WAIT, 1L);
    assertThat(runs.active()).isEmpty();
    assertThat(run.existing()).isFalse();
  }

  @Test
  void failedRunLeavesOnlyItsReceipt() {
    var cause = new IllegalStateException("broken");
    runs.job(
        "bad",
        context -> {
          commit(context, "c1");
          throw cause;
        });
    var run = runs.start("bad");
    var receipt = Runs.ended(run);

    assertThat(runs.git.commits()).isEmpty();
    assertThat(runs.git.receipts).containsExactly(receipt);
    assertThat(receipt.status()).isEqualTo(RunStatus.FAILED);
    assertThat(receipt.commit()).isEmpty();
    assertThat(receipt.error().code()).isEqualTo(Codes.JOB_FAILED);
    assertThat(receipt.error().what()).contains("broken");
    assertThat(run.failure()).containsSame(cause);
  }

  @Test
  void problemOfAJobIsThatOfItsRun() {
    runs.job(
        "bad",
        c -> {
          throw GitVanException.of(Codes.TEMPLATE_SYNTAX, "a.peb:1", "unclosed", "Close it.");
        });
    runs.job("says", c -> JobResult.failed("no luck"));
    runs.job("null", c -> null);
    runs.job(
        "error",
        c -> {
          throw new NoClassDefFoundError("org/example/X");
        });

    assertThat(runs.run("bad").error().toString())
        .isEqualTo("TEMPLATE_SYNTAX a.peb:1: unclosed. Close it.");
    assertThat(runs.run("says").error().toString()).isEqualTo("JOB_FAILED says: no luck.");
    assertThat(runs.run("null").error().code()).isEqualTo(Codes.JOB_FAILED);
    assertThat(runs.run("error").error().code()).isEqualTo(Codes.JOB_FAILED);
  }

  @Test
  void skippedRunSaysSo() {
    runs.job("skip", "then", "next", c -> JobResult.skipped("nothing to do"));
    assertThat(runs.run("skip").status()).isEqualTo(RunStatus.SKIPPED);
    assertThat(runs.git.receipts).hasSize(1);
  }

  @Test
  void stepThatFailsNamesItself() {
    runs.job(
        "steps",
        c -> {
          c.step("run", "first", null, () -> StepResult.unchanged("as it was"));
          c.step(
              "run",
              "second",
              null,
              () -> {
                throw new IllegalStateException("x");
              });
          return JobResult.ok();
        });
    var receipt = runs.run("steps");
    assertThat(receipt.error().code()).isEqualTo(Codes.STEP_FAILED);
    assertThat(receipt.error().place()).isEqualTo("steps second");
    assertThat(receipt.steps())
        .extracting(s -> s.name() + " " + s.status())
        .containsExactly("first unchanged", "second failed");
  }

  @Test
  void requestsThatCannotRunAreRefusedWithoutATrace() {
    runs.job("greet", "inputs", new String[] {"limit=1"}, c -> JobResult.ok());
    runs.job("none", c -> JobResult.ok());
    var deep = new AtomicReference<Object>("x");
    for (int i = 0; i < 10_000; i++) {
      deep.set(List.of(deep.get()));
    }

    refused("JOB_NOT_FOUND gret: there is no such job. Did you mean greet?", "gret", Map.of());
    refused(
        "JOB_INPUT_INVALID greet: there is no input limt. Did you mean limit?",
        "greet",
        Map.of("limt", 1));
    refused(
        "JOB_INPUT_INVALID none: there is no input a. The job declares no inputs.",
        "none",
        Map.of("a", 1));
    refused(Codes.JOB_INPUT_INVALID.name(), "greet", Map.of("limit", new Object()));
    refused(Codes.PAYLOAD_TOO_DEEP.name(), "greet", Map.of("limit", deep.get()));
    refused(Codes.PAYLOAD_TOO_LARGE.name(), "greet", Map.of("limit", "x".repeat(20_000_000)));
    assertThatThrownBy(() -> runs.submit(runs.order("none").timeout(Duration.ofSeconds(-5))))
        .hasMessageContaining(Codes.JOB_TIMEOUT_INVALID.name());
    assertThatThrownBy(
            () ->
                runs.submit(
                    runs.order("none").trigger(new Trigger(Trigger.Kind.JOB, "", "x", 9, "id"))))
        .hasMessageContaining(Codes.JOB_DEPTH.name());
    assertThat(runs.git.receipts).isEmpty();
    assertThat(runs.heard.all).isEmpty();
  }

  private void refused(String message, String job, Map<String, Object> inputs) {
    assertThatThrownBy(() -> runs.submit(runs.order(job).inputs(inputs)))
        .hasMessageContaining(message);
  }

  @Test
  void nowIsTheRequestsOrTheStart() {
    var seen = new CopyOnWriteArrayList<Instant>();
    runs.job(
        "now",
        c -> {
          seen.add(c.now());
          return JobResult.ok();
        });
    var fixed = Instant.parse("2020-01-02T03:04:05Z");
    Runs.ended(runs.submit(runs.order("now").now(fixed)));
    var receipt = runs.run("now");
    assertThat(seen).containsExactly(fixed, receipt.started());
  }

  @Test
  void higherPriorityStartsFirstAndEqualOnesInOrder() throws Exception {
    runs.configure("queue: { concurrency: 1 }\n");
    var inside = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var order = new CopyOnWriteArrayList<String>();
    runs.job(
        "first",
        c -> {
          inside.countDown();
          go.await();
          return JobResult.ok();
        });
    runs.job(
        "next",
        "inputs",
        "n=x",
        c -> {
          order.add(String.valueOf(c.inputs().get("n")));
          return JobResult.ok();
        });
    runs.start("first");
    inside.await();
    var waiting = new ArrayList<JobRun>();
    for (var n :
        List.of(
            "low1 LOW",
            "normal1 NORMAL",
            "high1 HIGH",
            "low2 LOW",
            "high2 HIGH",
            "normal2 NORMAL")) {
      var parts = n.split(" ");
      waiting.add(
          runs.submit(
              runs.order("next")
                  .inputs(Map.of("n", parts[0]))
                  .priority(Priority.valueOf(parts[1]))));
    }
    assertThat(runs.active()).hasSize(7);
    go.countDown();
    waiting.forEach(Runs::ended);
    assertThat(order).containsExactly("high1", "high2", "normal1", "normal2", "low1", "low2");
  }

  @Test
  void fullQueueRefuses() throws Exception {
    runs.configure("queue: { concurrency: 1, capacity: 2 }\n");
    var inside = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    runs.job(
        "job",
        c -> {
          inside.countDown();
          go.await();
          return JobResult.ok();
        });
    runs.start("job");
    inside.await();
    var second = runs.start("job");
    var third = runs.start("job");
    assertThatThrownBy(() -> runs.submit(runs.order("job").key("k")))
        .hasMessageContaining("QUEUE_FULL job: 2 runs are already waiting.");
    assertThat(runs.metrics.counters()).containsEntry(CounterId.QUEUE_REFUSED, 1L);
    go.countDown();
    Runs.ended(second);
    Runs.ended(third);
    assertThat(Runs.ended(runs.submit(runs.order("job").key("k"))).status())
        .isEqualTo(RunStatus.OK);
  }

  @Test
  void runsOfOneRepositoryAtOnceAreBounded() {
    runs.configure("queue: { concurrency: 2 }\ndaemon: { workers: 8 }\n");
    var now = new AtomicInteger();
    var most = new AtomicInteger();
    var pairs = new CyclicBarrier(2);
    runs.job(
        "job",
        c -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          pairs.await();
          now.decrementAndGet();
          return JobResult.ok();
        });
    var all = new ArrayList<JobRun>();
    for (int i = 0; i < 20; i++) {
      all.add(runs.start("job"));
    }
    all.forEach(run -> assertThat(Runs.ended(run).status()).isEqualTo(RunStatus.OK));
    assertThat(most).hasValue(2);
  }

  @Test
  void deadlineInterruptsAndDiscards() {
    runs.job(
        "slow",
        "timeout",
        "30ms",
        c -> {
          commit(c, "c1");
          Runs.sleep();
          return JobResult.ok();
        });
    var receipt = runs.run("slow");
    assertThat(receipt.status()).isEqualTo(RunStatus.TIMEOUT);
    assertThat(receipt.error().code()).isEqualTo(Codes.TIMEOUT);
    assertThat(receipt.error().what()).contains("30ms");
    assertThat(runs.git.commits()).isEmpty();
    assertThat(runs.git.receipts).hasSize(1);
    assertThat(runs.jobs.rejections()).isEmpty();
  }

  @Test
  void jobThatEndsWellAfterItsDeadlineHasTimedOutAllTheSame() {
    runs.job(
        "slow",
        "timeout",
        "30ms",
        c -> {
          commit(c, "c1");
          try {
            Runs.sleep();
          } catch (InterruptedException e) {
            return JobResult.ok();
          }
          return null;
        });
    assertThat(runs.run("slow").status()).isEqualTo(RunStatus.TIMEOUT);
    assertThat(runs.git.commits()).isEmpty();
  }

  @Test
  void requestsTimeoutReplacesTheDefinitions() {
    runs.job(
        "slow",
        c -> {
          Runs.sleep();
          return JobResult.ok();
        });
    var run = runs.submit(runs.order("slow").timeout(Duration.ofMillis(20)));
    assertThat(Runs.ended(run).status()).isEqualTo(RunStatus.TIMEOUT);
  }

  /** Shown to fail when the watch waits for the body without patience: the run never ends. */
  @Test
  void jobThatIgnoresInterruptsIsGivenUpAndItsBundleRefused() {
    runs.configure("queue: { concurrency: 1 }\ndaemon: { workers: 1 }\n");
    var contexts = new AtomicReference<JobContext>();
    runs.job(
        "stuck",
        "timeout",
        "500ms",
        c -> {
          contexts.set(c);
          commit(c, "c1");
          c.step(
              "run",
              "hangs",
              null,
              () -> {
                runs.hang();
                return StepResult.ok("");
              });
          return JobResult.ok();
        });
    runs.job("other", c -> JobResult.ok());
    var run = runs.start("stuck");
    var receipt = Runs.ended(run);

    assertThat(receipt.status()).isEqualTo(RunStatus.TIMEOUT);
    assertThat(receipt.steps())
        .singleElement()
        .satisfies(s -> assertThat(s.status()).isEqualTo(StepStatus.TIMEOUT));
    assertThat(runs.git.receipts).containsExactly(receipt);
    assertThat(runs.git.commits()).isEmpty();
    assertThat(run.failure().orElseThrow().getStackTrace()).isNotEmpty();
    assertThatThrownBy(() -> runs.start("other"))
        .hasMessageContaining(Codes.JOB_NO_HANDLER.name())
        .hasMessageContaining("job stuck did not end within 1s of being interrupted");
    assertThatThrownBy(() -> contexts.get().staging()).hasMessageContaining("ended without it");

    runs.jobs.add(
        Offers.<Job>of(c -> JobResult.ok())
            .with("gitvan.job.name", "good")
            .bundle("another", "1", 99)
            .offer());
    assertThat(runs.run("good").status()).isEqualTo(RunStatus.OK);
  }

  /** Shown to fail when the job is quarantined, whatever is stuck: the step type stays active. */
  @Test
  void stepTypeThatIgnoresInterruptsIsGivenUpAndNotTheJobThatUsesIt() {
    var steps =
        new Contributions<Runnable, String>(runs.kernel, "step", o -> "hang", n -> n, () -> {});
    steps.add(Offers.<Runnable>of(runs::hang).bundle("org.example.steps", "1", 98).offer());
    var step = steps.active().get(0);
    runs.job(
        "stuck",
        "timeout",
        "500ms",
        c -> {
          step.call(
              type -> {
                type.run();
                return null;
              });
          return JobResult.ok();
        });
    runs.job("other", c -> JobResult.ok());

    assertThat(runs.run("stuck").status()).isEqualTo(RunStatus.TIMEOUT);
    assertThat(step.isActive()).isFalse();
    assertThat(steps.rejections())
        .singleElement()
        .satisfies(r -> assertThat(r.code()).isEqualTo(Contributions.QUARANTINED))
        .satisfies(r -> assertThat(r.bundle()).isEqualTo("org.example.steps 1.0.0"));
    assertThat(runs.run("other").status()).isEqualTo(RunStatus.OK);
  }

  @Test
  void jobStuckInsideTheTransactionDoesNotKeepTheRunner() {
    var delegate = runs.git;
    runs.transactions = new StuckGit(delegate, runs::hang);
    runs.job(
        "stuck",
        "timeout",
        "500ms",
        c -> {
          commit(c, "c1");
          return JobResult.ok();
        });
    assertThat(runs.run("stuck").status()).isEqualTo(RunStatus.TIMEOUT);
    assertThat(delegate.receipts).hasSize(1);
    assertThat(delegate.commits()).isEmpty();
  }

  @Test
  void stepHasALimitOfItsOwn() {
    runs.job(
        "steps",
        c -> {
          c.step(
              "run",
              "slow",
              Duration.ofMillis(20),
              () -> {
                Runs.sleep();
                return StepResult.ok("");
              });
          return JobResult.ok();
        });
    var receipt = runs.run("steps");
    assertThat(receipt.status()).isEqualTo(RunStatus.TIMEOUT);
    assertThat(receipt.error().place()).isEqualTo("steps slow");
    assertThat(receipt.steps())
        .singleElement()
        .satisfies(s -> assertThat(s.status()).isEqualTo(StepStatus.TIMEOUT));
  }

  @Test
  void interruptOfAStepDoesNotReachTheNextOne() {
    runs.job(
        "steps",
        c -> {
          try {
            c.step(
                "run",
                "slow",
                Duration.ofMillis(10),
                () -> {
                  try {
                    Runs.sleep();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  return StepResult.ok("");
                });
          } catch (GitVanException late) {
            assertThat(late.code()).isEqualTo(Codes.TIMEOUT);
          }
          c.step(
              "run",
              "next",
              null,
              () -> {
                c.checkpoint();
                return Thread.currentThread().isInterrupted() ? null : StepResult.ok("");
              });
          return JobResult.ok();
        });
    assertThat(runs.run("steps").status()).isEqualTo(RunStatus.OK);
  }

  @Test
  void stepsSeeTheEarlierOfTheirDeadlineAndTheRuns() {
    var left = new CopyOnWriteArrayList<Duration>();
    runs.job(
        "steps",
        "timeout",
        "1h",
        c -> {
          left.add(c.deadline().remaining());
          c.step(
              "run",
              "a",
              Duration.ofMinutes(1),
              () -> {
                left.add(c.deadline().remaining());
                return StepResult.ok("");
              });
          c.step(
              "run",
              "b",
              Duration.ofHours(5),
              () -> {
                left.add(c.deadline().remaining());
                return StepResult.ok("");
              });
          return JobResult.ok();
        });
    runs.run("steps");
    assertThat(left.get(0)).isGreaterThan(Duration.ofMinutes(59));
    assertThat(left.get(1)).isLessThanOrEqualTo(Duration.ofMinutes(1));
    assertThat(left.get(2)).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
  }

  @Test
  void cancelInterruptsARunningJob() throws Exception {
    var inside = new CountDownLatch(1);
    runs.job(
        "slow",
        c -> {
          commit(c, "c1");
          inside.countDown();
          Runs.sleep();
          return JobResult.ok();
        });
    var run = runs.start("slow");
    inside.await();
    run.cancel("the client went away");
    var receipt = Runs.ended(run);

    assertThat(receipt.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(receipt.error().toString())
        .isEqualTo("INTERRUPTED slow: it was cancelled: the client went away.");
    assertThat(runs.git.commits()).isEmpty();
    assertThat(runs.git.receipts).hasSize(1);
    run.cancel("again");
  }

  @Test
  void cancelTakesAWaitingRunOutAtOnce() throws Exception {
    runs.configure("queue: { concurrency: 1 }\n");
    var inside = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    runs.job(
        "job",
        c -> {
          inside.countDown();
          go.await();
          return JobResult.ok();
        });
    var first = runs.start("job");
    inside.await();
    var second = runs.submit(runs.order("job").key("k"));
    second.cancel("changed my mind");

    assertThat(Runs.ended(second).status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(runs.git.receipts).isEmpty();
    assertThat(runs.active()).extracting(JobRun::id).containsExactly(first.id());
    go.countDown();
    Runs.ended(first);
    assertThat(runs.submit(runs.order("job").key("k")).existing()).isFalse();
  }

  @Test
  void cancelReachesAHookThatIsAsked() throws Exception {
    var inside = new CountDownLatch(1);
    runs.gate(
        e -> {
          inside.countDown();
          Runs.sleep();
          return HookOutcome.passed();
        });
    runs.job("job", c -> JobResult.ok());
    var run = runs.start("job");
    inside.await();
    run.cancel("stop");
    assertThat(Runs.ended(run).status()).isEqualTo(RunStatus.CANCELLED);
  }

  @Test
  void failuresAreRetriedWithAFreshTransactionEach() {
    var attempts = new CopyOnWriteArrayList<Integer>();
    runs.jobs.add(
        Offers.<Job>of(
                c -> {
                  attempts.add(c.attempt());
                  commit(c, "c" + c.attempt());
                  if (c.attempt() < 3) {
                    throw new IllegalStateException("flaky");
                  }
                  return JobResult.ok();
                })
            .with("gitvan.job.name", "flaky")
            .with("gitvan.job.retries", 3)
            .with("gitvan.job.backoff", "1ms")
            .offer());
    var receipt = runs.run("flaky");

    assertThat(attempts).containsExactly(1, 2, 3);
    assertThat(receipt.status()).isEqualTo(RunStatus.OK);
    assertThat(receipt.attempt()).isEqualTo(3);
    assertThat(runs.git.commits()).containsExactly("c3");
    assertThat(runs.git.receipts).hasSize(1);
    assertThat(runs.git.open).hasValue(0);
    assertThat(runs.heard.all).contains("retrying 1 JOB_FAILED", "retrying 2 JOB_FAILED");
    assertThat(runs.metrics.counters()).containsEntry(CounterId.JOB_RETRIES, 2L);
  }

  @Test
  void usersErrorsDeadlinesAndVetoesAreNotRetried() {
    var calls = new AtomicInteger();
    runs.job(
        "user",
        "retries",
        3,
        c -> {
          calls.incrementAndGet();
          throw GitVanException.of(Codes.TEMPLATE_UNDEFINED, "", "x", "");
        });
    assertThat(runs.run("user").attempt()).isEqualTo(1);
    assertThat(calls).hasValue(1);

    runs.jobs.add(
        Offers.<Job>of(
                c -> {
                  calls.incrementAndGet();
                  Runs.sleep();
                  return null;
                })
            .with("gitvan.job.name", "slow")
            .with("gitvan.job.retries", 3)
            .with("gitvan.job.timeout", "500ms")
            .offer());
    assertThat(runs.run("slow").attempt()).isEqualTo(1);
    assertThat(calls).hasValue(2);
  }

  /** As its code says, unless the problem says otherwise. */
  @Test
  void theProblemDecidesWhetherARetryHelps() {
    var busy = ErrorCode.of("ACME_BUSY", ExitStatus.USER, "Acme is busy.").withRetry(true);
    assertThat(attemptsWith(new Problem(busy, "", "x", ""))).isEqualTo(2);
    assertThat(attemptsWith(new Problem(busy, "", "x", "").withRetry(false))).isEqualTo(1);
    assertThat(attemptsWith(new Problem(Codes.HEAD_MOVED, "", "x", ""))).isEqualTo(1);
    assertThat(attemptsWith(new Problem(Codes.OUTPUT_CHANGED, "", "x", ""))).isEqualTo(2);
  }

  private int attemptsWith(Problem problem) {
    var name = "job" + runs.git.receipts.size();
    runs.jobs.add(
        Offers.<Job>of(
                c -> {
                  throw problem.toException();
                })
            .with("gitvan.job.name", name)
            .with("gitvan.job.retries", 1)
            .with("gitvan.job.backoff", "1ms")
            .offer());
    return runs.run(name).attempt();
  }

  @Test
  void cancelEndsTheWaitForTheNextAttempt() throws Exception {
    var retrying = new CountDownLatch(1);
    runs.jobs.add(
        Offers.<Job>of(c -> JobResult.failed("no"))
            .with("gitvan.job.name", "job")
            .with("gitvan.job.retries", 3)
            .with("gitvan.job.backoff", "1h")
            .offer());
    var run =
        runs.runner.submit(
            runs.order("job").build(),
            event -> {
              if (event instanceof RunEvent.Retrying) {
                retrying.countDown();
              }
            });
    retrying.await();
    run.cancel("enough");
    assertThat(Runs.ended(run).status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(runs.git.receipts).hasSize(1);
  }

  @Test
  void movedBranchFailsTheRunAndItsReceiptIsStillWritten() {
    runs.git.failures.add(
        GitVanException.of(Codes.REPO_MOVED, "refs/heads/main", "it moved", "Run it again."));
    runs.job(
        "job",
        c -> {
          commit(c, "c1");
          return JobResult.ok();
        });
    var receipt = runs.run("job");
    assertThat(receipt.status()).isEqualTo(RunStatus.FAILED);
    assertThat(receipt.error().code()).isEqualTo(Codes.REPO_MOVED);
    assertThat(runs.git.commits()).isEmpty();
    assertThat(runs.git.receipts).containsExactly(receipt);
  }

  @Test
  void runWhoseResultCannotBeWrittenIsNeverOk() {
    var locked = GitVanException.of(Codes.REPO_LOCKED, "index.lock", "held", "");
    runs.git.failures.addAll(List.of(locked, locked));
    runs.job("job", c -> JobResult.ok());
    var run = runs.start("job");
    var receipt = Runs.ended(run);
    assertThat(receipt.status()).isEqualTo(RunStatus.FAILED);
    assertThat(receipt.error().code()).isEqualTo(Codes.REPO_LOCKED);
    assertThat(runs.git.receipts).isEmpty();
    assertThat(run.isRecorded()).isFalse();
    // The same reason is printed once, as the run's own.
    assertThat(runs.heard.all).noneMatch(line -> line.startsWith("ERR "));
  }

  @Test
  void receiptThatCannotBeWrittenForAnotherReasonIsWarnedOf() {
    var locked = GitVanException.of(Codes.REPO_LOCKED, "index.lock", "held", "");
    var full = GitVanException.of(Codes.DISK_FULL, ".git", "no space", "");
    runs.git.failures.addAll(List.of(locked, full));
    runs.job("job", c -> JobResult.ok());
    assertThat(runs.run("job").error().code()).isEqualTo(Codes.REPO_LOCKED);
    assertThat(runs.heard.all)
        .anyMatch(line -> line.startsWith("ERR the receipt could not be written: DISK_FULL"));
  }

  @Test
  void repositoryThatCannotBeReadFailsTheRun() {
    runs.git.refusal = GitVanException.of(Codes.REPO_UNSUPPORTED, "x", "unknown extension", "");
    runs.job("job", c -> JobResult.ok());
    assertThat(runs.run("job").error().code()).isEqualTo(Codes.REPO_UNSUPPORTED);
  }

  @Test
  void withoutTransactionsOnlyJobsThatNeedNoneRunAndTheWarningSaysSo() {
    runs.transactions = null;
    runs.job("plain", c -> JobResult.ok());
    runs.job(
        "commits",
        c -> {
          commit(c, "c1");
          return JobResult.ok();
        });
    assertThat(runs.run("plain").status()).isEqualTo(RunStatus.OK);
    assertThat(runs.heard.all).anyMatch(line -> line.startsWith("ERR no receipt is written"));
    assertThat(runs.run("commits").error().code()).isEqualTo(Codes.NO_TRANSACTION);
  }

  @Test
  void vetoStopsTheRunBeforeItsFirstAttempt() {
    var events = new CopyOnWriteArrayList<HookEvent>();
    runs.gate(
        e -> {
          events.add(e);
          return HookOutcome.vetoed("please do not");
        });
    runs.hook(
        HookEvent.JOB_ERROR,
        e -> {
          events.add(e);
          return HookOutcome.passed();
        });
    var calls = new AtomicInteger();
    runs.job(
        "job",
        "retries",
        2,
        c -> {
          calls.incrementAndGet();
          return JobResult.ok();
        });
    var run = runs.start("job");
    var receipt = Runs.ended(run);

    assertThat(calls).hasValue(0);
    assertThat(receipt.error().toString())
        .isEqualTo("HOOK_VETOED job: hook hook stopped it: please do not.");
    assertThat(runs.git.receipts).hasSize(1);
    assertThat(events.get(0).data())
        .isEqualTo(Map.of("run", run.id(), "job", "job", "inputs", Map.of()));
    assertThat(events.get(1).data()).containsEntry("status", "failed").containsKey("error");
  }

  @Test
  void hooksHearOfTheEndAfterTheReceiptIsWritten() {
    var seen = new CopyOnWriteArrayList<String>();
    runs.hook(
        HookEvent.JOB_AFTER,
        e -> {
          seen.add(e.data().get("status") + " " + runs.git.receipts.size());
          return HookOutcome.passed();
        });
    runs.job("job", c -> JobResult.ok());
    runs.run("job");
    assertThat(seen).containsExactly("ok 1");
  }

  @Test
  void bundlesJobIsNotCalledInADryRun() {
    var calls = new AtomicInteger();
    runs.gate(
        e -> {
          calls.incrementAndGet();
          return HookOutcome.vetoed("no");
        });
    runs.job(
        "job",
        "then",
        "job",
        c -> {
          calls.incrementAndGet();
          return JobResult.ok();
        });
    var before = runs.metrics.counts();
    var run = runs.submit(runs.order("job").dryRun(true).key("k"));
    var receipt = Runs.ended(run);

    assertThat(receipt.status()).isEqualTo(RunStatus.OK);
    assertThat(run.order().dryRun()).isTrue();
    assertThat(calls).hasValue(0);
    assertThat(runs.git.receipts).isEmpty();
    assertThat(runs.git.begun).hasValue(0);
    assertThat(runs.worktree.repository().stateDir()).doesNotExist();
    assertThat(runs.metrics.counts()).isEqualTo(before);
    assertThat(run.followUps()).isEmpty();
    assertThat(runs.heard.all).contains("planned job job");
  }

  @Test
  void listenerThatThrowsDoesNoHarm() {
    runs.job(
        "job",
        c -> {
          c.print(StandardStream.OUT, "x");
          return JobResult.ok();
        });
    var run =
        runs.runner.submit(
            runs.order("job").build(),
            event -> {
              throw new IllegalStateException();
            });
    assertThat(Runs.ended(run).status()).isEqualTo(RunStatus.OK);
  }

  @Test
  void bodiesRunOnThreadsOfTheirOwnThatEnd() throws Exception {
    var threads = new CopyOnWriteArrayList<Thread>();
    runs.job(
        "job",
        c -> {
          threads.add(Thread.currentThread());
          return JobResult.ok();
        });
    runs.run("job");
    runs.run("job");
    for (var thread : threads) {
      thread.join();
    }
    assertThat(threads.get(0).getName()).startsWith("gitvan-job job ");
    assertThat(threads.get(0)).isNotSameAs(threads.get(1));
  }

  @Test
  void closingCancelsWhatRunsAndWaits() throws Exception {
    var inside = new CountDownLatch(1);
    runs.configure("queue: { concurrency: 1 }\n");
    runs.job(
        "slow",
        c -> {
          inside.countDown();
          Runs.sleep();
          return JobResult.ok();
        });
    var running = runs.start("slow");
    inside.await();
    var waiting = runs.start("slow");
    runs.runner.close();

    assertThat(running.receipt().map(Receipt::status)).contains(RunStatus.CANCELLED);
    assertThat(waiting.receipt().map(Receipt::status)).contains(RunStatus.CANCELLED);
    assertThat(runs.git.receipts).hasSize(1);
    assertThatThrownBy(() -> runs.start("slow")).hasMessageContaining("shutting down");
  }

  @Test
  void runWhoseBundleIsRemovedByForceFailsWithItsName() {
    var offer = new AtomicReference<Offers<Job>>();
    offer.set(
        runs.job(
            "job",
            c -> {
              commit(c, "c1");
              runs.jobs.remove(offer.get());
              throw new NoClassDefFoundError("org/example/plugin/Internal");
            }));
    var receipt = runs.run("job");

    assertThat(receipt.status()).isEqualTo(RunStatus.FAILED);
    assertThat(receipt.error().code()).isEqualTo(Codes.BUNDLE_GONE);
    assertThat(receipt.error().what())
        .startsWith("org.example.plugin 1.0.0 was stopped or uninstalled while the run used it")
        .contains("NoClassDefFoundError");
    assertThat(runs.git.receipts).containsExactly(receipt);
    assertThat(runs.git.commits()).isEmpty();
  }

  @Test
  void runThatEndsWellWithoutItsBundleHasEndedWell() {
    var offer = new AtomicReference<Offers<Job>>();
    offer.set(
        runs.job(
            "job",
            c -> {
              commit(c, "c1");
              runs.jobs.remove(offer.get());
              return JobResult.ok();
            }));

    assertThat(runs.run("job").status()).isEqualTo(RunStatus.OK);
    assertThat(runs.git.commits()).containsExactly("c1");
  }

  private static Offers<SharedService> transactions(FakeGit git, String version, long bundleId) {
    return Offers.<SharedService>of(git)
        .with("gitvan.shared.type", RunTransactions.class.getName())
        .bundle("org.example.git", version, bundleId);
  }

  /** Shown to fail when the receipt is not written again after the first attempt. */
  @Test
  void receiptOfARunWhoseTransactionsAreGoneIsWrittenByTheNextOnes() {
    var services = new SharedServices(runs.kernel, () -> {});
    runs.transactions = SharedProxies.of(services, RunTransactions.class);
    var old = transactions(runs.git, "1.0.0", 20);
    services.add(old.offer());
    var next = new FakeGit();
    runs.job(
        "job",
        c -> {
          commit(c, "c1");
          services.remove(old);
          runs.git.gone = true;
          services.add(transactions(next, "1.0.1", 21).offer());
          return JobResult.ok();
        });
    var receipt = runs.run("job");

    assertThat(receipt.status()).isEqualTo(RunStatus.FAILED);
    assertThat(receipt.error().code()).isEqualTo(Codes.BUNDLE_GONE);
    assertThat(receipt.error().what())
        .startsWith("org.example.git 1.0.0 was stopped or uninstalled while the run used it")
        .contains("NoClassDefFoundError");
    assertThat(next.receipts).containsExactly(receipt);
    assertThat(next.commits()).isEmpty();
    assertThat(next.open).hasValue(0);
    assertThat(runs.git.receipts).isEmpty();
    assertThat(runs.git.commits()).isEmpty();
  }

  @Test
  void manyRunsFromManyThreadsAllEndOnce() throws Exception {
    runs.configure("queue: { concurrency: 4 }\ndaemon: { workers: 4 }\n");
    var calls = new AtomicInteger();
    runs.job(
        "job",
        "inputs",
        "n=0",
        c -> {
          calls.incrementAndGet();
          int n = (int) c.inputs().get("n");
          commit(c, "c" + n);
          if (n % 5 == 0) {
            throw new IllegalStateException("fails");
          }
          return JobResult.ok();
        });
    var all = new CopyOnWriteArrayList<JobRun>();
    var threads = new ArrayList<Thread>();
    for (int t = 0; t < 5; t++) {
      int from = t * 100;
      threads.add(
          new Thread(
              () -> {
                for (int n = from; n < from + 100; n++) {
                  all.add(runs.submit(runs.order("job").inputs(Map.of("n", n))));
                }
              }));
    }
    threads.forEach(Thread::start);
    for (var thread : threads) {
      thread.join();
    }
    all.forEach(Runs::ended);
    assertThat(calls).hasValue(500);
    assertThat(runs.git.receipts).hasSize(500);
    assertThat(runs.git.commits()).hasSize(400).doesNotHaveDuplicates();
    assertThat(runs.git.open).hasValue(0);
    assertThat(all.stream().map(JobRun::id).distinct()).hasSize(500);
    assertThat(runs.active()).isEmpty();
  }

  @Test
  void runsAreFoundListedAndCancelledById() throws Exception {
    var inside = new CountDownLatch(1);
    runs.job(
        "slow",
        c -> {
          inside.countDown();
          Runs.sleep();
          return JobResult.ok();
        });
    runs.job("quick", c -> JobResult.ok());
    runs.configure("queue: { concurrency: 1 }");
    var ended = runs.start("quick");
    Runs.ended(ended);
    var running = runs.start("slow");
    inside.await();
    var waiting = runs.start("quick");

    assertThat(runs.runner.list())
        .extracting(JobRun::id)
        .containsExactly(ended.id(), running.id(), waiting.id());
    assertThat(runs.runner.list())
        .extracting(JobRun::state)
        .containsExactly(RunState.ENDED, RunState.RUNNING, RunState.WAITING);
    var known = runs.runner.find(ended.id()).orElseThrow();
    assertThat(known.receipt()).isEqualTo(ended.receipt());
    assertThat(known.order().job()).isEqualTo("quick");
    assertThat(known.existing()).isFalse();
    assertThat(known.cancel("too late")).isFalse();
    assertThat(runs.runner.find("01KAT-none")).isEmpty();

    assertThat(runs.runner.find(waiting.id()).orElseThrow().cancel("not needed")).isTrue();
    assertThat(runs.runner.find(running.id()).orElseThrow().cancel("enough")).isTrue();
    assertThat(Runs.ended(waiting).status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(Runs.ended(running).error().toString()).contains("it was cancelled: enough");
    assertThat(runs.active()).isEmpty();
    assertThat(runs.runner.find(waiting.id()).orElseThrow().receipt())
        .map(Receipt::status)
        .contains(RunStatus.CANCELLED);
  }

  @Test
  void otherListenersHearAllRunsUntilTheyLeave() {
    runs.job("job", c -> JobResult.ok());
    var heard = new Heard();
    var subscription = runs.runner.listen(heard);
    runs.run("job");
    assertThat(heard.all).containsExactly("started job", "finished job ok");
    subscription.close();
    runs.run("job");
    assertThat(heard.all).hasSize(2);
  }

  @Test
  void orderIsRefusedWhenTheStoreDoesNotAcceptIt() {
    runs.job("job", c -> JobResult.ok());
    runs.store.failure =
        GitVanException.of(Codes.DISK_FULL, "store", "no space left", "Free some space.");
    assertThatThrownBy(() -> runs.start("job")).hasMessageStartingWith("DISK_FULL store");
    assertThat(Runs.ended(runs.submit(runs.order("job").dryRun(true))).status())
        .isEqualTo(RunStatus.OK);
    runs.store.failure = null;
    assertThat(runs.runner.list()).isEmpty();
    assertThat(runs.git.receipts).isEmpty();
  }

  @Test
  void runGoesOnWhenTheStoreDoesNotTakeWhatBecameOfIt() {
    runs.job(
        "job",
        c -> {
          runs.store.failure =
              GitVanException.of(Codes.DISK_FULL, "store", "no space left", "Free some space.");
          return JobResult.ok();
        });
    var receipt = runs.run("job");
    assertThat(receipt.status()).isEqualTo(RunStatus.OK);
    assertThat(runs.git.receipts).containsExactly(receipt);
    assertThat(runs.heard.all)
        .contains(
            "ERR the run store did not take a change of this run: "
                + "DISK_FULL store: no space left. Free some space.");
  }

  @Test
  void startedRunSaysHowLongItMayTake() {
    runs.jobs.add(
        Offers.<Job>of(c -> JobResult.ok())
            .with("gitvan.job.name", "job")
            .with("gitvan.job.timeout", "10s")
            .with("gitvan.job.retries", 2)
            .with("gitvan.job.backoff", "1s")
            .offer());
    assertThat(limit(runs.order("job"))).isEqualTo(Duration.ofSeconds(3 * 10 + 1 + 2));
    assertThat(limit(runs.order("job").timeout(Duration.ofSeconds(1))))
        .isEqualTo(Duration.ofSeconds(3 * 1 + 1 + 2));
  }

  private Duration limit(JobOrder.Builder order) {
    var limits = new CopyOnWriteArrayList<Duration>();
    Runs.ended(
        runs.runner.submit(
            order.build(),
            event -> {
              if (event instanceof RunEvent.Started run) {
                limits.add(run.limit());
              }
            }));
    assertThat(limits).hasSize(1);
    return limits.get(0);
  }

  @Test
  void runThatIsCancelledWhileItWaitsOnlyFinishes() throws Exception {
    var inside = new CountDownLatch(1);
    runs.configure("queue: { concurrency: 1 }");
    runs.job(
        "slow",
        c -> {
          inside.countDown();
          Runs.sleep();
          return JobResult.ok();
        });
    var running = runs.start("slow");
    inside.await();
    var events = new CopyOnWriteArrayList<RunEvent>();
    var waiting = runs.runner.submit(runs.order("slow").build(), events::add);
    waiting.cancel("not needed");
    var receipt = Runs.ended(waiting);
    assertThat(events).containsExactly(new RunEvent.Finished(waiting.id(), "slow", receipt, false));
    running.cancel("enough");
    Runs.ended(running);
  }
}
