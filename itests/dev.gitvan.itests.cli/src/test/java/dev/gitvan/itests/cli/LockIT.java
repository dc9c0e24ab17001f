package dev.gitvan.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gitvan lock}, on locks that are there as refs. */
class LockIT {
  @TempDir Path directory;

  @Test
  void thereAreNoLocksAtFirst() {
    var repository = Repository.withOneCommit(directory);
    assertThat(repository.run("lock", "list").ok().out()).isEmpty();
    repository.run("lock", "release", "deploy").refused("LOCK_NOT_FOUND");
  }

  /** What is no lock's record is held by who knows whom: it is only taken by force. */
  @Test
  void aLockIsReleasedByForceAndStaysAsFree() {
    var repository = Repository.withOneCommit(directory);
    var git = repository.sandbox();
    git.git("update-ref", "refs/gitvan/locks/deploy/production", "HEAD");
    repository.run("lock", "release", "deploy/productoin").refused("LOCK_NOT_FOUND");
    repository.run("lock", "release", "deploy/production").refused("LOCK_HELD");
    assertThat(state(repository)).isEqualTo("unreadable");

    repository.run("lock", "release", "deploy/production", "--force").ok();
    assertThat(state(repository)).isEqualTo("free");
    assertThat(git.git("cat-file", "-t", "refs/gitvan/locks/deploy/production")).isEqualTo("blob");
    assertThat(repository.run("lock", "release", "deploy/production").ok().out())
        .isEqualTo("deploy/production was free\n");
    assertThat(git.run("fsck", "--strict").status()).isZero();
  }

  private static Object state(Repository repository) {
    var locks =
        (List<?>) repository.run("--json", "lock", "list").json("gitvan.locks.v1").get("locks");
    assertThat(locks).hasSize(1);
    return ((Map<?, ?>) locks.get(0)).get("state");
  }
}
