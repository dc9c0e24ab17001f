package dev.gitvan.git.jgit.internal;

import dev.gitvan.git.Git;
import dev.gitvan.git.GitRepository;
import dev.gitvan.git.jgit.internal.read.JGitRepository;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.repository.WorktreeId;
import java.nio.file.Path;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Repositories read with JGit. */
@Component(service = Git.class)
public final class JGitGit implements Git {
  private final Repositories repositories;
  private final Metrics metrics;

  @Activate
  public JGitGit(@Reference Repositories repositories, @Reference Metrics metrics) {
    this.repositories = repositories;
    this.metrics = metrics;
  }

  @Override
  public WorktreeId discover(Path directory) {
    return repositories.discover(directory);
  }

  @Override
  public GitRepository open(WorktreeId worktree) {
    return new JGitRepository(repositories.open(worktree), metrics);
  }
}
