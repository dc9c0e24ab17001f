package dev.gitvan.git.jgit.internal;

import dev.gitvan.cache.CacheRegistry;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.extension.spi.GitVanSharedService;
import dev.gitvan.extension.spi.SharedService;
import dev.gitvan.git.Git;
import dev.gitvan.git.GitRepository;
import dev.gitvan.git.RunRepository;
import dev.gitvan.git.jgit.internal.command.Caller;
import dev.gitvan.git.jgit.internal.command.GitCommand;
import dev.gitvan.git.jgit.internal.command.ReaderEnvironment;
import dev.gitvan.git.jgit.internal.read.JGitRepository;
import dev.gitvan.git.jgit.internal.read.ObjectCache;
import dev.gitvan.git.jgit.internal.read.View;
import dev.gitvan.git.jgit.internal.refs.Recovery;
import dev.gitvan.git.jgit.internal.refs.SharedPermissions;
import dev.gitvan.git.jgit.internal.run.JGitRunRepository;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.job.spi.JobContext;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Repositories read with JGit. */
@Component(service = SharedService.class)
@GitVanSharedService(type = Git.class)
public final class JGitGit implements Git, SharedService {
  private static final System.Logger LOG = System.getLogger(JGitGit.class.getName());

  /** Absent, every object is read again. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile CacheRegistry caches;

  private final ObjectCache objects = new ObjectCache(() -> caches);
  private final Repositories repositories;
  private final Metrics metrics;
  private final GitCommand command;

  @Activate
  public JGitGit(
      @Reference Repositories repositories,
      @Reference Metrics metrics,
      @Reference GitCommand command) {
    this.repositories = repositories;
    this.metrics = metrics;
    this.command = command;
  }

  /** Nothing of this bundle's classes stays in the cache. */
  @Deactivate
  void deactivate() {
    var registry = caches;
    if (registry != null) {
      registry.clear(ObjectCache.NAME);
    }
  }

  @Override
  public WorktreeId discover(Path directory) {
    return recovered(repositories.discover(directory));
  }

  @Override
  public WorktreeId discover(Path directory, Map<String, String> environment) {
    return recovered(repositories.discover(directory, environment));
  }

  private WorktreeId recovered(WorktreeId worktree) {
    if (Recovery.isNeeded(worktree)) {
      recover(worktree);
    }
    return worktree;
  }

  /** Who reads goes on without it: those who write try again, and fail with the reason. */
  private void recover(WorktreeId worktree) {
    try {
      var opened = repositories.open(worktree);
      try (var repository = opened.repository()) {
        var permissions = SharedPermissions.of(opened.settings());
        new Recovery(worktree.repository(), permissions).run(worktree);
      }
    } catch (IOException | GitVanException e) {
      LOG.log(System.Logger.Level.WARNING, worktree + " cannot be repaired: " + e.getMessage());
    }
  }

  @Override
  public GitRepository open(WorktreeId worktree) {
    var caller = Caller.reader(ReaderEnvironment.of(repositories.user()));
    return new JGitRepository(
        new View(repositories.open(worktree), command, caller, objects), metrics);
  }

  @Override
  public RunRepository open(JobContext run) {
    var view = new View(repositories.open(run.worktree()), command, Caller.run(run), objects);
    return new JGitRunRepository(view, metrics, run, repositories::discover);
  }
}
