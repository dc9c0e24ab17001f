package dev.gitvan.metrics.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.metrics.CounterId;
import dev.gitvan.metrics.CounterValue;
import dev.gitvan.metrics.Operation;
import dev.gitvan.metrics.OperationStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryStoreTest {
  private static final CounterId RUNS = CounterId.of("runs");
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path directory;

  @Test
  void theNextProcessSeesWhatThisOneLeft() {
    leave(at(NOON), 2);
    var next = metrics(at(NOON));
    next.record(Operation.JOB_RUN, 1_000);
    next.record(Operation.GIT_COMMIT, 1_000);
    assertThat(next.history())
        .extracting(s -> s.operation().name(), OperationStats::count)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("git.commit", 1L),
            org.assertj.core.groups.Tuple.tuple("job.run", 3L));
    assertThat(next.stats()).extracting(OperationStats::count).containsExactly(1L, 1L);
  }

  @Test
  void keepsTheFiguresAsTheyWere() {
    var metrics = metrics(at(NOON));
    for (long nanos = 1; nanos < 3_600_000_000_000L; nanos = nanos * 3 + 1) {
      metrics.record(Operation.cacheGet("a", "b"), nanos);
    }
    var before = metrics.stats();
    metrics.leave();
    assertThat(metrics(at(NOON)).history()).isEqualTo(before);
  }

  @Test
  void writesNothingWhenNothingWasRecorded() {
    metrics(at(NOON)).leave();
    var muted = metrics(at(NOON));
    muted.counter(CounterId.JOB_RETRIES);
    try (var muting = muted.mute()) {
      muted.record(Operation.JOB_RUN, 1);
      muted.counter(CounterId.JOB_RETRIES).increment();
    }
    muted.leave();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void mergesWhenThereAreMany() throws IOException {
    for (int n = 0; n <= HistoryStore.MANY; n++) {
      leave(at(NOON), 1);
    }
    assertThat(files()).hasSize(1);
    assertThat(count(at(NOON))).isEqualTo(HistoryStore.MANY + 1);
    leave(at(NOON), 1);
    assertThat(files()).hasSize(2);
    assertThat(count(at(NOON))).isEqualTo(HistoryStore.MANY + 2);
  }

  @Test
  void forgetsAfterSevenDays() throws IOException {
    leave(at(NOON), 1);
    leave(at(NOON.plus(Duration.ofDays(1))), 10);
    assertThat(count(at(NOON.plus(Duration.ofDays(7))))).isEqualTo(11);
    assertThat(count(at(NOON.plus(Duration.ofDays(8))))).isEqualTo(10);
    leave(at(NOON.plus(Duration.ofDays(8))), 100);
    assertThat(files()).hasSize(2);
    assertThat(count(at(NOON.plus(Duration.ofDays(9))))).isEqualTo(100);
  }

  @Test
  void mergesEachDayByItselfSoThatItCanBeForgotten() throws IOException {
    for (int n = 0; n < HistoryStore.MANY; n++) {
      leave(at(NOON), 1);
    }
    leave(at(NOON.plus(Duration.ofDays(1))), 5);
    assertThat(files()).hasSize(2);
    assertThat(count(at(NOON.plus(Duration.ofDays(8))))).isEqualTo(5);
  }

  @Test
  void skipsCorruptFiles() throws IOException {
    leave(at(NOON), 1);
    var good = Files.readAllBytes(files().get(0));
    var flipped = good.clone();
    flipped[20] ^= 1;
    Files.write(directory.resolve("20260301-flipped.gvm"), flipped);
    Files.write(
        directory.resolve("20260301-cut.gvm"), java.util.Arrays.copyOf(good, good.length / 2));
    Files.write(directory.resolve("20260301-empty.gvm"), new byte[0]);
    Files.createDirectory(directory.resolve("20260301-folder.gvm"));
    Files.writeString(directory.resolve("notes-of-somebody.gvm"), "hello");
    assertThat(count(at(NOON))).isEqualTo(1);
    leave(at(NOON), 1);
    new HistoryStore(directory, at(NOON)).compact();
    assertThat(count(at(NOON))).isEqualTo(2);
  }

  @Test
  void countsOnceWhatAKilledMergeLeft() throws IOException {
    leave(at(NOON), 1);
    leave(at(NOON), 2);
    var inputs = new ArrayList<byte[]>();
    var names = files();
    for (var file : names) {
      inputs.add(Files.readAllBytes(file));
    }
    new HistoryStore(directory, at(NOON)).compact();
    for (int i = 0; i < names.size(); i++) {
      Files.write(names.get(i), inputs.get(i));
    }
    assertThat(files()).hasSize(3);
    assertThat(count(at(NOON))).isEqualTo(3);
    new HistoryStore(directory, at(NOON)).compact();
    assertThat(files()).hasSize(1);
    assertThat(count(at(NOON))).isEqualTo(3);
  }

  /**
   * Four processes with two threads each, all leaving figures and merging at once, while this one
   * reads. Without the names of absorbed files this reads too much or too little within a second.
   */
  @Test
  void countsExactlyWhateverRunsAtOnce() throws Exception {
    int processes = 4;
    int rounds = 60;
    var done = new AtomicBoolean();
    var reader = Executors.newSingleThreadExecutor();
    Callable<List<Long>> reading =
        () -> {
          var seen = new ArrayList<Long>();
          while (!done.get()) {
            seen.add(count(Clock.systemUTC()));
          }
          return seen;
        };
    var seen = reader.submit(reading);
    var children = new ArrayList<Process>();
    for (int n = 0; n < processes; n++) {
      children.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  HistoryStoreTest.class.getName(),
                  directory.toString(),
                  String.valueOf(rounds))
              .inheritIO()
              .start());
    }
    for (var child : children) {
      assertThat(child.waitFor()).isZero();
    }
    done.set(true);
    reader.shutdown();
    assertThat(count(Clock.systemUTC())).isEqualTo(processes * 2L * rounds * 3);
    assertThat(seen.get()).isSorted();
    assertThat(files().size()).isLessThan(processes * 2 * rounds / 2);
  }

  /** What each process of the test above does. */
  public static void main(String[] arguments) throws Exception {
    var directory = Path.of(arguments[0]);
    Callable<Void> leaveMany =
        () -> {
          for (int n = Integer.parseInt(arguments[1]); n > 0; n--) {
            leave(directory, Clock.systemUTC(), 3);
          }
          return null;
        };
    var threads = Executors.newFixedThreadPool(2);
    for (var result : threads.invokeAll(List.of(leaveMany, leaveMany))) {
      result.get();
    }
    threads.shutdown();
  }

  private void leave(Clock clock, int runs) {
    leave(directory, clock, runs);
  }

  private static void leave(Path directory, Clock clock, int runs) {
    var metrics = new HistogramMetrics(directory, clock, List::of);
    for (int n = 0; n < runs; n++) {
      metrics.record(Operation.JOB_RUN, 1_000_000);
      metrics.counter(RUNS).increment();
    }
    metrics.leave();
  }

  private HistogramMetrics metrics(Clock clock) {
    return new HistogramMetrics(directory, clock, List::of);
  }

  /** The number of durations, which is that of the counter, too. */
  private long count(Clock clock) {
    var snapshot = metrics(clock).snapshot();
    long count = snapshot.operations().stream().mapToLong(OperationStats::count).sum();
    assertThat(snapshot.counters().stream().mapToLong(CounterValue::count).sum()).isEqualTo(count);
    return count;
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".gvm")).sorted().toList();
    }
  }

  private static Clock at(Instant instant) {
    return Clock.fixed(instant, ZoneOffset.UTC);
  }
}
