package dev.gitvan.cache.ehcache.internal;

import dev.gitvan.cache.spi.BytesKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
  private static final long CHECK_SPACE_EVERY = 4 << 20;

  private enum State {
    ASLEEP,
    OPENING,
    OPEN,
    CLOSED
  }

  private final StoreDirectory directory;
  private final StoreSettings settings;
  private final Map<RegionId, Figures> figures = new ConcurrentHashMap<>();

  /** Held for reading by whoever uses the store, for writing by who replaces it. */
  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

  /** Held while files are opened, closed and moved. */
  private final ReentrantLock files = new ReentrantLock();

  private final AtomicInteger requests = new AtomicInteger();
  private volatile long firstRequest;
  private volatile long notBefore = Long.MIN_VALUE;
  private volatile State state = State.ASLEEP;
  private volatile Waiting waiting = new Waiting();
  private EhcacheStore store;
  private long size;
  private volatile boolean full;
  private volatile long written;

  DiskStore(StoreDirectory directory, StoreSettings settings) {
    this.directory = directory;
    this.settings = settings;
  }

  Figures figures(RegionId region) {
    return figures.computeIfAbsent(region, id -> new Figures());
  }

  boolean isOpen() {
    return state == State.OPEN;
  }

  /** An operation on the open store. */
  private interface Operation<T> {
    T on(EhcacheStore store) throws IOException, InterruptedException;
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
          write(opened, key, value);
          return null;
        },
        early -> {
          early.put(key, value);
          return null;
        });
  }

  private void write(EhcacheStore opened, BytesKey key, ByteBuffer value)
      throws IOException, InterruptedException {
    if (!opened.takes(key, value)) {
      removed(key, opened.remove(key));
      return;
    }
    requireSpace(EhcacheStore.size(key, value));
    removed(key, opened.put(key, value));
    figures(RegionId.of(key)).added(EhcacheStore.size(key, value));
  }

  void remove(BytesKey key) throws IOException {
    call(
        opened -> {
          removed(key, opened.remove(key));
          return null;
        },
        early -> {
          early.remove(key);
          return null;
        });
  }

  private void removed(BytesKey key, ByteBuffer value) {
    if (value != null) {
      figures(RegionId.of(key)).removed(EhcacheStore.size(key, value));
    }
  }

  /** Empties one region. */
  void clear(RegionId region) throws IOException {
    call(
        opened -> {
          if (figures.entrySet().stream()
              .allMatch(
                  entry -> entry.getKey().equals(region) || entry.getValue().entries.sum() <= 0)) {
            opened.clear();
          } else {
            opened.removeIf(key -> region.equals(RegionId.of(key)));
          }
          figures(region).emptied();
          return null;
        },
        early -> {
          // What the store has cannot be told apart before it is open: all of it goes.
          early.clear();
          return null;
        });
  }

  /** An operation on what waits for the store. */
  private interface Early<T> {
    T on(Waiting waiting);
  }

  private <T> T call(Operation<T> operation, Early<T> early) throws IOException {
    EhcacheStore used;
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
      throw new IOException("the disk cache failed and starts again empty", e);
    } finally {
      use.readLock().unlock();
    }
  }

  private void requireSpace(long bytes) throws IOException {
    written += bytes;
    if (written >= CHECK_SPACE_EVERY || full) {
      written = 0;
      full = settings.usable().getAsLong() < StoreSettings.RESERVE;
    }
    if (full) {
      throw new IOException("less than " + (StoreSettings.RESERVE >> 20) + " MiB free");
    }
  }

  private void requested() {
    if (state != State.ASLEEP) {
      return;
    }
    long now = settings.millis().getAsLong();
    int count = requests.incrementAndGet();
    if (count == 1) {
      firstRequest = now;
    }
    boolean pays =
        count >= settings.openAfterRequests()
            || now - firstRequest >= settings.openAfter().toMillis();
    if (pays && now >= notBefore) {
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
        awake(openStore());
      } catch (IOException | RuntimeException | Error e) {
        directory.release();
        throw e;
      }
    } catch (IOException | RuntimeException | Error e) {
      asleep();
    } finally {
      files.unlock();
    }
  }

  private EhcacheStore openStore() throws IOException {
    if (settings.usable().getAsLong() < StoreSettings.RESERVE) {
      throw new IOException("no room");
    }
    size = settings.size().getAsLong();
    if (Files.exists(directory.seal())) {
      try {
        return warm(Seal.read(directory.seal(), directory.store()));
      } catch (IOException | RuntimeException | Error e) {
        directory.setAside();
      }
    }
    // No seal: nobody stopped it cleanly.
    directory.deleteStore();
    figures.values().forEach(Figures::emptied);
    return new EhcacheStore(directory.store(), size, this::evicted);
  }

  private EhcacheStore warm(Seal seal) throws IOException {
    // A store cannot shrink: for a smaller one its directory must be deleted.
    size = Math.max(size, seal.size());
    // From here to the next clean stop the store is not to be trusted.
    Files.delete(directory.seal());
    var opened = new EhcacheStore(directory.store(), size, this::evicted);
    figures.values().forEach(Figures::emptied);
    seal.figures()
        .forEach(
            (region, held) -> {
              figures(region).entries.add(held[0]);
              figures(region).bytes.add(held[1]);
            });
    return opened;
  }

  private void evicted(BytesKey key, long bytes) {
    var region = RegionId.of(key);
    if (region != null) {
      figures(region).evicted(bytes);
    }
  }

  /** Hands over what has waited, then lets everybody in. */
  private void awake(EhcacheStore opened) throws IOException {
    use.writeLock().lock();
    try {
      if (state != State.OPENING) {
        opened.close();
        throw new IOException("closed meanwhile");
      }
      if (waiting.overflown()) {
        opened.clear();
        figures.values().forEach(Figures::emptied);
      }
      for (var entry : waiting.entries().entrySet()) {
        if (entry.getValue().isPresent()) {
          write(opened, entry.getKey(), entry.getValue().get());
        } else {
          removed(entry.getKey(), opened.remove(entry.getKey()));
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

  private void asleep() {
    use.writeLock().lock();
    try {
      if (state != State.CLOSED) {
        notBefore = settings.millis().getAsLong() + settings.retryAfter().toMillis();
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

  private void abandon(EhcacheStore broken) {
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
        figures.values().forEach(Figures::emptied);
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
      EhcacheStore closing;
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
        Seal.write(directory.seal(), directory.store(), size, figures);
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

  private static void closeQuietly(EhcacheStore store) {
    try {
      store.close();
    } catch (IOException | RuntimeException | Error e) {
      // It is being thrown away because it fails.
    }
  }
}
