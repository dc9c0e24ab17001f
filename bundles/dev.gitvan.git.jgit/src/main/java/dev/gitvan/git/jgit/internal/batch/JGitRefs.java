package dev.gitvan.git.jgit.internal.batch;

import dev.gitvan.config.Configurations;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.extension.spi.GitVanSharedService;
import dev.gitvan.extension.spi.SharedService;
import dev.gitvan.git.GitRefs;
import dev.gitvan.git.GitSettings;
import dev.gitvan.git.RefBatch;
import dev.gitvan.git.jgit.internal.refs.Failpoint;
import dev.gitvan.git.jgit.internal.refs.Move;
import dev.gitvan.git.jgit.internal.refs.Recovery;
import dev.gitvan.git.jgit.internal.refs.RefTransaction;
import dev.gitvan.git.jgit.internal.refs.SharedPermissions;
import dev.gitvan.git.jgit.internal.settings.GitFailure;
import dev.gitvan.git.jgit.internal.settings.Opened;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.metrics.Operation;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Batches as {@link RefTransaction}s, one at a time in each repository. */
@Component(service = SharedService.class)
@GitVanSharedService(type = GitRefs.class)
public final class JGitRefs implements GitRefs, SharedService {
  /** How long a symbolic ref may keep changing under our hands. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

  private final Repositories repositories;
  private final Configurations configurations;
  private final Metrics metrics;
  private final Failpoint failpoint;

  @Activate
  public JGitRefs(
      @Reference Repositories repositories,
      @Reference Configurations configurations,
      @Reference Metrics metrics) {
    this(repositories, configurations, metrics, Failpoint.ofProcess());
  }

  /**
   * @param failpoint where a test ends the process
   */
  public JGitRefs(
      Repositories repositories,
      Configurations configurations,
      Metrics metrics,
      Failpoint failpoint) {
    this.repositories = repositories;
    this.configurations = configurations;
    this.metrics = metrics;
    this.failpoint = failpoint;
  }

  @Override
  public List<RefMove> apply(WorktreeId worktree, RefBatch batch) {
    boolean durable = GitSettings.syncs(configurations.load(worktree));
    var opened = repositories.open(worktree);
    var turn = repositories.turn(worktree.repository());
    try (var repository = opened.repository()) {
      long start = System.nanoTime();
      turn.lockInterruptibly();
      metrics.recorder(Operation.LOCK_WAIT).since(start);
      opened.debug().waited("another thread's turn", System.nanoTime() - start);
      try {
        return apply(opened, batch, durable).stream()
            .map(move -> new RefMove(move.ref(), name(move.from()), name(move.to())))
            .sorted(java.util.Comparator.comparing(RefMove::name))
            .toList();
      } finally {
        turn.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw GitVanException.of(Codes.INTERRUPTED, "", "cancelled while waiting for its turn", "");
    } catch (IOException e) {
      throw GitFailure.of(e, worktree.repository().toString());
    }
  }

  private static String name(org.eclipse.jgit.lib.ObjectId id) {
    return id == null ? "" : id.name();
  }

  private List<Move> apply(Opened opened, RefBatch batch, boolean durable) throws IOException {
    var repository = opened.worktree().repository();
    var permissions = SharedPermissions.of(opened.settings());
    var recovery = new Recovery(repository, permissions);
    recovery.run(opened.worktree());
    long start = System.nanoTime();
    while (true) {
      try (var plan = new BatchPlan(opened, batch)) {
        plan.requireFree();
        new RefTransaction(plan.files(), recovery, permissions, failpoint, durable, opened.debug())
            .run(plan);
        metrics.recorder(Operation.GIT_REFS_BATCH).since(start);
        return plan.moves();
      } catch (RefTransaction.Moved e) {
        if (System.nanoTime() - start > PATIENCE) {
          throw GitVanException.of(
              Codes.REPO_MOVED,
              e.getMessage(),
              "other programs keep changing this ref",
              "Run it again when they are done.");
        }
      }
    }
  }
}
