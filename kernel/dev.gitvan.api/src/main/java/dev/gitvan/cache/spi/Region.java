package dev.gitvan.cache.spi;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The part of a tier that belongs to one cache. Level 1 stores keys and values as objects; levels 2
 * and 3 store {@code byte[]} by {@link BytesKey}, verified on every read. Safe for any thread.
 */
@ConsumerType
public interface Region extends AutoCloseable {
  /**
   * Returns the value of a key.
   *
   * @return null if there is none, or it has expired
   * @throws CorruptEntryException if the entry fails its check; the tier has deleted it
   */
  Object get(Object key) throws IOException;

  void put(Object key, Object value) throws IOException;

  void remove(Object key) throws IOException;

  /** Applies changed bounds. Existing entries may keep their time to live. */
  default void resize(RegionSpec spec) {}

  /** Removes everything. */
  void clear() throws IOException;

  /** Current number of entries; -1 if unknown. */
  long entries();

  /** Current size in bytes; -1 if unknown. */
  long bytes();

  /** Number of entries evicted since it was opened. */
  long evictions();

  /** Writes pending entries, and releases all resources. */
  @Override
  void close() throws IOException;
}
