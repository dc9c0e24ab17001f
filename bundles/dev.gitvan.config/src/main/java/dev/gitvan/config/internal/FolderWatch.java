package dev.gitvan.config.internal;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Detects which folders may hold other files than before, although their metadata is unchanged. The
 * system's file watch reports them; where it is not available, or has no watches left, every folder
 * counts as changed after {@link #POLL}. It adds to looking at the files: events come late. Safe
 * for any thread.
 */
final class FolderWatch implements AutoCloseable {
  /** How long a folder that cannot be watched counts as unchanged. */
  static final Duration POLL = Duration.ofMillis(1500);

  /** How long until watching is tried again after it could not be done. */
  static final Duration RETRY = Duration.ofMinutes(1);

  /** Opens the system's watch. */
  @FunctionalInterface
  interface Opener {
    /**
     * @throws IOException when the process, or its user, has too many
     */
    WatchService open() throws IOException;
  }

  private final Opener opener;
  private final Predicate<Path> relevant;
  private final LongSupplier nanos;
  private final Map<Path, Watched> folders = new HashMap<>();
  private WatchService service;
  private boolean closed;

  /** A folder; the key is null while it cannot be watched. */
  private static final class Watched {
    private WatchKey key;
    private boolean changed = true;
    private long checked;
    private long tried;
  }

  /**
   * @param relevant the names that matter
   * @param nanos the time, as {@link System#nanoTime}
   */
  FolderWatch(Opener opener, Predicate<Path> relevant, LongSupplier nanos) {
    this.opener = opener;
    this.relevant = relevant;
    this.nanos = nanos;
  }

  /**
   * Whether a folder may have changed since the last call, which begins to watch it: then its files
   * are to be read, whatever their times say.
   */
  synchronized boolean mayHaveChanged(Path folder) {
    if (closed) {
      return false;
    }
    long now = nanos.getAsLong();
    var watched = folders.get(folder);
    if (watched == null) {
      watched = new Watched();
      folders.put(folder, watched);
      watch(folder, watched, now);
    } else if (watched.key == null && now - watched.tried > RETRY.toNanos()) {
      watch(folder, watched, now);
    }
    drain();
    boolean changed =
        watched.changed || watched.key == null && now - watched.checked >= POLL.toNanos();
    if (changed) {
      watched.changed = false;
      watched.checked = now;
    }
    return changed;
  }

  /** Whether the system reports changes in a folder. */
  synchronized boolean isWatched(Path folder) {
    var watched = folders.get(folder);
    return watched != null && watched.key != null;
  }

  /** Watches a folder no more. */
  synchronized void forget(Path folder) {
    var watched = folders.remove(folder);
    if (watched != null && watched.key != null) {
      watched.key.cancel();
    }
    if (folders.isEmpty()) {
      release();
    }
  }

  private void watch(Path folder, Watched watched, long now) {
    watched.tried = now;
    try {
      if (service == null) {
        service = opener.open();
      }
      watched.key =
          folder.register(
              service,
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_MODIFY,
              StandardWatchEventKinds.ENTRY_DELETE);
      // Earlier changes are not reported.
      watched.changed = true;
    } catch (IOException | UnsupportedOperationException e) {
      watched.key = null;
    }
  }

  private void drain() {
    if (service == null) {
      return;
    }
    try {
      for (WatchKey key; (key = service.poll()) != null; ) {
        take(key);
      }
    } catch (ClosedWatchServiceException e) {
      service = null;
    }
  }

  private void take(WatchKey key) {
    boolean matters = false;
    for (var event : key.pollEvents()) {
      matters |= matters(event);
    }
    boolean valid = key.reset();
    for (var watched : folders.values()) {
      if (watched.key == key) {
        watched.changed |= matters || !valid;
        watched.key = valid ? key : null;
      }
    }
  }

  private boolean matters(WatchEvent<?> event) {
    // Without a context some were lost.
    return !(event.context() instanceof Path name) || relevant.test(name);
  }

  private void release() {
    if (service != null) {
      try {
        service.close();
      } catch (IOException e) {
        // It is as closed as it can be.
      }
      service = null;
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    folders.clear();
    release();
  }
}
