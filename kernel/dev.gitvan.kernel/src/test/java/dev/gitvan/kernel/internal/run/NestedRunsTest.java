package dev.gitvan.kernel.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.config.Configuration;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.Node;
import dev.gitvan.document.Place;
import dev.gitvan.hook.HookOutcome;
import dev.gitvan.job.JobDefinition;
import dev.gitvan.job.JobOrigin;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.RunStatus;
import dev.gitvan.job.StepSpec;
import dev.gitvan.job.Trigger;
import dev.gitvan.job.spi.Job;
import dev.gitvan.job.spi.JobContext;
import dev.gitvan.job.spi.JobResult;
import dev.gitvan.job.spi.JobSource;
import dev.gitvan.job.spi.Staging.CommitSpec;
import dev.gitvan.job.spi.StagingNeed;
import dev.gitvan.job.spi.StepResult;
import dev.gitvan.kernel.internal.Offers;
import dev.gitvan.metrics.Operation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that call jobs, jobs that start jobs, and what a dry run makes of them. */
@Timeout(60)
class NestedRunsTest {
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

  private Job calling(String job) {
    return context -> {
      context.call(job, Map.of());
      return JobResult.ok();
    };
  }

  private Receipt receipt(String job) {
    return runs.git.receipts.stream().filter(r -> r.job().equals(job)).findFirst().orElseThrow();
  }

  @Test
  void calledJobSharesTheTransactionAndHasALineOfItsOwn() {
    runs.job(
        "outer",
        context -> {
          commit(context, "c1");
          var result = context.call("inner", Map.of("a", 2));
          return result.outputs().get("seen").equals(2) ? JobResult.ok() : JobResult.failed("?");
        });
    runs.job(
        "inner",
        "inputs",
        "a=1",
        context -> {
          commit(context, "c2");
          return new JobResult(RunStatus.OK, "", Map.of("seen", context.inputs().get("a")));
        });
    var outer = runs.run("outer");

    assertThat(runs.git.begun).hasValue(1);
    assertThat(runs.git.commits()).containsExactly("c1", "c2");
    assertThat(runs.git.receipts).extracting(Receipt::job).containsExactly("outer", "inner");
    var inner = receipt("inner");
    assertThat(inner.parent()).isEqualTo(outer.id());
    assertThat(inner.id()).isNotEqualTo(outer.id());
    assertThat(inner.inputs()).isEqualTo(Map.of("a", 2));
    assertThat(inner.status()).isEqualTo(RunStatus.OK);
    assertThat(inner.trigger().kind()).isEqualTo(Trigger.Kind.JOB);
    assertThat(inner.trigger().detail()).isEqualTo("outer");
    assertThat(runs.heard.all)
        .containsExactly(
            "started outer", "started inner", "finished inner ok", "finished outer ok");
  }

  /** A job with declared needs, which counts its calls. */
  private static final class Declared implements Job {
    private final AtomicInteger calls = new AtomicInteger();
    private final List<StagingNeed> needs;

    Declared(StagingNeed... needs) {
      this.needs = List.of(needs);
    }

    @Override
    public List<StagingNeed> needs(Configuration configuration) {
      return needs;
    }

    @Override
    public JobResult run(JobContext context) {
      calls.incrementAndGet();
      return JobResult.ok();
    }
  }

  @Test
  void needsAreCheckedBeforeAnythingIsDone() {
    var tag = new StagingNeed.Tag("v1");
    var commit = new StagingNeed.Commit(List.of("a"));
    var outer = new Declared(new StagingNeed.Call("inner"), tag);
    runs.job("outer", outer);
    runs.job("inner", new Declared(commit, new StagingNeed.Call("outer")));
    assertThat(runs.run("outer").status()).isEqualTo(RunStatus.OK);
    assertThat(runs.git.needs).containsExactly(commit, tag);
    runs.git.unmet = GitVanException.of(Codes.HEAD_DETACHED, "here", "no branch", "");
    var refused = runs.run("outer");
    assertThat(refused.error().code()).isEqualTo(Codes.HEAD_DETACHED);
    assertThat(refused.steps()).isEmpty();
    assertThat(outer.calls).hasValue(1);
  }

  @Test
  void aCalledJobThatIsMissingIsKnownBefore() {
    var outer = new Declared(new StagingNeed.Call("nowhere"));
    runs.job("outer", outer);
    assertThat(runs.run("outer").error().code()).isEqualTo(Codes.JOB_NOT_FOUND);
    assertThat(outer.calls).hasValue(0);
  }

