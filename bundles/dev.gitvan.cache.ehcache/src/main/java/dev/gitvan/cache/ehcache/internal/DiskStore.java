package dev.gitvan.cache.ehcache.internal;

import dev.gitvan.cache.spi.BytesKey;
import dev.gitvan.cache.spi.KeptCache;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The store, asleep until it pays to open it, and shielded: whatever goes wrong in it is an {@link
 * IOException} for the caller, and the store starts again empty. Safe for any thread.
 *
 * <p>Opening Ehcache takes some hundred milliseconds, more than a short command takes in all. So it
 * is opened in the background, after so many requests or so long; what is written until then waits.
 * A process that ends before has cost nobody anything.
 */
final class DiskStore {
  private static final long CLOSE_SECONDS = 30;

  private enum State {
    ASLEEP,
    OPENING,
    OPEN,
    CLOSED
  }

  private final StoreDirectory directory;
  private final StoreSettings settings;
  private final Regions regions = new Regions();
  private final StoreOpening opening;

  /** Held for reading while the store is used, for writing while it is replaced. */
  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

  /** Held while files are opened, closed and moved. */
  private final ReentrantLock files = new ReentrantLock();

  private final Demand demand;
  private volatile State state = State.ASLEEP;
  private volatile Waiting waiting = new Waiting();
  private CountedStore store;
  private IOException whyAsleep;

  DiskStore(StoreDirectory directory, StoreSettings settings) {
    this.directory = directory;
    this.settings = settings;
    this.demand = new Demand(settings);
    this.opening = new StoreOpening(directory, settings, regions);
  }

  Regions regions() {
    return regions;
  }

  boolean isOpen() {
    return state == State.OPEN;
  }

  /** An operation on the open store. */
  private interface Operation<T> {
    T on(CountedStore store) throws IOException, InterruptedException;
  }

  ByteBuffer get(BytesKey key) throws IOException {
    requested();
    return call(
        opened -> opened.get(key),
        early -> {
          var known = early.get(key);
          return known == null ? null : known.orElse(null);
        });
  }

  void put(BytesKey key, ByteBuffer value) throws IOException {
    requested();
    call(
        opened -> {
          opened.put(key, value);
          return null;
        },
        early -> {
          early.put(key, value);
          return null;
        });
  }

  void remove(BytesKey key) throws IOException {
    call(
        opened -> {
          opened.remove(key);
          return null;
        },
        early -> {
          early.remove(key);
          return null;
        });
  }

  /** Empties one region. */
  void clear(RegionId region) throws IOException {
    call(
        opened -> {
          opened.clear(region);
          return null;
        },
        early -> {
          // The content of the store is unknown before it is open: clear all of it.
          early.clear();
          return null;
        });
  }

  /** An operation on what waits for the store. */
  private interface Early<T> {
    T on(Waiting waiting);
  }

