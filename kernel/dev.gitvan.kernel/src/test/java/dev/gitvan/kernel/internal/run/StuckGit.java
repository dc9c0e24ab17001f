package dev.gitvan.kernel.internal.run;

import dev.gitvan.config.Configuration;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.spi.ReceiptQuery;
import dev.gitvan.job.spi.RunTransaction;
import dev.gitvan.job.spi.RunTransaction.CommitOrigin;
import dev.gitvan.job.spi.RunTransactions;
import dev.gitvan.job.spi.Staging.Base;
import dev.gitvan.job.spi.Staging.CommitSpec;
import dev.gitvan.job.spi.Staging.NoteSpec;
import dev.gitvan.job.spi.Staging.RefChange;
import dev.gitvan.job.spi.Staging.RefSpec;
import dev.gitvan.job.spi.Staging.TagSpec;
import dev.gitvan.job.spi.StagingNeed;
import dev.gitvan.repository.WorktreeId;
import java.util.List;
import java.util.Optional;

/** A repository in which commits never end. */
record StuckGit(RunTransactions git, Runnable hang) implements RunTransactions {
  @Override
  public RunTransaction begin(WorktreeId worktree, boolean dryRun) {
    return begin(worktree, null, dryRun);
  }

  @Override
  public RunTransaction begin(WorktreeId worktree, Configuration configuration, boolean dryRun) {
    var transaction = git.begin(worktree, configuration, dryRun);
    return new RunTransaction() {
      @Override
      public Base base() {
        return transaction.base();
      }

      @Override
      public Optional<String> head() {
        return transaction.head();
      }

      @Override
      public void require(List<StagingNeed> needs) {
        transaction.require(needs);
      }

      @Override
      public Optional<String> commit(CommitSpec spec, CommitOrigin origin) {
        hang.run();
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

      @Override
      public List<Receipt> apply(List<Receipt> receipts) {
        return transaction.apply(receipts);
      }

      @Override
      public void discard() {
        transaction.discard();
      }

      @Override
      public void close() {
        transaction.close();
      }
    };
  }

  @Override
  public List<Receipt> receipts(WorktreeId worktree, ReceiptQuery query) {
    return git.receipts(worktree, query);
  }

  @Override
  public Optional<Receipt> receipt(WorktreeId worktree, String id) {
    return git.receipt(worktree, id);
  }

  @Override
  public ReceiptCheck verify(WorktreeId worktree) {
    return git.verify(worktree);
  }
}
