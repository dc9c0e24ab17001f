package dev.gitvan.testkit;

import dev.gitvan.job.spi.RunTransaction;
import dev.gitvan.job.spi.RunTransaction.CommitOrigin;
import dev.gitvan.job.spi.Staging;
import java.util.List;
import java.util.Optional;

/** What a job stages on a transaction, without a runner. */
public final class TransactionStaging implements Staging {
  private final RunTransaction transaction;
  private final CommitOrigin origin;

  /**
   * @param origin the run that makes the commits
   */
  public TransactionStaging(RunTransaction transaction, CommitOrigin origin) {
    this.transaction = transaction;
    this.origin = origin;
  }

  @Override
  public Base base() {
    return transaction.base();
  }

  @Override
  public Optional<String> head() {
    return transaction.head();
  }

  @Override
  public Optional<String> commit(CommitSpec spec) {
    return transaction.commit(spec, origin);
  }

  @Override
  public String tag(TagSpec spec) {
    return transaction.tag(spec);
  }

  @Override
  public void note(NoteSpec spec) {
    transaction.note(spec);
  }

  @Override
  public void move(RefSpec spec) {
    transaction.move(spec);
  }

  @Override
  public void fence(String lock, String token) {
    transaction.fence(lock, token);
  }

  @Override
  public Base restart() {
    return transaction.restart();
  }

  @Override
  public List<RefChange> staged() {
    return transaction.staged();
  }
}
