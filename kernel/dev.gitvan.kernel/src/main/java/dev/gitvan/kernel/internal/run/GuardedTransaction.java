package dev.gitvan.kernel.internal.run;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.job.spi.RunTransaction;
import dev.gitvan.job.spi.RunTransaction.CommitOrigin;
import dev.gitvan.job.spi.Staging;
import dev.gitvan.job.spi.StagingNeed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Guards a run's transaction against its jobs: one call at a time, and none once the attempt is
 * over. Each run of the attempt stages under its own name.
 */
final class GuardedTransaction {
  private final RunTransaction transaction;
  private final Drafts drafts;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean over;
  private int changes;

  /**
   * @param drafts the files that a dry run's commits contain
   */
  GuardedTransaction(RunTransaction transaction, Drafts drafts) {
    this.transaction = transaction;
    this.drafts = drafts;
  }

  /**
   * Takes the transaction away from the jobs.
   *
   * @return the transaction; empty when a job that does not end is inside it
   */
  Optional<RunTransaction> takeBack(Duration limit) {
    over = true;
    try {
      if (!lock.tryLock() && !lock.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        return Optional.empty();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
    lock.unlock();
    return Optional.of(transaction);
  }

  /** How often something was staged. */
  int changes() {
    return inside(() -> changes);
  }

  /** As {@link RunTransaction#require}. */
  void require(List<StagingNeed> needs) {
    inside(
        () -> {
          transaction.require(needs);
          return null;
        });
  }

  /** What a run stages. */
  Staging staging(LiveRun run) {
    return new RunStaging(run.id(), run.definition().name());
  }

  private final class RunStaging implements Staging {
    private final String runId;
    private final String job;

    RunStaging(String runId, String job) {
      this.runId = runId;
      this.job = job;
    }

    @Override
    public Base base() {
      return inside(transaction::base);
    }

    @Override
    public Optional<String> head() {
      return inside(transaction::head);
    }

    @Override
    public Optional<String> commit(CommitSpec spec) {
      return inside(
          () -> {
            var origin = new CommitOrigin(runId, job, drafts.files(), drafts.isPredictable());
            var commit = transaction.commit(spec, origin);
            changes += commit.isPresent() ? 1 : 0;
            return commit;
          });
    }

    @Override
    public String tag(TagSpec spec) {
      return inside(
          () -> {
            var tag = transaction.tag(spec);
            changes++;
            return tag;
          });
    }

    @Override
    public void note(NoteSpec spec) {
      inside(
          () -> {
            transaction.note(spec);
            return ++changes;
          });
    }

    @Override
    public void move(RefSpec spec) {
      inside(
          () -> {
            transaction.move(spec);
            return ++changes;
          });
    }

    @Override
    public void fence(String name, String token) {
      inside(
          () -> {
            transaction.fence(name, token);
            return null;
          });
    }

    @Override
    public Base restart() {
      return inside(transaction::restart);
    }

    @Override
    public List<RefChange> staged() {
      return inside(transaction::staged);
    }
  }

  private <R> R inside(Supplier<R> call) {
    lock.lock();
    try {
      if (over) {
        throw new GitVanException(
            new Problem(Codes.INTERRUPTED, "", "the run has ended without this job", ""));
      }
      return call.get();
    } finally {
      lock.unlock();
    }
  }
}
