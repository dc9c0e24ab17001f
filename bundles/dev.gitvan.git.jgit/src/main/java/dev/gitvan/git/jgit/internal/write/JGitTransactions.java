package dev.gitvan.git.jgit.internal.write;

import dev.gitvan.config.Configuration;
import dev.gitvan.config.Configurations;
import dev.gitvan.document.Documents;
import dev.gitvan.extension.spi.GitVanSharedService;
import dev.gitvan.extension.spi.SharedService;
import dev.gitvan.git.GitSettings;
import dev.gitvan.git.jgit.internal.refs.Failpoint;
import dev.gitvan.git.jgit.internal.refs.Intents;
import dev.gitvan.git.jgit.internal.refs.RecentInodes;
import dev.gitvan.git.jgit.internal.refs.Recovery;
import dev.gitvan.git.jgit.internal.refs.RefFiles;
import dev.gitvan.git.jgit.internal.refs.SharedPermissions;
import dev.gitvan.git.jgit.internal.refs.SpareIntents;
import dev.gitvan.git.jgit.internal.settings.GitFailure;
import dev.gitvan.git.jgit.internal.settings.Opened;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.spi.ReceiptQuery;
import dev.gitvan.job.spi.RunTransaction;
import dev.gitvan.job.spi.RunTransactions;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.process.ProcessLauncher;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Run transactions written with JGit's objects and GitVan's own ref transactions. */
@Component(service = SharedService.class)
@GitVanSharedService(type = RunTransactions.class)
public final class JGitTransactions implements RunTransactions, SharedService {
  private final Repositories repositories;
  private final Documents documents;
  private final Configurations configurations;
  private final Metrics metrics;
  private final ProcessLauncher launcher;
  private final Failpoint failpoint;
  private final Map<RepositoryId, RepositoryWriter> writers = new ConcurrentHashMap<>();

  @Activate
  public JGitTransactions(
      @Reference Repositories repositories,
      @Reference Documents documents,
      @Reference Configurations configurations,
      @Reference Metrics metrics,
      @Reference ProcessLauncher launcher) {
    this(repositories, documents, configurations, metrics, launcher, Failpoint.ofProcess());
  }

  /**
   * @param failpoint where a test ends the process
   */
  public JGitTransactions(
      Repositories repositories,
      Documents documents,
      Configurations configurations,
      Metrics metrics,
      ProcessLauncher launcher,
      Failpoint failpoint) {
    this.repositories = repositories;
    this.documents = documents;
    this.configurations = configurations;
    this.metrics = metrics;
    this.launcher = launcher;
    this.failpoint = failpoint;
  }

  /** Leaves no file that only this process can use, and keeps none open. */
  @Deactivate
  public void close() throws IOException {
    SpareIntents.clear();
    RecentInodes.clear();
  }

  @Override
  public RunTransaction begin(WorktreeId worktree, boolean dryRun) {
    return begin(worktree, configurations.load(worktree), dryRun);
  }

  @Override
  public RunTransaction begin(WorktreeId worktree, Configuration configuration, boolean dryRun) {
    var opened = repositories.open(worktree);
    try {
      if (!dryRun) {
        prepare(opened);
      }
      boolean durable = GitSettings.syncs(configuration);
      var writer =
          writers.computeIfAbsent(
              worktree.repository(),
              id ->
                  new RepositoryWriter(
                      repositories.turn(id),
                      new Applying(documents, metrics, launcher, failpoint),
                      metrics));
      return new Transaction(opened, writer, metrics, launcher, dryRun, durable);
    } catch (RuntimeException e) {
      opened.repository().close();
      throw e;
    }
  }

  /**
   * Finishes what a process left that was killed, and checks that this run can leave an intent: it
   * should not fail when its steps have been run.
   */
  private static void prepare(Opened opened) {
    var repository = opened.worktree().repository();
    try {
      new Recovery(repository, SharedPermissions.of(opened.settings())).run(opened.worktree());
      new Intents(repository).createFolder();
    } catch (IOException e) {
      throw GitFailure.of(e, repository.stateDir().toString());
    }
  }

  @Override
  public List<Receipt> receipts(WorktreeId worktree, ReceiptQuery query) {
    return read(worktree, (opened, log) -> log.newest(query));
  }

  @Override
  public Optional<Receipt> receipt(WorktreeId worktree, String id) {
    return read(worktree, (opened, log) -> log.find(id));
  }

  @Override
  public ReceiptCheck verify(WorktreeId worktree) {
    return read(worktree, (opened, log) -> new ReceiptVerification(opened, documents).check(log));
  }

  private interface Reading<T> {
    T from(Opened opened, ReceiptLog log) throws IOException;
  }

  private <T> T read(WorktreeId worktree, Reading<T> reading) {
    var opened = repositories.open(worktree);
    try (var repository = opened.repository()) {
      return reading.from(
          opened,
          ReceiptLog.read(repository, worktree.repository(), new RefFiles(worktree), documents));
    } catch (IOException e) {
      throw GitFailure.of(e, worktree.toString());
    }
  }
}
