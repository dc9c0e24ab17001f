package dev.gitvan.git.jgit.internal.write;

import dev.gitvan.config.internal.ConfigurationsService;
import dev.gitvan.config.internal.document.DocumentsService;
import dev.gitvan.git.GitSettings;
import dev.gitvan.git.jgit.internal.refs.Failpoint;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.job.Artifact;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.spi.RunTransaction.CommitOrigin;
import dev.gitvan.job.spi.Staging.Base;
import dev.gitvan.job.spi.Staging.CommitSpec;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.process.local.internal.LocalLauncher;
import dev.gitvan.repository.WorktreeId;
import dev.gitvan.testkit.GitSandbox;
import dev.gitvan.testkit.SampleReceipt;
import java.util.List;
import java.util.Map;

/** What the tests of this package begin with. */
public final class Receipts implements AutoCloseable {
  public final Repositories repositories;
  public final JGitTransactions transactions;

  private Receipts(Map<String, String> environment, Failpoint failpoint) {
    repositories = new Repositories(environment);
    var documents = new DocumentsService();
    transactions =
        new JGitTransactions(
            repositories,
            documents,
            ConfigurationsService.with(documents, Metrics.NONE, GitSettings.SECTION),
            Metrics.NONE,
            new LocalLauncher(),
            failpoint);
  }

  public static Receipts open(GitSandbox git) {
    return open(git.environment(), Failpoint.NONE);
  }

  public static Receipts open(Map<String, String> environment, Failpoint failpoint) {
    return new Receipts(environment, failpoint);
  }

  public static String id(int number) {
    return "01J%023d".formatted(number);
  }

  public static Receipt of(String id, Base base) {
    return SampleReceipt.of(id, "changelog", base).toBuilder()
        .artifacts(List.of(new Artifact("CHANGELOG.md", "a".repeat(64), 1234)))
        .build();
  }

  /** A run that commits paths. */
  public Receipt run(WorktreeId worktree, String id, String... paths) {
    return run(worktree, id, "docs: update", paths);
  }

  public Receipt run(WorktreeId worktree, String id, String message, String[] paths) {
    try (var tx = transactions.begin(worktree, false)) {
      if (paths.length > 0) {
        tx.commit(new CommitSpec(message, List.of(paths)), new CommitOrigin(id, "changelog"));
      }
      return tx.apply(List.of(of(id, tx.base()).toBuilder().artifacts(List.of()).build())).get(0);
    }
  }

  @Override
  public void close() {
    repositories.close();
  }
}
