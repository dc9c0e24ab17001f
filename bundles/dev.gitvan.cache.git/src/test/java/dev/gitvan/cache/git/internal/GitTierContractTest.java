package dev.gitvan.cache.git.internal;

import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.git.jgit.internal.objects.JGitObjects;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.testkit.CacheTierContract;
import dev.gitvan.testkit.GitSandbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.io.TempDir;

class GitTierContractTest extends CacheTierContract {
  private final AtomicLong millis = new AtomicLong(1_000_000);
  @TempDir Path temporary;
  private GitSandbox sandbox;
  private Repositories repositories;

  @Override
  protected int level() {
    return 3;
  }

  @Override
  protected CacheTier open() {
    if (sandbox == null) {
      sandbox = GitSandbox.init(temporary);
    }
    var environment = GitTierTest.environment(sandbox.home());
    repositories = new Repositories(environment);
    return new GitTier(
        new JGitObjects(repositories),
        temporary.resolve("key"),
        new GitRegion.Limits(1000, 16 << 20, 64, 1 << 20),
        60_000,
        millis::get);
  }

  @Override
  protected void close(CacheTier opened) {
    ((GitTier) opened).close();
    repositories.close();
  }

  @Override
  protected boolean persists() {
    return true;
  }

  @Override
  protected RepositoryId repository() {
    return sandbox.worktree().repository();
  }

  @Override
  protected boolean elapse(CacheTier opened, Duration time) {
    millis.addAndGet(time.toMillis());
    return true;
  }
}
