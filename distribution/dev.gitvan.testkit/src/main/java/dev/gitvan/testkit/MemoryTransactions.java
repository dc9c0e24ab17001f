package dev.gitvan.testkit;

import dev.gitvan.config.Configuration;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.spi.ReceiptQuery;
import dev.gitvan.job.spi.RunTransaction;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Transactions in memory: what runs staged and their receipts, no files. Safe for any thread. */
public class MemoryTransactions implements RunTransactions {
  /** The receipts that were written, in order. */
  public final List<Receipt> receipts = new CopyOnWriteArrayList<>();

  /**
   * What successful runs staged, in order: {@link CommitSpec}, {@link TagSpec}, {@link NoteSpec}
   * and {@link RefSpec}.
   */
  public final List<Object> applied = new CopyOnWriteArrayList<>();

  /** The number of transactions that were begun. */
  public final AtomicInteger begun = new AtomicInteger();

  /** The number of transactions that are not closed. */
  public final AtomicInteger open = new AtomicInteger();

  /** Thrown by each of the next applications, in order; null: none. */
  public final List<RuntimeException> failures = new CopyOnWriteArrayList<>();

  /** Thrown instead of beginning a transaction; null: none. */
  public volatile RuntimeException refusal;

  /** Thrown when needs are declared, instead of accepting them; null: none. */
  public volatile RuntimeException unmet;

  /** The needs that jobs declared, in order. */
  public final List<StagingNeed> needs = new CopyOnWriteArrayList<>();

  private final AtomicInteger ids = new AtomicInteger();
  private volatile String head = nextId();

  private String nextId() {
    return String.format("%040x", ids.incrementAndGet());
  }

  /** The id of the last commit that was applied. */
  public final String head() {
    return head;
  }

  /** The messages of the commits that were applied. */
  public final List<String> commits() {
    return applied.stream()
        .filter(CommitSpec.class::isInstance)
        .map(spec -> ((CommitSpec) spec).message())
        .toList();
  }

  /** Called at the start of each operation on Git. */
  protected void called() {}

  @Override
  public final RunTransaction begin(WorktreeId worktree, boolean dryRun) {
    return begin(worktree, null, dryRun);
  }

  @Override
  public final RunTransaction begin(
      WorktreeId worktree, Configuration configuration, boolean dryRun) {
    called();
    if (refusal != null) {
      throw refusal;
    }
    open.incrementAndGet();
    begun.incrementAndGet();
    return new Transaction(dryRun);
  }

  private synchronized void apply(Transaction transaction, List<Receipt> written) {
    var failure = failures.isEmpty() ? null : failures.remove(0);
    if (failure != null) {
      throw failure;
    }
    head = transaction.head;
    applied.addAll(transaction.staged);
    receipts.addAll(written);
  }

  @Override
  public final List<Receipt> receipts(WorktreeId worktree, ReceiptQuery query) {
    return List.copyOf(receipts);
  }

  @Override
  public final Optional<Receipt> receipt(WorktreeId worktree, String id) {
    return receipts.stream().filter(receipt -> receipt.id().startsWith(id)).findFirst();
  }

  @Override
  public final ReceiptCheck verify(WorktreeId worktree) {
    return new ReceiptCheck(receipts.size(), 0, List.of());
  }

  private final class Transaction implements RunTransaction {
    private final boolean dryRun;
    private final Base base = new Base(MemoryTransactions.this.head, "refs/heads/main");
    private final List<Object> staged = new CopyOnWriteArrayList<>();
    private volatile String head = base.head();
    private boolean applied;
    private boolean closed;

    Transaction(boolean dryRun) {
      this.dryRun = dryRun;
    }

    @Override
    public Base base() {
      return base;
    }

    @Override
    public Optional<String> head() {
      return Optional.of(head);
    }

    @Override
    public void require(List<StagingNeed> declared) {
      needs.addAll(declared);
      if (unmet != null) {
        throw unmet;
      }
    }

    @Override
    public Optional<String> commit(CommitSpec spec, CommitOrigin origin) {
      staged.add(spec);
      head = nextId();
      return head();
    }

    @Override
    public String tag(TagSpec spec) {
      staged.add(spec);
      return nextId();
    }

    @Override
    public void note(NoteSpec spec) {
      staged.add(spec);
    }

    @Override
    public void move(RefSpec spec) {
      staged.add(spec);
    }

    @Override
    public void fence(String lock, String token) {
      // There are no locks here.
    }

    @Override
    public Base restart() {
      return base;
    }

    @Override
    public List<RefChange> staged() {
      return List.of();
    }

    @Override
    public List<Receipt> apply(List<Receipt> written) {
      called();
      if (applied || closed || dryRun) {
        throw new IllegalStateException("applied, closed or dry");
      }
      var commit = head.equals(base.head()) ? "" : head;
      var receipts = written.stream().map(receipt -> receipt.withCommit(commit)).toList();
      MemoryTransactions.this.apply(this, receipts);
      applied = true;
      return receipts;
    }

    @Override
    public void discard() {
      called();
      staged.clear();
      head = base.head();
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        called();
        open.decrementAndGet();
      }
    }
  }
}
