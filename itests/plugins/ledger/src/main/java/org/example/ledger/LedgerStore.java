package org.example.ledger;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.Documents;
import dev.gitvan.home.GitVanHome;
import dev.gitvan.job.StoredRun;
import dev.gitvan.job.spi.GitVanRunStore;
import dev.gitvan.job.spi.RunStore;
import dev.gitvan.repository.RepositoryId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Keeps all runs of the user in one file, a line of JSON for each change, so that they can be looked
 * up after the process has ended.
 */
@Component
@GitVanRunStore(name = "ledger")
public class LedgerStore implements RunStore {
  private static final long PAUSE_NANOS = 1_000_000;

  private final Path file;
  private final Documents documents;

  /** What the lines of the file add up to. */
  private static final class Book {
    final Map<String, StoredRun> runs = new TreeMap<>();
    final Map<String, String> keys = new TreeMap<>();

    Optional<StoredRun> withKey(RepositoryId repository, String key) {
      return Optional.ofNullable(keys.get(repository + "\n" + key)).map(runs::get);
    }
  }

  /** Work on the file while no other process or thread does. */
  private interface Work<R> {
    R on(Book book, FileChannel channel) throws IOException;
  }

  @Activate
  public LedgerStore(BundleContext context, @Reference Documents documents) {
    this(GitVanHome.of(context::getProperty).state().resolve("ledger.jsonl"), documents);
  }

  LedgerStore(Path file, Documents documents) {
    this.file = file;
    this.documents = documents;
  }

  @Override
  public Optional<StoredRun> accept(StoredRun run) {
    return locked(
        (book, channel) -> {
          var key = run.order().key();
          var holder = key.flatMap(k -> book.withKey(run.order().worktree().repository(), k));
          if (holder.isEmpty()) {
            append(channel, "accepted", run);
          }
          return holder;
        });
  }

  @Override
  public void update(StoredRun run) {
    locked(
        (book, channel) -> {
          if (book.runs.containsKey(run.id())) {
            append(channel, "updated", run);
          }
          return null;
        });
  }

  @Override
  public void releaseKey(StoredRun run) {
    change("released", run);
  }

  @Override
  public void remove(StoredRun run) {
    change("removed", run);
  }

  private void change(String what, StoredRun run) {
    locked(
        (book, channel) -> {
          append(channel, what, run);
          return null;
        });
  }

  @Override
  public Optional<StoredRun> withKey(RepositoryId repository, String key) {
    return locked((book, channel) -> book.withKey(repository, key));
  }

  @Override
  public Optional<StoredRun> find(String id) {
    return locked((book, channel) -> Optional.ofNullable(book.runs.get(id)));
  }

  @Override
  public List<StoredRun> list() {
    return locked((book, channel) -> List.copyOf(book.runs.values()));
  }

  private synchronized <R> R locked(Work<R> work) {
    try {
      Files.createDirectories(file.getParent());
      try (var channel =
              FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
          var lock = lock(channel)) {
        return work.on(read(), channel);
      }
    } catch (IOException e) {
      throw GitVanException.of(
          Codes.IO_ERROR,
          file.toString(),
          Objects.toString(e.getMessage(), e.toString()),
          "Check the disk, or remove the setting queue.store.");
    }
  }

  /** Waits for other processes, and for another version of this bundle in this one. */
  private static FileLock lock(FileChannel channel) throws IOException {
    while (true) {
      try {
        return channel.lock();
      } catch (OverlappingFileLockException e) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  @SuppressWarnings("unchecked") // A document's maps have keys that are strings.
  private Book read() throws IOException {
    var book = new Book();
    for (var line : Files.readAllLines(file)) {
      var bytes = line.getBytes(StandardCharsets.UTF_8);
      var map =
          (Map<String, Object>)
              documents.parse(bytes, file.toString(), Documents.Syntax.JSON).value();
      var run = StoredRun.fromMap((Map<String, Object>) map.get("run"));
      var order = run.order();
      var key = order.key().map(k -> order.worktree().repository() + "\n" + k).orElse("");
      switch ((String) map.get("change")) {
        case "accepted" -> {
          book.runs.put(run.id(), run);
          book.keys.put(key, run.id());
        }
        case "updated" -> book.runs.put(run.id(), run);
        case "released" -> book.keys.remove(key, run.id());
        default -> {
          book.runs.remove(run.id());
          book.keys.remove(key, run.id());
        }
      }
    }
    return book;
  }

  /** Writes a line, without the environment, which is the user's own affair. */
  private void append(FileChannel channel, String change, StoredRun run) throws IOException {
    var order = run.order().toBuilder().environment(Map.of()).build();
    var line = documents.toJson(Map.of("change", change, "run", run.withOrder(order).toMap()));
    var bytes = StandardCharsets.UTF_8.encode(line + "\n");
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(false);
  }
}
