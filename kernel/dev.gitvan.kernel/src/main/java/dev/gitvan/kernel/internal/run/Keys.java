package dev.gitvan.kernel.internal.run;

import dev.gitvan.diagnostics.FileProblem;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.Documents;
import dev.gitvan.job.Receipt;
import dev.gitvan.kernel.internal.Digests;
import dev.gitvan.repository.RepositoryId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
 * processes see them. A key belongs to the repository, whatever the job. It is kept for 7 days, or
 * until its run's process died without leaving a receipt.
 */
final class Keys {
  private static final Duration KEPT = Duration.ofDays(7);
  private static final Duration SWEPT = Duration.ofHours(1);

  private final Supplier<Documents> documents;
  private final InstantSource clock;
  private final Owner self;
  private final Map<RepositoryId, Instant> swept = new ConcurrentHashMap<>();

  Keys(Supplier<Documents> documents, InstantSource clock, Owner self) {
    this.documents = documents;
    this.clock = clock;
    this.self = self;
  }

  /**
   * A key as its file has it.
   *
   * @param inputs digest of what was asked for
   * @param receipt null while its run has not ended
   */
  record Entry(
      String run, String job, String inputs, Instant created, Owner owner, Receipt receipt) {}

  /**
   * Takes a key for a run.
   *
   * @param stale the run whose process is known to have died without a receipt; or empty
   * @return the entry that has the key already; empty when it was taken
   */
  Optional<Entry> claim(
      RepositoryId repository, String key, String run, String job, String inputs, String stale) {
    try (var lock = KeyLock.of(repository)) {
      sweep(repository);
      var present = read(repository, key);
      if (present.isPresent()
          && !present.get().run().equals(stale)
          && present.get().created().plus(KEPT).isAfter(clock.instant())) {
        return present;
      }
      write(repository, key, new Entry(run, job, inputs, clock.instant(), self, null));
      return Optional.empty();
    } catch (IOException e) {
      throw FileProblem.of(e, directory(repository)).toException(e);
    }
  }

  /** Keeps how the run of a key ended. */
  void complete(RepositoryId repository, String key, String run, Receipt receipt) {
    try (var lock = KeyLock.of(repository)) {
      var present = read(repository, key);
      if (present.isPresent() && present.get().run().equals(run)) {
        var p = present.get();
        write(
            repository, key, new Entry(run, p.job(), p.inputs(), p.created(), p.owner(), receipt));
      }
    } catch (IOException e) {
      throw FileProblem.of(e, directory(repository)).toException(e);
    }
  }

  /** Gives a key back whose run never started. */
  void release(RepositoryId repository, String key, String run) {
    try (var lock = KeyLock.of(repository)) {
      var present = read(repository, key);
      if (present.isPresent() && present.get().run().equals(run)) {
        Files.deleteIfExists(file(repository, key));
      }
    } catch (IOException e) {
      throw FileProblem.of(e, directory(repository)).toException(e);
    }
  }

  /** What a key's file has now. */
  Optional<Entry> look(RepositoryId repository, String key) {
    try {
      return read(repository, key);
    } catch (IOException e) {
      throw FileProblem.of(e, directory(repository)).toException(e);
    }
  }

  static Path directory(RepositoryId repository) {
    return repository.stateDir().resolve("keys");
  }

  private static Path file(RepositoryId repository, String key) {
    return directory(repository).resolve(Digests.sha256(key) + ".json");
  }

  private Optional<Entry> read(RepositoryId repository, String key) throws IOException {
    var file = file(repository, key);
    try {
      var bytes = Files.readAllBytes(file);
      var node = documents.get().parse(bytes, file.toString(), Documents.Syntax.JSON);
      return node.value() instanceof Map<?, ?> map ? Optional.of(entry(map)) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (GitVanException | IllegalArgumentException | ClassCastException e) {
      // Not one of ours, or of another version: as if it were not there.
      return Optional.empty();
    }
  }

  @SuppressWarnings("unchecked") // A document's maps have text keys.
  private static Entry entry(Map<?, ?> map) {
    var receipt = (Map<String, Object>) map.get("receipt");
    return new Entry(
        (String) map.get("run"),
        (String) map.get("job"),
        (String) map.get("inputs"),
        Instant.ofEpochMilli(((Number) map.get("created")).longValue()),
        new Owner(
            (String) map.get("host"),
            ((Number) map.get("pid")).longValue(),
            ((Number) map.get("born")).longValue()),
        receipt == null ? null : Receipt.fromMap(receipt));
  }

  private void write(RepositoryId repository, String key, Entry entry) throws IOException {
    var map = new LinkedHashMap<String, Object>();
    map.put("run", entry.run());
    map.put("job", entry.job());
    map.put("inputs", entry.inputs());
    map.put("created", entry.created().toEpochMilli());
    map.put("host", entry.owner().host());
    map.put("pid", entry.owner().pid());
    map.put("born", entry.owner().born());
    map.put("receipt", entry.receipt() == null ? null : entry.receipt().toMap());
    var file = file(repository, key);
    var temp = Files.createTempFile(directory(repository), "key", ".tmp");
    try {
      Files.write(temp, documents.get().toJson(map).getBytes(StandardCharsets.UTF_8));
      Files.move(temp, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(temp);
      throw e;
    }
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
        if (Files.getLastModifiedTime(file).toInstant().plus(KEPT).isBefore(now)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
