package dev.gitvan.git.jgit.internal.locks;

import dev.gitvan.config.internal.ConfigurationsService;
import dev.gitvan.config.internal.document.DocumentsService;
import dev.gitvan.git.GitLocks;
import dev.gitvan.git.GitRefs;
import dev.gitvan.git.GitSettings;
import dev.gitvan.git.jgit.internal.batch.JGitRefs;
import dev.gitvan.git.jgit.internal.refs.Failpoint;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.metrics.Metrics;
import java.util.Map;

/** The services under test, as their components would be made. */
final class Locking implements AutoCloseable {
  final Repositories repositories;
  final GitLocks locks;
  final GitRefs refs;
  private final JGitLocks component;

  private Locking(Map<String, String> environment, Metrics metrics) {
    repositories = new Repositories(environment);
    component = new JGitLocks(repositories, metrics, Failpoint.ofProcess());
    locks = component;
    var configurations =
        ConfigurationsService.with(new DocumentsService(), Metrics.NONE, GitSettings.SECTION);
    refs = new JGitRefs(repositories, configurations, Metrics.NONE, Failpoint.NONE);
  }

  static Locking open(Map<String, String> environment) {
    return open(environment, Metrics.NONE);
  }

  static Locking open(Map<String, String> environment, Metrics metrics) {
    return new Locking(environment, metrics);
  }

  @Override
  public void close() {
    component.close();
    repositories.close();
  }
}
