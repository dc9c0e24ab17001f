package dev.gitvan.cache.git.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gitvan.cache.spi.BytesKey;
import dev.gitvan.cache.spi.CorruptEntryException;
import dev.gitvan.cache.spi.Region;
import dev.gitvan.cache.spi.RegionSpec;
import dev.gitvan.git.jgit.internal.objects.JGitObjects;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitTierTest {
  private static final GitRegion.Limits LIMITS = new GitRegion.Limits(1000, 8 << 20, 64, 1 << 20);

  @TempDir Path temporary;
  private GitSandbox sandbox;
  private Repositories repositories;

  @BeforeEach
  void start() {
    sandbox = GitSandbox.init(temporary);
    sandbox.commit("README", "hello", "first");
    repositories = new Repositories(environment(sandbox.home()));
  }

  @AfterEach
  void stop() {
    repositories.close();
  }

  static Map<String, String> environment(Path home) {
    return Map.of("HOME", home.toString(), "GIT_CONFIG_NOSYSTEM", "1");
  }

  private static GitTier tier(
      Repositories repositories, Path home, String key, GitRegion.Limits limits) {
    return new GitTier(
        new JGitObjects(repositories),
        home.resolve("state").resolve(key),
        limits,
        60_000,
        System::currentTimeMillis);
  }

  private GitTier tier() {
    return tier(repositories, sandbox.home(), "cache-key", LIMITS);
  }

  private Region open(GitTier tier) throws IOException {
    return open(tier, sandbox.worktree().repository());
  }

  private static Region open(GitTier tier, RepositoryId repository) throws IOException {
    return tier.open(RegionSpec.builder("test", 10).repository(repository).build());
  }

  static BytesKey key(int number) {
    return new BytesKey(("key " + number).getBytes(StandardCharsets.UTF_8));
  }

  static byte[] value(int number) {
    return ("value " + number + "\n").getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void keepsValuesAsBlobsThatGitCanRead() throws IOException {
    var tier = tier();
    var region = open(tier);
    for (int i = 0; i < 100; i++) {
      region.put(key(i), value(i));
    }
    assertThat((byte[]) region.get(key(99))).as("gathered").isEqualTo(value(99));
    region.close();
    tier.close();

    assertThat(sandbox.git("ls-tree", "-r", "--name-only", "refs/gitvan/cache/test").lines())
        .hasSize(101);
    assertThat(sandbox.git("fsck", "--strict", "--no-dangling")).isEmpty();
    assertThat(sandbox.git("cat-file", "-e", sandbox.git("hash-object", "README"))).isEmpty();
    assertThat(sandbox.git("status", "--porcelain")).isEmpty();

    var again = open(tier());
    for (int i = 0; i < 100; i++) {
      assertThat((byte[]) again.get(key(i))).isEqualTo(value(i));
    }
    assertThat(again.get(key(100))).isNull();
    assertThat(again.entries()).isEqualTo(100);
    again.remove(key(5));
    assertThat(again.get(key(5))).isNull();
    again.close();
    assertThat(open(tier()).get(key(5))).isNull();
    again.clear();
    assertThat(again.entries()).isZero();
    assertThat(open(tier()).get(key(6))).isNull();
  }

  @Test
  void holdsNoCacheThatBelongsToEverybody() throws IOException {
    assertThat(open(tier(), null)).isNull();
  }

  @Test
  void staysWithinItsBounds() throws IOException {
    var region =
        open(
            tier(repositories, sandbox.home(), "key", new GitRegion.Limits(50, 4000, 10, 1 << 20)));
    for (int i = 0; i < 200; i++) {
      region.put(key(i), new byte[100]);
    }
    assertThat(region.bytes()).isLessThanOrEqualTo(4000);
    assertThat(region.entries()).isBetween(20L, 40L);
    assertThat(region.evictions()).isGreaterThan(150);
    region.put(key(999), new byte[1000]);
    assertThat(region.get(key(999))).as("too large to be kept").isNull();
  }

  @Test
  void ignoresWhatSomebodyElseWroteUnlessTheUserTrustsIt() throws IOException {
    var theirs = open(tier(repositories, sandbox.home(), "their-key", LIMITS));
    theirs.put(key(1), "poison".getBytes(StandardCharsets.UTF_8));
    theirs.close();
    var poisoned = sandbox.git("rev-parse", "refs/gitvan/cache/test");

    assertThat(open(tier()).get(key(1))).isNull();
    sandbox.git("config", "gitvan.trustCache", "*");
    assertThat(open(tier()).get(key(1))).as("a repository cannot trust itself").isNull();
    sandbox.git("config", "--global", "gitvan.trustCache", sandbox.root().toString());
    assertThat(open(tier()).get(key(1))).isNotNull();
    sandbox.git("config", "--global", "--unset", "gitvan.trustCache");

    var mine = open(tier());
    mine.put(key(2), value(2));
    mine.close();
    assertThat(open(tier()).get(key(1))).as("not adopted by writing").isNull();
    assertThat((byte[]) open(tier()).get(key(2))).isEqualTo(value(2));
    sandbox.git("update-ref", "refs/gitvan/cache/test", poisoned);
    assertThat(open(tier()).get(key(2))).as("fetched over").isNull();
  }

  @Test
  void tellsADamagedBlobAndRepairsIt() throws IOException {
    var region = open(tier());
    region.put(key(1), value(1));
    region.put(key(2), value(2));
    region.close();
    var blob = sandbox.git("ls-tree", "-r", "--format=%(objectname)", "refs/gitvan/cache/test");
    var random = new Random(3);
    for (var id : blob.lines().distinct().toList()) {
      var file =
          sandbox
              .worktree()
              .repository()
              .commonDir()
              .resolve("objects")
              .resolve(id.substring(0, 2))
              .resolve(id.substring(2));
      if (!sandbox.git("cat-file", "-p", id).equals("value 1")) {
        continue;
      }
      file.toFile().setWritable(true);
      var bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, bytes);
    }
    var fresh = open(tier());
    assertThatThrownBy(() -> fresh.get(key(1))).isInstanceOf(CorruptEntryException.class);
    assertThat(fresh.get(key(1))).isNull();
    assertThat((byte[]) fresh.get(key(2))).isEqualTo(value(2));
    fresh.put(key(1), value(1));
    fresh.close();
    assertThat((byte[]) open(tier()).get(key(1))).isEqualTo(value(1));
    assertThat(sandbox.git("fsck", "--strict", "--no-dangling")).isEmpty();
  }

  /** Shown to fail when a writer gives up after some number of attempts. */
  @Test
  void mergesWhatSeveralWriteAtOnce() throws Exception {
    var failures = new ArrayList<Throwable>();
    var threads = new ArrayList<Thread>();
    for (int t = 0; t < 8; t++) {
      int first = t * 25;
      var thread =
          new Thread(
              () -> {
                try {
                  var region = open(tier());
                  for (int i = first; i < first + 25; i++) {
                    region.put(key(i), value(i));
                    if (i % 5 == 4) {
                      region.close();
                    }
                  }
                } catch (IOException e) {
                  synchronized (failures) {
                    failures.add(e);
                  }
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (var thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
    var region = open(tier());
    for (int i = 0; i < 200; i++) {
      assertThat((byte[]) region.get(key(i))).isEqualTo(value(i));
    }
  }

  /** Shown to fail when locks of dead processes are not removed: the last write finds one. */
  @Test
  void survivesKilledProcesses() throws Exception {
    var random = new Random(11);
    for (int round = 0; round < 6; round++) {
      var process = killable(round);
      assertThat(process.getInputStream().read()).isEqualTo('r');
      long until = System.nanoTime() + random.nextInt(150) * 1_000_000L;
      while (System.nanoTime() < until) {
        Thread.onSpinWait();
      }
      process.destroyForcibly().waitFor();
      assertThat(sandbox.git("fsck", "--strict", "--no-dangling")).isEmpty();
      var region = open(tier());
      for (int i = 0; i < 2000; i++) {
        var found = (byte[]) region.get(key(i));
        if (found != null) {
          assertThat(found).isEqualTo(value(i));
        }
      }
      assertThat((byte[]) region.get(key(0))).as("flushed before it was ready").isEqualTo(value(0));
    }
    var lock = sandbox.worktree().repository().commonDir().resolve("refs/gitvan/cache/test.lock");
    Files.writeString(lock, "gitvan 1 never\n");
    var region = open(tier());
    region.put(key(1), value(1));
    region.close();
    assertThat(lock).doesNotExist();
    Files.writeString(lock, "somebody else's");
    region.put(key(2), value(2));
    assertThatThrownBy(region::close).isInstanceOf(IOException.class);
    assertThat(lock).hasContent("somebody else's");
  }

  private Process killable(int round) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Killed.class.getName(),
            sandbox.home().toString(),
            sandbox.worktree().repository().commonDir().toString(),
            String.valueOf(round))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Writes until it is killed. */
  static final class Killed {
    public static void main(String[] arguments) throws IOException {
      var home = Path.of(arguments[0]);
      var tier =
          tier(
              new Repositories(environment(home)),
              home,
              "cache-key",
              new GitRegion.Limits(3000, 8 << 20, 20, 1 << 20));
      var region = open(tier, new RepositoryId(Path.of(arguments[1])));
      region.put(key(0), value(0));
      region.close();
      System.out.println("ready");
      System.out.flush();
      int first = Integer.parseInt(arguments[2]) * 300;
      for (int i = 0; ; i++) {
        region.put(key((first + i) % 2000), value((first + i) % 2000));
      }
    }
  }
}
