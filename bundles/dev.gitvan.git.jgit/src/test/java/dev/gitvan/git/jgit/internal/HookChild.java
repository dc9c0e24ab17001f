package dev.gitvan.git.jgit.internal;

import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.jgit.internal.command.GitCommand;
import dev.gitvan.git.jgit.internal.refs.Failpoint;
import dev.gitvan.git.jgit.internal.write.Receipts;
import dev.gitvan.job.spi.StagingNeed;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.process.local.internal.LocalLauncher;
import java.nio.file.Path;
import java.util.List;

/** What GitVan sees in a hook of Git's: the lines of {@link HookEnvironmentTest}'s script. */
public final class HookChild {
  private HookChild() {}

  /** Prints them, writes a receipt, and prints the error that a commit would end with. */
  public static void main(String[] arguments) {
    var environment = System.getenv();
    try (var gitvan = Receipts.open(environment, Failpoint.NONE)) {
      var service =
          new JGitGit(gitvan.repositories, Metrics.NONE, new GitCommand(new LocalLauncher()));
      var worktree = service.discover(Path.of("").toAbsolutePath(), environment);
      System.out.println(worktree.root().map(Path::toString).orElse("bare"));
      System.out.println(worktree.gitDir());
      try (var repository = service.open(worktree)) {
        if (!worktree.isBare()) {
          repository.status().staged().forEach(System.out::println);
          System.out.println("--");
          repository.status().unstaged().forEach(System.out::println);
        }
      }
      System.out.println("--");
      var opened = gitvan.repositories.open(worktree);
      System.out.println(opened.settings().all().getString("hook", null, "test"));
      opened.repository().close();
      gitvan.run(worktree, Receipts.id(1 + (int) (System.nanoTime() % 1_000_000)));
      try (var transaction = gitvan.transactions.begin(worktree, true)) {
        transaction.require(List.of(new StagingNeed.Commit(List.of())));
        System.out.println("can commit");
      }
    } catch (GitVanException e) {
      System.out.println(e.getMessage());
    }
  }
}