  @Test
  void needsWithoutATransactionAreNotMet() {
    var job = new Declared(new StagingNeed.Note(null));
    runs.job("outer", job);
    runs.transactions = null;
    assertThat(runs.run("outer").error().code()).isEqualTo(Codes.NO_TRANSACTION);
    assertThat(job.calls).hasValue(0);
  }

  @Test
  void failureOfACalledJobIsThatOfTheCaller() {
    runs.job("outer", calling("inner"));
    runs.job("inner", c -> JobResult.failed("no luck"));
    var outer = runs.run("outer");

    assertThat(outer.error().toString()).isEqualTo("JOB_FAILED inner: no luck.");
    assertThat(receipt("inner").status()).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void calledJobThatEndedWellIsNotOkWhenItsCallerFails() {
    runs.job(
        "outer",
        context -> {
          context.call("inner", Map.of());
          throw new IllegalStateException("after");
        });
    runs.job(
        "inner",
        context -> {
          commit(context, "c1");
          return JobResult.ok();
        });
    runs.run("outer");

    assertThat(runs.git.commits()).isEmpty();
    assertThat(receipt("inner").status()).isEqualTo(RunStatus.FAILED);
    assertThat(receipt("inner").error().what()).contains("nothing was applied");
  }

  @Test
  void callerThatIgnoresAFailureDoesNotApplyHalfOfTheCalledJob() {
    runs.job(
        "outer",
        context -> {
          try {
            context.call("inner", Map.of());
          } catch (GitVanException e) {
            context.print(dev.gitvan.job.StandardStream.OUT, "never mind");
          }
          return JobResult.ok();
        });
    runs.job(
        "inner",
        context -> {
          commit(context, "half");
          return JobResult.failed("no");
        });
    assertThat(runs.run("outer").status()).isEqualTo(RunStatus.FAILED);
    assertThat(runs.git.commits()).isEmpty();
  }

  @Test
  void callerMayIgnoreAFailureThatStagedNothing() {
    runs.job(
        "outer",
        context -> {
          try {
            context.call("inner", Map.of());
          } catch (GitVanException e) {
            commit(context, "anyway");
          }
          return JobResult.ok();
        });
    runs.job("inner", c -> JobResult.failed("no"));
    assertThat(runs.run("outer").status()).isEqualTo(RunStatus.OK);
    assertThat(runs.git.commits()).containsExactly("anyway");
  }

  @Test
  void circleIsRefusedWithItsPath() {
    runs.job("a", calling("b"));
    runs.job("b", calling("a"));
    var receipt = runs.run("a");
    assertThat(receipt.error().code()).isEqualTo(Codes.JOB_CYCLE);
    assertThat(receipt.error().what()).contains("a → b → a");
    assertThat(runs.git.receipts).extracting(Receipt::job).containsExactly("a", "b");
  }

  @Test
  void callsAreNotDeeperThanEight() {
    for (int i = 0; i < 10; i++) {
      runs.job("job" + i, calling("job" + (i + 1)));
    }
    runs.job("job10", c -> JobResult.ok());
    var receipt = runs.run("job0");
    assertThat(receipt.error().code()).isEqualTo(Codes.JOB_DEPTH);
    assertThat(runs.git.receipts).hasSize(9);
  }

  @Test
  void gateIsAskedForACalledJobToo() {
    runs.gate(
        event ->
            event.data().get("job").equals("inner")
                ? HookOutcome.vetoed("not that one")
                : HookOutcome.passed());
    var calls = new AtomicInteger();
    runs.job("outer", "retries", 3, calling("inner"));
    runs.job(
        "inner",
        c -> {
          calls.incrementAndGet();
          return JobResult.ok();
        });
    var receipt = runs.run("outer");
    assertThat(receipt.error().code()).isEqualTo(Codes.HOOK_VETOED);
    assertThat(receipt.attempt()).isEqualTo(1);
    assertThat(calls).hasValue(0);
  }

  @Test
  void calledJobKeepsItsOwnTimeout() {
    runs.job("outer", calling("slow"));
    runs.job(
        "slow",
        "timeout",
        "20ms",
        c -> {
          Runs.sleep();
          return JobResult.ok();
        });
    var receipt = runs.run("outer");
    assertThat(receipt.error().place()).isEqualTo("slow");
    assertThat(receipt.status()).isEqualTo(RunStatus.TIMEOUT);
    assertThat(receipt("slow").status()).isEqualTo(RunStatus.TIMEOUT);
  }

  @Test
  void calledJobThatHangsIsTheOneThatIsRefused() {
    runs.job("outer", calling("stuck"));
    runs.jobs.add(
        Offers.<Job>of(
                c -> {
                  runs.hang();
                  return JobResult.ok();
                })
            .with("gitvan.job.name", "stuck")
            .with("gitvan.job.timeout", "500ms")
            .bundle("org.example.stuck", "1", 77)
            .offer());
    var receipt = runs.run("outer");

    assertThat(receipt.status()).isEqualTo(RunStatus.TIMEOUT);
    assertThat(runs.git.receipts).extracting(Receipt::job).containsExactly("outer", "stuck");
    assertThat(runs.jobs.rejections())
        .singleElement()
        .satisfies(r -> assertThat(r.contribution()).isEqualTo("stuck"));
    assertThat(runs.jobs.find(runs.worktree, "outer")).isNotNull();
  }

  @Test
  void retriedRunKeepsTheLinesOfWhatItCalled() {
    runs.jobs.add(
        Offers.<Job>of(
                context -> {
                  context.call("inner", Map.of());
                  if (context.attempt() == 1) {
                    throw new IllegalStateException("flaky");
                  }
                  return JobResult.ok();
                })
            .with("gitvan.job.name", "outer")
            .with("gitvan.job.retries", 1)
            .with("gitvan.job.backoff", "1ms")
            .offer());
    runs.job("inner", c -> JobResult.ok());
    runs.run("outer");

    assertThat(runs.git.receipts)
        .extracting(r -> r.job() + " " + r.status())
        .containsExactly("outer ok", "inner failed", "inner ok");
  }

  @Test
  void followUpsStartOnceTheRunIsApplied() {
    var seen = new CopyOnWriteArrayList<String>();
    runs.job(
        "first",
        "then",
        new String[] {"second", "third", "missing"},
        context -> {
          commit(context, "c1");
          return JobResult.ok();
        });
    for (var name : List.of("second", "third")) {
      runs.job(
          name,
          context -> {
            seen.add(name + " " + runs.git.commits() + " " + context.trigger().parent());
            return JobResult.ok();
          });
    }
    var run = runs.start("first");
    var first = Runs.ended(run);
    run.followUps().forEach(Runs::ended);

    assertThat(run.followUps()).extracting(r -> r.order().job()).containsExactly("second", "third");
    assertThat(seen)
        .containsExactlyInAnyOrder("second [c1] " + first.id(), "third [c1] " + first.id());
    assertThat(receipt("second").parent()).isEqualTo(first.id());
    assertThat(receipt("second").trigger().detail()).isEqualTo("first");
    assertThat(runs.heard.all)
        .anyMatch(line -> line.startsWith("ERR missing is not started: JOB_NOT_FOUND"));
  }

  @Test
  void followUpsOfCalledJobsStartToo() {
    runs.job("outer", calling("inner"));
    runs.job("inner", "then", "after", c -> JobResult.ok());
    runs.job("after", c -> JobResult.ok());
    var run = runs.start("outer");
    Runs.ended(run);
    while (!runs.active().isEmpty()) {
      runs.active().forEach(Runs::ended);
    }
    assertThat(receipt("after").parent()).isEqualTo(receipt("inner").id());
  }

  @Test
  void failedRunStartsNothing() {
    runs.job("first", "then", "second", c -> JobResult.failed("no"));
    runs.job("second", c -> JobResult.ok());
    var run = runs.start("first");
    Runs.ended(run);
    assertThat(run.followUps()).isEmpty();
    assertThat(runs.git.receipts).hasSize(1);
  }

  @Test
  void chainOfFollowUpsEndsAtEight() {
    runs.job("again", "then", "again", c -> JobResult.ok());
    var run = runs.start("again");
    Runs.ended(run);
    while (!run.followUps().isEmpty()) {
      run = run.followUps().get(0);
      Runs.ended(run);
    }
    assertThat(runs.git.receipts).hasSize(9);
    assertThat(runs.heard.all).anyMatch(line -> line.contains(Codes.JOB_DEPTH.name()));
  }

  @Test
  void dryRunOfAFilesJobRunsItsStepsAndCallsNoBundlesJob() {
    var calls = new AtomicInteger();
    runs.job(
        "bundled",
        c -> {
          calls.incrementAndGet();
          return JobResult.ok();
        });
    runs.gate(
        e -> {
          calls.incrementAndGet();
          return HookOutcome.vetoed("no");
        });
    file(
        "file",
        context -> {
          assertThat(context.dryRun()).isTrue();
          runs.metrics.record(Operation.TEMPLATE_RENDER, 1);
          context.step("template", "one", null, () -> StepResult.ok(""));
          context.call("bundled", Map.of());
          commit(context, "dry");
          return JobResult.ok();
        });
    var receipt = Runs.ended(runs.submit(runs.order("file").dryRun(true)));

    assertThat(receipt.status()).isEqualTo(RunStatus.OK);
    assertThat(calls).hasValue(0);
    assertThat(runs.git.commits()).isEmpty();
    assertThat(runs.git.receipts).isEmpty();
    assertThat(runs.git.open).hasValue(0);
    assertThat(runs.metrics.counts()).isEmpty();
    assertThat(runs.heard.all).contains("planned job bundled", "step one ok", "planned job after");
  }

  @Test
  void failingDryRunLeavesNothingEither() {
    file(
        "file",
        context -> {
          throw GitVanException.of(Codes.TEMPLATE_UNDEFINED, "x.peb:1", "no", "");
        });
    var receipt = Runs.ended(runs.submit(runs.order("file").dryRun(true)));
    assertThat(receipt.error().code()).isEqualTo(Codes.TEMPLATE_UNDEFINED);
    assertThat(runs.git.receipts).isEmpty();
  }

  private void file(String name, Job body) {
    var place = Place.of(name + ".yaml");
    var step = StepSpec.builder("template", new Node.Scalar(place, "x", "x"), place).build();
    var definition =
        JobDefinition.builder(name, new JobOrigin(JobOrigin.Kind.FILE, name + ".yaml"), "f")
            .steps(List.of(step))
            .then(List.of("after"))
            .build();
    JobSource source =
        (worktree, configuration) -> List.of(new JobSource.Found.Valid(definition, body));
    runs.jobs.addSource(Offers.of(source).offer());
  }

  @Test
  void runThatWaitedWhileItsBundleWasReplacedRunsTheNewVersion() throws Exception {
    runs.configure("queue: { concurrency: 1 }\n");
    var inside = new java.util.concurrent.CountDownLatch(1);
    var go = new java.util.concurrent.CountDownLatch(1);
    var old =
        Offers.<Job>of(
                c -> {
                  inside.countDown();
                  go.await();
                  return JobResult.ok();
                })
            .with("gitvan.job.name", "job")
            .bundle("org.example", "1.0.0", 1);
    runs.jobs.add(old.offer());
    var first = runs.start("job");
    inside.await();
    var second = runs.start("job");
    runs.jobs.add(
        Offers.<Job>of(c -> JobResult.ok())
            .with("gitvan.job.name", "job")
            .bundle("org.example", "2.0.0", 2)
            .offer());
    runs.jobs.remove(old);
    go.countDown();

    assertThat(Runs.ended(first).version()).isEqualTo("1.0.0");
    assertThat(Runs.ended(first).status()).isEqualTo(RunStatus.OK);
    assertThat(Runs.ended(second).version()).isEqualTo("2.0.0");
    assertThat(old.out).hasValue(0);
  }

  /** Shown to fail when a run does not hold what it resolved. */
  @Test
  void noRunFindsNothingWhileABundleIsSwappedSideBySide() {
    var version =
        Offers.<Job>of(c -> JobResult.ok()).with("gitvan.job.name", "job").bundle("x", "1.0.0", 1);
    runs.jobs.add(version.offer());
    runs.job("outer", calling("job"));
    for (int i = 1; i < 200; i++) {
      var run = runs.start(i % 2 == 0 ? "job" : "outer");
      var next =
          Offers.<Job>of(c -> JobResult.ok())
              .with("gitvan.job.name", "job")
              .bundle("x", "1.0." + i, 1 + i);
      runs.jobs.add(next.offer());
      runs.jobs.remove(version);
      version = next;
      assertThat(Runs.ended(run).error()).isNull();
    }
  }
}
