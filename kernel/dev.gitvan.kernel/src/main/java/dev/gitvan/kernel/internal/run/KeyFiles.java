package dev.gitvan.kernel.internal.run;

import dev.gitvan.diagnostics.FileProblem;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.Documents;
import dev.gitvan.home.KeptFiles;
import dev.gitvan.job.RunState;
import dev.gitvan.job.StoredRun;
import dev.gitvan.kernel.internal.Digests;
import dev.gitvan.repository.RepositoryId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The keys of runs: one small file each below the repository's {@code gitvan/keys}, so that other
 * processes see them. A file has the run that has the key, without its environment, and the process
 * that has accepted it.
 */
final class KeyFiles {
  private static final Duration KEPT = Duration.ofDays(7);
  private static final Duration SWEPT = Duration.ofHours(1);

  /** Well above the size that inputs may have. */
  private static final int MAX_BYTES = 64 << 20;

  private final Supplier<Documents> documents;
  private final InstantSource clock;
  private final Owner self;
  private final Map<RepositoryId, Instant> swept = new ConcurrentHashMap<>();

  KeyFiles(Supplier<Documents> documents, InstantSource clock, Owner self) {
    this.documents = documents;
    this.clock = clock;
    this.self = self;
  }

  private record Entry(StoredRun run, Owner owner) {
    boolean isOf(StoredRun other) {
      return run.id().equals(other.id());
    }
  }

  /**
   * Takes the key of a run's order.
   *
   * @return the run that has it already; empty when it was taken
   */
  Optional<StoredRun> claim(StoredRun run) {
    var repository = repository(run);
    try (var lock = KeyLock.of(repository)) {
      sweep(repository);
      var present = find(repository, key(run));
      if (present.isEmpty()) {
        write(new Entry(run, self));
      }
      return present;
    } catch (IOException e) {
      throw problem(repository, e);
    }
  }

  /** Replaces what is kept of a run, if it still has its key. */
  void update(StoredRun run) {
    var repository = repository(run);
    try (var lock = KeyLock.of(repository)) {
      var present = read(repository, key(run)).filter(entry -> entry.isOf(run));
      if (present.isPresent()) {
        write(new Entry(run, present.get().owner()));
      }
    } catch (IOException e) {
      throw problem(repository, e);
    }
  }

  /** Frees the key of a run, if it still has it. */
  void release(StoredRun run) {
    var repository = repository(run);
    try (var lock = KeyLock.of(repository)) {
      if (read(repository, key(run)).filter(entry -> entry.isOf(run)).isPresent()) {
        Files.deleteIfExists(file(repository, key(run)));
      }
    } catch (IOException e) {
      throw problem(repository, e);
    }
  }

  /** The run that has a key. */
  Optional<StoredRun> look(RepositoryId repository, String key) {
    try {
      return find(repository, key);
    } catch (IOException e) {
      throw problem(repository, e);
    }
  }

  static Path directory(RepositoryId repository) {
    return repository.stateDir().resolve("keys");
  }

  private static RepositoryId repository(StoredRun run) {
    return run.order().worktree().repository();
  }

  private static String key(StoredRun run) {
    return run.order().key().orElseThrow();
  }

  private static Path file(RepositoryId repository, String key) {
    return directory(repository).resolve(Digests.sha256(key) + ".json");
  }

  private static GitVanException problem(RepositoryId repository, IOException e) {
    return FileProblem.of(e, directory(repository)).toException(e);
  }

  private Optional<StoredRun> find(RepositoryId repository, String key) throws IOException {
    return read(repository, key)
        .filter(entry -> entry.run().accepted().isAfter(clock.instant().minus(KEPT)))
        .map(
            entry ->
                entry.run().state() != RunState.ENDED && entry.owner().isDead(self)
                    ? entry.run().lost()
                    : entry.run());
  }

  private Optional<Entry> read(RepositoryId repository, String key) throws IOException {
    var file = file(repository, key);
    var bytes = files(repository).read(file, MAX_BYTES);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try {
      var node = documents.get().parse(bytes.get(), file.toString(), Documents.Syntax.JSON);
      return node.value() instanceof Map<?, ?> map ? Optional.of(entry(map)) : Optional.empty();
    } catch (RuntimeException e) {
      // Not one of ours, or of another version: as if it were not there.
      return Optional.empty();
    }
  }

  @SuppressWarnings("unchecked") // A document's maps have keys that are strings.
  private static Entry entry(Map<?, ?> map) {
    var owner =
        new Owner(
            (String) map.get("host"),
            ((Number) map.get("pid")).longValue(),
            ((Number) map.get("born")).longValue());
    return new Entry(StoredRun.fromMap((Map<String, Object>) map.get("run")), owner);
  }

  private void write(Entry entry) throws IOException {
    var run = entry.run();
    var order = run.order().toBuilder().environment(Map.of()).build();
    var map = new LinkedHashMap<String, Object>();
    map.put("host", entry.owner().host());
    map.put("pid", entry.owner().pid());
    map.put("born", entry.owner().born());
    map.put("run", run.withOrder(order).toMap());
    files(repository(run))
        .replace(
            file(repository(run), key(run)),
            documents.get().toJson(map).getBytes(StandardCharsets.UTF_8));
  }

  private static KeptFiles files(RepositoryId repository) {
    return new KeptFiles(repository.commonDir());
  }

  private void sweep(RepositoryId repository) throws IOException {
    var now = clock.instant();
    var last = swept.get(repository);
    if (last != null && last.plus(SWEPT).isAfter(now)) {
      return;
    }
    swept.put(repository, now);
    try (var files = Files.newDirectoryStream(directory(repository), "*.{json,tmp}")) {
      for (var file : files) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            && Files.getLastModifiedTime(file).toInstant().plus(KEPT).isBefore(now)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
