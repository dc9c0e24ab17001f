package dev.gitvan.cache.git.internal;

import static dev.gitvan.cache.git.internal.GitTierTest.key;
import static dev.gitvan.cache.git.internal.GitTierTest.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gitvan.cache.spi.KeptCache;
import dev.gitvan.cache.spi.Region;
import dev.gitvan.cache.spi.RegionSpec;
import dev.gitvan.git.jgit.internal.objects.JGitObjects;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listing, clearing and verifying a repository's caches that any process has filled. */
class KeptInGitTest {
  @TempDir Path temporary;
  private GitSandbox sandbox;
  private Repositories repositories;
  private RepositoryId repository;

  @BeforeEach
  void start() {
    sandbox = GitSandbox.init(temporary);
    sandbox.commit("README", "hello", "first");
    repositories = new Repositories(GitTierTest.environment(sandbox.home()));
    repository = sandbox.worktree().repository();
  }

  @AfterEach
  void stop() {
    repositories.close();
  }

  private GitTier tier() {
    return new GitTier(
        new JGitObjects(repositories),
        sandbox.home().resolve("state/cache-key"),
        new GitRegion.Limits(1000, 8 << 20, 64, 1 << 20),
        60_000,
        System::currentTimeMillis);
  }

  private Region open(GitTier tier, String cache) {
    return tier.open(RegionSpec.builder(cache, 10).schema(3).repository(repository).build());
  }

  private void fill(String cache, int entries) throws IOException {
    var tier = tier();
    var region = open(tier, cache);
    for (int i = 0; i < entries; i++) {
      region.put(key(i), value(i));
    }
    region.close();
    tier.close();
  }

  @Test
  void tellsWhatIsThereWhoeverWroteIt() throws IOException {
    fill("one", 20);
    fill("two", 5);
    var tier = tier();
    assertThat(tier.kept(repository))
        .extracting(KeptCache::cache, KeptCache::entries)
        .containsExactly(tuple("one", 20L), tuple("two", 5L));
    assertThat(tier.kept(null)).isEmpty();
    open(tier, "one").put(key(100), value(100));
    assertThat(tier.kept(repository).get(0).entries()).as("gathered ones too").isEqualTo(21);
    sandbox.git("pack-refs", "--all");
    assertThat(tier().kept(repository)).hasSize(2);
  }

  @Test
  void emptiesOneOrAll() throws IOException {
    fill("one", 20);
    fill("two", 5);
    tier().clear("one", repository);
    assertThat(open(tier(), "one").get(key(1))).isNull();
    assertThat((byte[]) open(tier(), "two").get(key(1))).isEqualTo(value(1));
    assertThat(sandbox.git("ls-tree", "-r", "--name-only", "refs/gitvan/cache/one"))
        .isEqualTo("seal");
    tier().clear(null, repository);
    assertThat(open(tier(), "two").get(key(1))).isNull();
    tier().clear(null, null);
    assertThat(sandbox.git("fsck", "--strict", "--no-dangling")).isEmpty();
    fill("one", 2);
    assertThat((byte[]) open(tier(), "one").get(key(1))).isEqualTo(value(1));
  }

  @Test
  void dropsDamagedAndMissingValues() throws IOException {
    fill("one", 20);
    assertThat(tier().verify(repository)).containsExactly(new KeptCache("one", 20, bytes(20), 0));
    var damaged = object(blob(3));
    var missing = object(blob(4));
    damaged.toFile().setWritable(true);
    var bytes = Files.readAllBytes(damaged);
    bytes[bytes.length / 2] ^= 16;
    Files.write(damaged, bytes);
    Files.delete(missing);
    assertThat(tier().verify(repository))
        .singleElement()
        .satisfies(
            kept -> {
              assertThat(kept.entries()).isEqualTo(18);
              assertThat(kept.corrupt()).isEqualTo(2);
            });
    assertThat(tier().verify(repository)).allMatch(kept -> kept.corrupt() == 0);
    assertThat(open(tier(), "one").get(key(3))).isNull();
    assertThat((byte[]) open(tier(), "one").get(key(5))).isEqualTo(value(5));
    assertThat(sandbox.git("ls-tree", "-r", "--name-only", "refs/gitvan/cache/one").lines())
        .hasSize(19);
  }

  @Test
  void emptiesACacheWhoseTreeIsDamaged() throws IOException {
    fill("one", 20);
    var tree = object(sandbox.git("rev-parse", "refs/gitvan/cache/one:v3"));
    tree.toFile().setWritable(true);
    Files.writeString(tree, "garbage");
    assertThat(tier().verify(repository)).containsExactly(new KeptCache("one", 0, 0, 1));
    assertThat(tier().verify(repository)).containsExactly(new KeptCache("one", 0, 0, 0));
    fill("one", 3);
    assertThat((byte[]) open(tier(), "one").get(key(1))).isEqualTo(value(1));
  }

  private static long bytes(int entries) {
    long sum = 0;
    for (int i = 0; i < entries; i++) {
      sum += value(i).length;
    }
    return sum;
  }

  private String blob(int number) {
    return sandbox
        .git("ls-tree", "-r", "--format=%(objectname)", "refs/gitvan/cache/one")
        .lines()
        .filter(id -> (sandbox.git("cat-file", "-p", id)).equals("value " + number))
        .findFirst()
        .orElseThrow();
  }

  private Path object(String id) {
    return repository
        .commonDir()
        .resolve("objects")
        .resolve(id.substring(0, 2))
        .resolve(id.substring(2));
  }
}
