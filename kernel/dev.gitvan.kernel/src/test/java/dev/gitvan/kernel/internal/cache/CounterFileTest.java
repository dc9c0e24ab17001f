package dev.gitvan.kernel.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.cache.CacheStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CounterFileTest {
  private static final Logger QUIET = Logger.getLogger(CounterFile.class.getName());

  @TempDir Path directory;

  private CounterFile file(String date) {
    return new CounterFile(
        directory.resolve("state/counters"),
        Clock.fixed(Instant.parse(date + "T12:00:00Z"), ZoneOffset.UTC));
  }

  private static CacheStats stats(String cache, String tier, int level, long hits, long misses) {
    return CacheStats.builder(cache, tier, level)
        .entries(5)
        .bytes(500)
        .hits(hits)
        .misses(misses)
        .meanLoadSeconds(0.25)
        .evictions(1)
        .corrupt(2)
        .build();
  }

  @Test
  void addsUpWhatProcessesCounted() {
    file("2026-01-02").add(List.of(stats("a", "heap", 1, 3, 1), stats("a", "disk", 2, 0, 1)));
    file("2026-01-03").add(List.of(stats("a", "heap", 1, 4, 2)));
    assertThat(file("2026-01-03").read())
        .containsExactly(
            CacheStats.builder("a", "heap", 1)
                .hits(7)
                .misses(3)
                .meanLoadSeconds(0.25)
                .evictions(2)
                .corrupt(4)
                .build(),
            CacheStats.builder("a", "disk", 2)
                .misses(1)
                .meanLoadSeconds(0.25)
                .evictions(1)
                .corrupt(2)
                .build());
  }

  @Test
  void forgetsOldDays() {
    file("2026-01-01").add(List.of(stats("a", "heap", 1, 3, 1)));
    file("2026-01-07").add(List.of(stats("a", "heap", 1, 1, 1)));
    assertThat(file("2026-01-07").read()).singleElement().matches(stats -> stats.hits() == 4);
    assertThat(file("2026-01-08").read()).singleElement().matches(stats -> stats.hits() == 1);
    assertThat(file("2026-01-20").read()).isEmpty();
  }

  @Test
  void whatWasNeverUsedLeavesNothing() {
    file("2026-01-01")
        .add(List.of(CacheStats.builder("a", "heap", 1).entries(5).bytes(500).build()));
    assertThat(directory).isEmptyDirectory();
    assertThat(file("2026-01-01").read()).isEmpty();
  }

  /** Shown to fail without the checksum: a changed digit is a changed counter. */
  @Test
  void whateverHappensToTheFileCountsAsNothingNotAsSomethingElse() throws IOException {
    var counters = file("2026-01-01");
    counters.add(List.of(stats("a", "heap", 1, 3, 1), stats("b", "git", 3, 0, 1)));
    var path = directory.resolve("state/counters");
    var whole = Files.readAllBytes(path);
    var right = counters.read();
    var random = new Random(5);
    for (int i = 0; i < 300; i++) {
      var bytes = whole.clone();
      int at = random.nextInt(bytes.length);
      if (i % 3 == 0) {
        bytes = Arrays.copyOf(bytes, at);
      } else {
        bytes[at] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(path, bytes);
      assertThat(counters.read()).isIn(List.of(), right);
    }
    counters.add(List.of(stats("a", "heap", 1, 1, 1)));
    assertThat(counters.read()).singleElement().matches(stats -> stats.hits() == 1);
  }

  /** Shown to fail when a FIFO is opened: it waits for a writer. */
  @Test
  @Timeout(60)
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void whatIsNotARegularFileIsReplaced() throws Exception {
    var counters = file("2026-01-01");
    var path = directory.resolve("state/counters");
    Files.createDirectories(path.getParent());
    mkfifo(path);
    assertThat(counters.read()).isEmpty();
    QUIET.setLevel(Level.OFF);
    try {
      counters.add(List.of(stats("a", "heap", 1, 3, 1)));
      assertThat(counters.read()).singleElement().matches(stats -> stats.hits() == 3);

      var lock = path.resolveSibling("counters.lock");
      Files.delete(lock);
      mkfifo(lock);
      counters.add(List.of(stats("a", "heap", 1, 3, 1)));
    } finally {
      QUIET.setLevel(null);
    }
    assertThat(counters.read()).singleElement().matches(stats -> stats.hits() == 3);
  }

  private static void mkfifo(Path file) throws Exception {
    assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
  }

  /** Shown to fail without the lock: some are lost. */
  @Test
  void nothingIsLostWhenManyEndAtOnce() throws Exception {
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 20; i++) {
      threads.add(new Thread(() -> file("2026-01-01").add(List.of(stats("a", "heap", 1, 1, 0)))));
    }
    threads.forEach(Thread::start);
    for (var thread : threads) {
      thread.join();
    }
    assertThat(file("2026-01-01").read()).singleElement().matches(stats -> stats.hits() == 20);
    try (var files = Files.list(directory.resolve("state"))) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("counters", "counters.lock");
    }
  }

  @Test
  void placeThatCannotBeWrittenIsNobodysProblem() throws IOException {
    Files.writeString(directory.resolve("state"), "a file");
    file("2026-01-01").add(List.of(stats("a", "heap", 1, 1, 0)));
    assertThat(file("2026-01-01").read()).isEmpty();
  }
}
