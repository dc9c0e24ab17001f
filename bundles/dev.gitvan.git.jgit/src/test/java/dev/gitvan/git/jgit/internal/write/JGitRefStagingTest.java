package dev.gitvan.git.jgit.internal.write;

import dev.gitvan.config.internal.ConfigurationsService;
import dev.gitvan.config.internal.document.DocumentsService;
import dev.gitvan.git.GitSettings;
import dev.gitvan.git.jgit.internal.refs.Failpoint;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.job.spi.RunTransactions;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.process.local.internal.LocalLauncher;
import dev.gitvan.testkit.RefStagingContract;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** The contract of staged refs, kept with JGit. */
class JGitRefStagingTest extends RefStagingContract {
  private Repositories repositories;

  @Override
  protected RunTransactions transactions(Map<String, String> environment) {
    repositories = new Repositories(environment);
    var documents = new DocumentsService();
    return new JGitTransactions(
        repositories,
        documents,
        ConfigurationsService.with(documents, Metrics.NONE, GitSettings.SECTION),
        Metrics.NONE,
        new LocalLauncher(),
        Failpoint.NONE);
  }

  @AfterEach
  void close() {
    repositories.close();
  }
}
