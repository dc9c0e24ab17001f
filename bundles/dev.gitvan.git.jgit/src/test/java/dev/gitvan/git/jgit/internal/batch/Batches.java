package dev.gitvan.git.jgit.internal.batch;

import dev.gitvan.config.internal.ConfigurationsService;
import dev.gitvan.config.internal.document.DocumentsService;
import dev.gitvan.git.GitRefs;
import dev.gitvan.git.GitSettings;
import dev.gitvan.git.RefBatch;
import dev.gitvan.git.RefUpdate;
import dev.gitvan.git.jgit.internal.refs.Failpoint;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.repository.WorktreeId;
import dev.gitvan.testkit.GitSandbox;
import java.util.List;
import java.util.Map;

/** The service under test, as its component would be made. */
final class Batches implements AutoCloseable {
  final Repositories repositories;
  final GitRefs refs;

  private Batches(Map<String, String> environment, Failpoint failpoint) {
    repositories = new Repositories(environment);
    var configurations =
        ConfigurationsService.with(new DocumentsService(), Metrics.NONE, GitSettings.SECTION);
    refs = new JGitRefs(repositories, configurations, Metrics.NONE, failpoint);
  }

  static Batches open(GitSandbox git) {
    return open(git.environment(), Failpoint.NONE);
  }

  static Batches open(Map<String, String> environment, Failpoint failpoint) {
    return new Batches(environment, failpoint);
  }

  List<GitRefs.RefMove> apply(WorktreeId worktree, RefUpdate... updates) {
    return refs.apply(worktree, RefBatch.of(updates));
  }

  @Override
  public void close() {
    repositories.close();
  }
}