  private <T> T call(Operation<T> operation, Early<T> early) throws IOException {
    CountedStore used;
    use.readLock().lock();
    try {
      if (state == State.CLOSED) {
        throw new IOException("closed");
      }
      if (state != State.OPEN) {
        return early.on(waiting);
      }
      used = store;
      return operation.on(used);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (RuntimeException | Error e) {
      // A damaged file makes Ehcache throw anything: garbage lengths an OutOfMemoryError, a
      // truncated file an InternalError from its mapped pages.
      failed(e);
      throw new IOException("the disk cache failed and is reset", e);
    } finally {
      use.readLock().unlock();
    }
  }

  private void requested() {
    if (state == State.ASLEEP && demand.pays()) {
      open();
    }
  }

  /** Opens the store in the background if it is asleep. */
  private void open() {
    use.writeLock().lock();
    try {
      if (state != State.ASLEEP) {
        return;
      }
      state = State.OPENING;
    } finally {
      use.writeLock().unlock();
    }
    settings.opener().execute(this::openNow);
  }

  private void openNow() {
    files.lock();
    try {
      if (state != State.OPENING) {
        return;
      }
      directory.acquire();
      try {
        awake(new CountedStore(opening.open(), regions, settings));
      } catch (IOException | RuntimeException | Error e) {
        directory.release();
        throw e;
      }
    } catch (IOException | RuntimeException | Error e) {
      whyAsleep = e instanceof IOException known ? known : new IOException(e);
      asleep();
    } finally {
      files.unlock();
    }
  }

  /** Hands over what has waited, then lets everybody in. */
  private void awake(CountedStore opened) throws IOException {
    use.writeLock().lock();
    try {
      if (state != State.OPENING) {
        opened.close();
        throw new IOException("closed in the meantime");
      }
      if (waiting.overflown()) {
        opened.clear();
      }
      for (var entry : waiting.entries().entrySet()) {
        if (entry.getValue().isPresent()) {
          opened.put(entry.getKey(), entry.getValue().get());
        } else {
          opened.remove(entry.getKey());
        }
      }
      store = opened;
      waiting = new Waiting();
      state = State.OPEN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      opened.close();
      throw new IOException("interrupted", e);
    } finally {
      use.writeLock().unlock();
    }
  }

  /** What is kept, by cache, without opening the store. */
  List<KeptCache> kept() throws IOException {
    if (isOpen()) {
      return regions.kept();
    }
    files.lock();
    try {
      if (isOpen()) {
        return regions.kept();
      }
      if (state == State.CLOSED || !directory.isThere()) {
        return List.of();
      }
      var left = directory.whatIsSealed();
      return left == null ? List.of() : Regions.kept(left);
    } finally {
      files.unlock();
    }
  }

  /** Removes the entries of all regions of a cache; null: everything. */
  void clear(String cache) throws IOException {
    files.lock();
    try {
      if (!isOpen() && (cache == null || !directory.isThere())) {
        directory.empty();
        call(
            opened -> null,
            early -> {
              early.clear();
              return null;
            });
        return;
      }
    } finally {
      files.unlock();
    }
    requireOpen();
    call(
        opened -> {
          opened.clear(cache);
          return null;
        },
        early -> null);
  }

  /** Reads every entry, and drops those that are wrong. */
  List<KeptCache> verify() throws IOException {
    if (!isOpen() && !directory.isThere()) {
      return List.of();
    }
    boolean found = isOpen();
    requireOpen();
    var checked = call(CountedStore::verify, early -> List.<KeptCache>of());
    if (!found && opening.hasSetAside()) {
      // All that it had.
      return List.of(new KeptCache(StoreCheck.UNKNOWN, 0, 0, 1));
    }
    return checked;
  }

  /** Opens the store now, if it is not open, whether it pays or not. */
  private void requireOpen() throws IOException {
    files.lock();
    try {
      use.writeLock().lock();
      try {
        if (state == State.ASLEEP) {
          state = State.OPENING;
        }
      } finally {
        use.writeLock().unlock();
      }
      openNow();
      if (state != State.OPEN) {
        throw whyAsleep == null ? new IOException("closed") : whyAsleep;
      }
    } finally {
      files.unlock();
    }
  }

  private void asleep() {
    use.writeLock().lock();
    try {
      if (state != State.CLOSED) {
        demand.leaveOff();
        state = State.ASLEEP;
      }
    } finally {
      use.writeLock().unlock();
    }
  }

  /** Called under the read lock, which cannot become a write lock: the rest is the opener's. */
  private void failed(Throwable cause) {
    var broken = store;
    settings.opener().execute(() -> abandon(broken));
  }

  private void abandon(CountedStore broken) {
    if (use.getReadHoldCount() > 0) {
      // The opener is the caller itself: nobody else will do it.
      new Thread(() -> abandon(broken), "gitvan-cache-disk-open").start();
      return;
    }
    files.lock();
    try {
      use.writeLock().lock();
      try {
        if (store != broken || state != State.OPEN) {
          return;
        }
        store = null;
        waiting = new Waiting();
        regions.emptied();
        state = State.ASLEEP;
      } finally {
        use.writeLock().unlock();
      }
      closeQuietly(broken);
      try {
        directory.setAside();
      } catch (IOException e) {
        // Without a seal it is deleted at the next opening.
      }
      directory.release();
    } finally {
      files.unlock();
    }
  }

  /** Stops cleanly: what is in the store is there again next time. */
  void close() {
    boolean mine = false;
    try {
      mine = files.tryLock(CLOSE_SECONDS, TimeUnit.SECONDS);
      CountedStore closing;
      use.writeLock().lock();
      try {
        closing = store;
        store = null;
        state = State.CLOSED;
      } finally {
        use.writeLock().unlock();
      }
      if (closing == null || !mine) {
        return;
      }
      try {
        closing.close();
        opening.seal();
      } catch (IOException | RuntimeException | Error e) {
        // Without a seal it starts empty.
      }
      directory.release();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (mine) {
        files.unlock();
      }
    }
  }

  private static void closeQuietly(CountedStore store) {
    try {
      store.close();
    } catch (IOException | RuntimeException | Error e) {
      // It is being thrown away because it fails.
    }
  }
}
