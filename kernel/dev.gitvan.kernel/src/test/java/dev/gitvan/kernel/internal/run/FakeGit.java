package dev.gitvan.kernel.internal.run;

import dev.gitvan.config.Configuration;
import dev.gitvan.extension.spi.SharedService;
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
import dev.gitvan.repository.WorktreeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A repository in memory: commits and receipts, no files. */
final class FakeGit implements RunTransactions, SharedService {
  final List<Receipt> receipts = new CopyOnWriteArrayList<>();
  final List<String> commits = new CopyOnWriteArrayList<>();
  final AtomicInteger open = new AtomicInteger();
  final AtomicInteger begun = new AtomicInteger();

  /** Thrown by each of the next applications, in order; null: none. */
  final List<RuntimeException> failures = new CopyOnWriteArrayList<>();

  volatile RuntimeException refusesToBegin;

  /** Whether its bundle is gone, and loads no class any more. */
  volatile boolean gone;

  private void load() {
    if (gone) {
      throw new NoClassDefFoundError("org/example/git/Internal");
    }
  }

  @Override
  public RunTransaction begin(WorktreeId worktree, boolean dryRun) {
    return begin(worktree, null, dryRun);
  }

  @Override
  public RunTransaction begin(WorktreeId worktree, Configuration configuration, boolean dryRun) {
    load();
    if (refusesToBegin != null) {
      throw refusesToBegin;
    }
    open.incrementAndGet();
    begun.incrementAndGet();
    return new Transaction(dryRun);
  }

  private synchronized String head() {
    return commits.isEmpty() ? "base" : commits.get(commits.size() - 1);
  }

  private synchronized void apply(List<String> staged, List<Receipt> written) {
    if (!failures.isEmpty()) {
      var failure = failures.remove(0);
      if (failure != null) {
        throw failure;
      }
    }
    commits.addAll(staged);
    receipts.addAll(written);
  }

  @Override
  public List<Receipt> receipts(WorktreeId worktree, ReceiptQuery query) {
    return List.copyOf(receipts);
  }

  @Override
  public Optional<Receipt> receipt(WorktreeId worktree, String id) {
    return receipts.stream().filter(r -> r.id().startsWith(id)).findFirst();
  }

  @Override
  public ReceiptCheck verify(WorktreeId worktree) {
    return new ReceiptCheck(receipts.size(), 0, List.of());
  }

  private final class Transaction implements RunTransaction {
    private final boolean dryRun;
    private final Base base = new Base(FakeGit.this.head(), "refs/heads/main");
    private final List<String> staged = new ArrayList<>();
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
      return Optional.of(staged.isEmpty() ? base.head() : staged.get(staged.size() - 1));
    }

    @Override
    public Optional<String> commit(CommitSpec spec, CommitOrigin origin) {
      staged.add(spec.message());
      return head();
    }

    @Override
    public String tag(TagSpec spec) {
      return "tag";
    }

    @Override
    public void note(NoteSpec spec) {
      // Nothing is kept of it.
    }

    @Override
    public void move(RefSpec spec) {
      // Nothing is kept of it.
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
      load();
      if (applied || closed || dryRun) {
        throw new IllegalStateException("applied, closed or dry");
      }
      var commit = staged.isEmpty() ? "" : staged.get(staged.size() - 1);
      var lines = written.stream().map(r -> r.withCommit(commit)).toList();
      FakeGit.this.apply(staged, lines);
      applied = true;
      return lines;
    }

    @Override
    public void discard() {
      load();
      staged.clear();
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        load();
        open.decrementAndGet();
      }
    }
  }
}
