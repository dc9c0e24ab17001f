package dev.gitvan.kernel.internal.run;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.spi.RunTransaction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A run's transaction as its jobs get it: one call at a time, none once the attempt is over, and
 * only the runner applies or discards it.
 */
final class GuardedTransaction implements RunTransaction {
  private final RunTransaction transaction;
  private final Drafts drafts;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean over;
  private int changes;

  /**
   * @param drafts what a dry run's commits are to see
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
          var commit = transaction.commit(spec.withDrafts(drafts.files()));
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
  public void fence(String lock, String token) {
    inside(
        () -> {
          transaction.fence(lock, token);
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

  @Override
  public List<Receipt> apply(List<Receipt> receipts) {
    throw notYours();
  }

  @Override
  public void discard() {
    throw notYours();
  }

  @Override
  public void close() {
    // Jobs may well write it in a try statement; the runner closes the real one.
  }

  private static IllegalStateException notYours() {
    return new IllegalStateException("the runner applies or discards a run's transaction");
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
