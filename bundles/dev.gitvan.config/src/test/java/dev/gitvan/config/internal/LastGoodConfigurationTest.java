package dev.gitvan.config.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.gitvan.config.internal.document.DocumentsService;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Configurations in processes that live long. */
@Timeout(120)
class LastGoodConfigurationTest {
  @TempDir Path root;
  private final AtomicLong nanos = new AtomicLong();
  private WorktreeId worktree;
  private ConfigurationsService service;

  @BeforeEach
  void open() {
    var git = root.resolve(".git");
    worktree = new WorktreeId(git, new RepositoryId(git), root);
    service = with(() -> FileSystems.getDefault().newWatchService());
  }

  @AfterEach
  void close() {
    service.close();
  }

  private ConfigurationsService with(FolderWatch.Opener opener) {
    return new ConfigurationsService(
        new DocumentsService(),
        Metrics.NONE,
        ConfigurationsService.fixed(TestSections.BUILT_IN),
        null,
        opener,
        () -> nanos.get());
  }

  private void write(String text) throws IOException {
    Files.writeString(root.resolve("gitvan.yaml"), text);
  }

  private int concurrency() {
    return service.load(worktree).get(TestSections.CONCURRENCY);
  }

  private void elapse(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void aBadEditKeepsTheLastGoodConfigurationAndSaysWhy() throws Exception {
    write("queue: { concurrency: 2 }\n");
    assertThat(concurrency()).isEqualTo(2);
    assertThat(service.rejected(worktree)).isEmpty();

    write("queue: { concurrency: 2\n");
    assertThat(concurrency()).isEqualTo(2);
    assertThat(service.rejected(worktree).orElseThrow().code()).isEqualTo(Codes.CONFIG_PARSE);
    assertThat(service.rejected(worktree).orElseThrow().place()).startsWith("gitvan.yaml:");
    assertThat(service.validate(worktree).errors()).hasSize(1);

    write("queue: { cocurrency: 3 }\n");
    assertThat(concurrency()).isEqualTo(2);
    assertThat(service.rejected(worktree).orElseThrow().code()).isEqualTo(Codes.CONFIG_UNKNOWN_KEY);

    Files.writeString(root.resolve("gitvan.json"), "{}");
    assertThat(concurrency()).isEqualTo(2);
    assertThat(service.rejected(worktree).orElseThrow().code())
        .isEqualTo(Codes.CONFIG_DUPLICATE_FILE);

    Files.delete(root.resolve("gitvan.json"));
    write("queue: { concurrency: 3 }\n");
    assertThat(concurrency()).isEqualTo(3);
    assertThat(service.rejected(worktree)).isEmpty();
  }

  @Test
  void anInterruptedReaderTellsNothingAboutTheFiles() throws Exception {
    write("queue: { concurrency: 2 }\n");
    assertThat(concurrency()).isEqualTo(2);
    write("queue: { concurrency: 13 }\n");
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(this::concurrency).hasMessageContaining("INTERRUPTED");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(service.rejected(worktree)).isEmpty();
    assertThat(concurrency()).isEqualTo(13);
  }

  @Test
  void whatWasNeverGoodIsAnError() throws Exception {
    write("queue: {\n");
    assertThatThrownBy(this::concurrency).hasMessageContaining("CONFIG_PARSE");
    assertThatThrownBy(this::concurrency).hasMessageContaining("CONFIG_PARSE");
    assertThat(service.rejected(worktree)).isEmpty();
  }

  @Test
  void shortProcessesWatchNothing() throws Exception {
    write("queue: { concurrency: 2 }\n");
    for (int i = 0; i < 10; i++) {
      concurrency();
    }
    assertThat(service.isWatched(worktree)).isFalse();

    elapse(Duration.ofSeconds(3));
    concurrency();
    assertThat(service.isWatched(worktree)).isTrue();
  }

  /** Every edit has the times and the size of the one before. */
  @Test
  void editsInOneTickAreSeenWhileWatched() throws Exception {
    write("queue: { concurrency: 10 }\n");
    concurrency();
    elapse(Duration.ofSeconds(3));
    concurrency();
    var time = Files.getLastModifiedTime(root.resolve("gitvan.yaml"));
    for (int i = 11; i < 60; i++) {
      write("queue: { concurrency: " + i + " }\n");
      Files.setLastModifiedTime(root.resolve("gitvan.yaml"), time);
      assertThat(concurrency()).isEqualTo(i);
    }
  }

  @Test
  void theWatchTellsOfWhatTimesDoNotShow() throws Exception {
    try (var watch =
        new FolderWatch(
            () -> FileSystems.getDefault().newWatchService(),
            ConfigurationFiles::isName,
            nanos::get)) {
      assertThat(watch.mayHaveChanged(root)).as("nobody knows what was before").isTrue();
      assertThat(watch.mayHaveChanged(root)).isFalse();
      elapse(Duration.ofHours(1));
      assertThat(watch.mayHaveChanged(root)).isFalse();

      Files.writeString(root.resolve("other.txt"), "x");
      write("queue: { concurrency: 2 }\n");
      await(() -> watch.mayHaveChanged(root));

      watch.forget(root);
      assertThat(watch.isWatched(root)).isFalse();
    }
  }

  @Test
  void aFolderThatGoesIsNotWatchedAnyMore() throws Exception {
    var folder = Files.createDirectory(root.resolve("folder"));
    try (var watch =
        new FolderWatch(
            () -> FileSystems.getDefault().newWatchService(),
            ConfigurationFiles::isName,
            nanos::get)) {
      watch.mayHaveChanged(folder);
      Files.delete(folder);
      await(() -> watch.mayHaveChanged(folder));
      await(
          () -> {
            watch.mayHaveChanged(folder);
            return !watch.isWatched(folder);
          });
    }
  }

  /** What the kernel says when a user has no instances left, or no watches. */
  @Test
  void polledWhenTheSystemHasNoWatchesLeft() throws Exception {
    service.close();
    service =
        with(
            () -> {
              throw new IOException(
                  "User limit of inotify instances reached or too many open files");
            });
    write("queue: { concurrency: 10 }\n");
    concurrency();
    elapse(Duration.ofSeconds(3));
    assertThat(concurrency()).isEqualTo(10);
    assertThat(service.isWatched(worktree)).isFalse();

    var file = root.resolve("gitvan.yaml");
    var old = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
    for (int i = 11; i < 20; i++) {
      write("queue: { concurrency: " + i + " }\n");
      Files.setLastModifiedTime(file, old);
      elapse(FolderWatch.POLL);
      assertThat(concurrency()).isEqualTo(i);
    }
  }

  @Test
  void watchingIsTriedAgainLater() throws Exception {
    var full = new java.util.concurrent.atomic.AtomicBoolean(true);
    try (var watch =
        new FolderWatch(
            () -> {
              if (full.get()) {
                throw new IOException("User limit of inotify instances reached");
              }
              return FileSystems.getDefault().newWatchService();
            },
            ConfigurationFiles::isName,
            nanos::get)) {
      watch.mayHaveChanged(root);
      assertThat(watch.mayHaveChanged(root)).isFalse();
      elapse(FolderWatch.POLL);
      assertThat(watch.mayHaveChanged(root)).as("polled").isTrue();
      full.set(false);
      watch.mayHaveChanged(root);
      assertThat(watch.isWatched(root)).isFalse();
      elapse(FolderWatch.RETRY.plusSeconds(1));
      assertThat(watch.mayHaveChanged(root)).isTrue();
      assertThat(watch.isWatched(root)).isTrue();
    }
  }

  /**
   * Watches are files of the process.
   *
   * <p>Shown to fail when {@code close} does not close the watch service.
   */
  @Test
  void watchesAreClosed() throws Exception {
    write("queue: { concurrency: 2 }\n");
    cycle();
    long before = openFiles();
    for (int i = 0; i < 50; i++) {
      cycle();
    }
    await(() -> openFiles() < before + 20);
  }

  private void cycle() {
    service.close();
    service = with(() -> FileSystems.getDefault().newWatchService());
    concurrency();
    elapse(Duration.ofSeconds(3));
    concurrency();
    assertThat(service.isWatched(worktree)).isTrue();
  }

  private static long openFiles() {
    return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getOpenFileDescriptorCount();
  }
}
