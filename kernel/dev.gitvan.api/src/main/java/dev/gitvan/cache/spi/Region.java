package dev.gitvan.cache.spi;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The part of a tier that belongs to one cache. Level 1 holds keys and values as they are; level 2
 * and 3 hold {@code byte[]} under a {@link BytesKey}, checked on every read. Safe for any thread.
 */
@ConsumerType
public interface Region extends AutoCloseable {
  /**
   * The value of a key.
   *
   * @return null when there is none, or it has outlived its time
   * @throws CorruptEntryException when what is there fails its check; the tier has dropped it
   */
  Object get(Object key) throws IOException;

  void put(Object key, Object value) throws IOException;

  void remove(Object key) throws IOException;

  /**
   * Takes up other bounds, because the configuration has changed. Entries that are there may keep
   * the time that they were given.
   */
  default void resize(RegionSpec spec) {}

  /** Removes everything. */
  void clear() throws IOException;

  /** Entries now; -1 when it cannot tell. */
  long entries();

  /** Bytes now; -1 when it cannot tell. */
  long bytes();

  /** Entries dropped for want of room since it was opened. */
  long evictions();

  /** Writes what must survive, and releases what it holds. */
  @Override
  void close() throws IOException;
}
