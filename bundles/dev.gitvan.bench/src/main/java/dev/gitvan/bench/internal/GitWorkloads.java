package dev.gitvan.bench.internal;

import dev.gitvan.git.Git;
import dev.gitvan.git.GitRefs;
import dev.gitvan.job.spi.RunTransactions;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * {@code gitvan bench git-ops}: what runs do to a repository; {@code gitvan bench git-growth}: the
 * same where there is more of everything.
 */
@Component(service = WorkloadSet.class)
public final class GitWorkloads implements WorkloadSet {
  private static final String OPS = "git-ops";
  private static final String GROWTH = "git-growth";

  private final GitWorkload.Services services;

  @Activate
  public GitWorkloads(
      @Reference Git git, @Reference GitRefs refs, @Reference RunTransactions transactions) {
    this.services = new GitWorkload.Services(git, refs, transactions);
  }

  @Override
  public List<Workload> workloads() {
    var all = new ArrayList<Workload>();
    var commit = "git.commit_with_receipt";
    all.add(new CommitWorkload(services, OPS, commit, 1, false));
    all.add(new CommitWorkload(services, OPS, commit + "_durable", 1, true));
    for (int batch : new int[] {10, 100, 1000}) {
      all.add(new RefBatchWorkload(services, OPS, "git.refs_batch_" + batch, batch, 1000));
    }
    all.add(new StatusWorkload(services, OPS));
    for (int commits : new int[] {1000, 10_000, 100_000}) {
      var operation = commit + "_after_" + commits;
      all.add(new CommitWorkload(services, GROWTH, operation, commits, false));
    }
    for (int refs : new int[] {1000, 10_000, 50_000}) {
      all.add(new RefBatchWorkload(services, GROWTH, "git.refs_batch_100_of_" + refs, 100, refs));
    }
    for (int receipts : new int[] {0, 1000, 10_000}) {
      all.add(new ReceiptWorkload(services, GROWTH, "git.receipt_after_" + receipts, receipts));
    }
    return all;
  }
}
