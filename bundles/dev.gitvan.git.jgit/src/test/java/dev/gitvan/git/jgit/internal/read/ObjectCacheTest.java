package dev.gitvan.git.jgit.internal.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gitvan.cache.CacheRegistry;
import dev.gitvan.cache.CacheStats;
import dev.gitvan.cache.heap.internal.HeapTier;
import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.git.Commit;
import dev.gitvan.git.GitRepository;
import dev.gitvan.git.HistoryQuery;
import dev.gitvan.git.jgit.internal.command.Caller;
import dev.gitvan.git.jgit.internal.command.GitCommand;
import dev.gitvan.git.jgit.internal.command.ReaderEnvironment;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.kernel.internal.Offer;
import dev.gitvan.kernel.internal.cache.Caches;
import dev.gitvan.kernel.internal.swap.Kernel;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.process.local.internal.LocalLauncher;
import dev.gitvan.testkit.GitSandbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

/** The cache {@code git-objects}: what it gives is what {@code git} gives. */
class ObjectCacheTest {
  @TempDir Path directory;
  private final Caches caches =
      new Caches(new Kernel(), () -> Metrics.NONE, () -> null, 100, Duration.ofSeconds(30));
  private final HeapTier heap = new HeapTier();
  private CacheRegistry present = caches;
  private final AtomicLong nanos = new AtomicLong();
  private final ObjectCache objects = new ObjectCache(() -> present, nanos::get);
  private GitSandbox git;
  private Repositories repositories;

  @BeforeEach
  void open() {
    nanos.addAndGet(Duration.ofSeconds(3).toNanos());
    git = GitSandbox.init(directory);
    repositories = new Repositories(git.environment());
    CacheTier tier = heap;
    caches.add(
        new Offer<>(
            "heap",
            Map.of(
                "gitvan.cache.tier", "heap",
                "gitvan.cache.level", 1,
                "gitvan.cache.expires", true,
                "gitvan.cache.bounded", true,
                "gitvan.cache.interruptible", true),
            "heap",
            Version.emptyVersion,
            1,
            () -> tier,
            object -> {}));
  }

  @AfterEach
  void close() {
    repositories.close();
    caches.close();
    heap.close();
  }

  private GitRepository repository(GitSandbox sandbox) {
    var caller = Caller.reader(ReaderEnvironment.of(repositories.user()));
    var opened = repositories.open(repositories.discover(sandbox.root()));
    return new JGitRepository(
        new View(opened, new GitCommand(new LocalLauncher()), caller, objects), Metrics.NONE);
  }

  private CacheStats stats() {
    return caches.stats().stream()
        .filter(stats -> stats.cache().equals("git-objects") && stats.tier().equals("heap"))
        .findFirst()
        .orElseThrow();
  }

  private static List<Commit> history(GitRepository repository, String from) {
    var commits = new ArrayList<Commit>();
    try (var history = repository.history(HistoryQuery.of(from).ownCommits(true))) {
      history.forEachRemaining(commits::add);
    }
    return commits;
  }

  @Test
  void contentsAreThoseOfGitAndReadOnce() {
    git.commit("a.txt", "content\n", "one");
    var id = git.git("rev-parse", "HEAD:a.txt");
    try (var repository = repository(git)) {
      for (int i = 0; i < 3; i++) {
        var content = repository.read(id);
        assertThat(new String(content, StandardCharsets.UTF_8)).isEqualTo("content\n");
        content[0] = 'X';
      }
      assertThat(repository.read("HEAD:a.txt")).isEqualTo("content\n".getBytes());
      assertThat(stats().hits()).isEqualTo(2);
      assertThat(stats().bytes()).isEqualTo(8);
    }
  }

  @Test
  void historiesAreThoseOfGitAndParsedFromMemory() {
    git.commits(50);
    try (var repository = repository(git)) {
      var first = history(repository, "HEAD");
      long hits = stats().hits();
      assertThat(history(repository, "HEAD")).isEqualTo(first);
      // Whatever the walk begins at is read as anything first.
      assertThat(stats().hits() - hits).isGreaterThanOrEqualTo(49);
      assertThat(first.stream().map(Commit::id))
          .containsExactly(git.git("rev-list", "HEAD").split("\n"));

      // A commit that is new is read when it is there.
      var next = git.commit("b.txt", "b", "next");
      assertThat(history(repository, "HEAD").get(0).id()).isEqualTo(next);
    }
  }

  /** The content of a tag is not that of a commit with the same id. */
  @Test
  void whatWasReadAsAnythingIsNotTakenForACommit() {
    git.commit("a.txt", "1", "one");
    git.git("tag", "-a", "v1", "-m", "first");
    var tag = git.git("rev-parse", "v1");
    try (var repository = repository(git)) {
      assertThat(new String(repository.read(tag), StandardCharsets.UTF_8)).contains("tag v1");
      assertThat(history(repository, tag)).hasSize(1);
      var commit = history(repository, tag).get(0).id();
      assertThat(new String(repository.read(commit), StandardCharsets.UTF_8)).startsWith("tree ");
    }
  }

  @Test
  void repositoriesDoNotSeeEachOthersObjects() throws Exception {
    git.commit("a.txt", "secret", "one");
    var id = git.git("rev-parse", "HEAD:a.txt");
    var other = GitSandbox.init(Files.createDirectory(directory.resolve("other")));
    try (var one = repository(git);
        var two = repository(other)) {
      assertThat(one.read(id)).isEqualTo("secret".getBytes());
      assertThatThrownBy(() -> two.read(id)).hasMessageContaining("OBJECT_NOT_FOUND");
    }
  }

  @Test
  void largeObjectsAreReadEachTime() {
    var large = "0123456789".repeat(100_000);
    git.commit("large.txt", large, "one");
    var id = git.git("rev-parse", "HEAD:large.txt");
    try (var repository = repository(git)) {
      assertThat(repository.read(id)).hasSize(1_000_000);
      assertThat(repository.read(id)).hasSize(1_000_000);
      assertThat(stats().entries()).isZero();
    }
  }

  @Test
  void shortCommandsUseNone() {
    git.commit("a.txt", "1", "one");
    nanos.set(0);
    try (var repository = repository(git)) {
      assertThat(repository.read("HEAD:a.txt")).isEqualTo("1".getBytes());
    }
    assertThat(caches.stats()).isEmpty();
  }

  @Test
  void withoutARegistryEverythingIsReadAgain() {
    git.commit("a.txt", "1", "one");
    var id = git.git("rev-parse", "HEAD:a.txt");
    present = null;
    try (var repository = repository(git)) {
      assertThat(repository.read(id)).isEqualTo("1".getBytes());
      assertThat(repository.read(id)).isEqualTo("1".getBytes());
      assertThat(history(repository, "HEAD")).hasSize(1);
    }
    assertThat(caches.stats()).isEmpty();
  }
}
