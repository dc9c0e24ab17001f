package dev.gitvan.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.job.Deadline;
import dev.gitvan.job.RunStatus;
import dev.gitvan.job.spi.Job;
import dev.gitvan.job.spi.JobResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of all jobs. Extend it, supply the job and inputs with which it succeeds, and add
 * tests for the effects of the job. Tests run in a real repository with one commit, without a
 * kernel.
 */
public abstract class JobContract extends Contract {
  private static final int THREADS = 4;

  @TempDir Path directory;
  private GitSandbox git;

  /** Creates the job as its component would. */
  protected abstract Job job();

  /** Inputs with which the job succeeds, including defaults. */
  protected Map<String, Object> inputs() {
    return Map.of();
  }

  /** Prepares the repository for a successful run. */
  protected void prepare(GitSandbox repository) throws Exception {}

  /** Time limit of a successful run. */
  protected Duration limit() {
    return Duration.ofSeconds(30);
  }

  @BeforeEach
  void sandbox() throws Exception {
    git = GitSandbox.init(directory);
    git.commit("README.md", "contract\n", "Begin");
    prepare(git);
  }

  /** The repository of this test. */
  protected final GitSandbox git() {
    return git;
  }

  /** A context to pass to {@link Job#run}. */
  protected final FakeJobContext context() {
    var context = new FakeJobContext(git.worktree(), "contract");
    context.inputs = inputs();
    context.environment = git.environment();
    context.deadline = Deadline.in(limit());
    return context;
  }

  @Test
  void endsWellWithItsInputs() throws Exception {
    var context = context();
    var result = job().run(context);
    assertThat(result).isNotNull();
    assertThat(result.status()).isIn(RunStatus.OK, RunStatus.SKIPPED);
    assertThat(result.message()).isNotNull().doesNotContain("\n");
    assertThat(result.outputs()).isNotNull();
    assertThat(context.deadline.passed()).isFalse();
  }

  @Test
  void printsLines() throws Exception {
    var context = context();
    job().run(context);
    assertThat(context.printed).allSatisfy(line -> assertThat(line).doesNotContain("\n"));
  }

  @Test
  void tellsItsArtifactsByPathsBelowTheWorktree() throws Exception {
    var context = context();
    job().run(context);
    for (var artifact : context.artifacts) {
      assertThat(artifact.path()).doesNotStartWith("/").doesNotContain("..");
      assertThat(artifact.sha256()).matches("[0-9a-f]{64}");
      assertThat(git.root().resolve(artifact.path())).isRegularFile().hasSize(artifact.bytes());
    }
  }

  @Test
  void canRunAgain() throws Exception {
    var job = job();
    job.run(context());
    assertThatCode(() -> job.run(context())).doesNotThrowAnyException();
  }

  @Test
  void leavesTheRefsToItsTransaction() throws Exception {
    var before = git.run("for-each-ref").out() + git.git("rev-parse", "HEAD");
    job().run(context());
    assertThat(git.run("for-each-ref").out() + git.git("rev-parse", "HEAD")).isEqualTo(before);
  }

  @Test
  void bearsSeveralRunsAtOnce() throws Exception {
    var job = job();
    var ends = new ConcurrentLinkedQueue<Object>();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(
          new Thread(
              () -> {
                try {
                  ends.add(job.run(context()).status());
                } catch (Exception | Error e) {
                  ends.add(e);
                }
              }));
    }
    threads.forEach(Thread::start);
    for (var thread : threads) {
      thread.join();
    }
    assertThat(ends)
        .hasSize(THREADS)
        .doesNotContain(RunStatus.FAILED)
        .hasOnlyElementsOfType(RunStatus.class);
  }

  @Test
  void endsSoonWhenItIsInterrupted() throws Exception {
    var context = context();
    var thread =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              try {
                job().run(context);
              } catch (Exception e) {
                // Ending by an exception is fine.
              }
            });
    thread.setDaemon(true);
    thread.start();
    thread.join(TimeUnit.SECONDS.toMillis(5));
    assertThat(thread.isAlive()).as("still runs").isFalse();
  }

  /** Every failure that a user can cause has a code, a location and a next step. */
  @Test
  void needsATransactionOnlyIfItSaysSo() throws Exception {
    var context = context();
    context.staging = null;
    try {
      JobResult result = job().run(context);
      assertThat(result).isNotNull();
    } catch (GitVanException failure) {
      assertThat(failure.problem().what()).isNotBlank();
    }
  }
}
