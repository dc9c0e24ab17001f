package dev.gitvan.cache.ehcache.internal;

import dev.gitvan.cache.spi.BytesKey;
import dev.gitvan.cache.spi.RegionSpec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Which region an entry belongs to: the first 16 bytes of its key in the store. */
record RegionId(long high, long low) {
  private static final int BYTES = 16;

  static RegionId of(RegionSpec spec) {
    var name =
        spec.cache()
            + "\0"
            + spec.schema()
            + "\0"
            + (spec.repository() == null ? "" : spec.repository());
    try {
      var digest =
          ByteBuffer.wrap(
              MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8)));
      return new RegionId(digest.getLong(), digest.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /** The region of a key of the store; null when it has none. */
  static RegionId of(BytesKey stored) {
    if (stored.bytes().length < BYTES) {
      return null;
    }
    var bytes = ByteBuffer.wrap(stored.bytes());
    return new RegionId(bytes.getLong(), bytes.getLong());
  }

  /** A key of this region as a key of the store. */
  BytesKey key(BytesKey key) {
    var bytes = new byte[BYTES + key.bytes().length];
    ByteBuffer.wrap(bytes).putLong(high).putLong(low).put(key.bytes());
    return new BytesKey(bytes);
  }

  /**
   * By hand, as is {@link #hashCode}: those that Java 17 makes for a record are linked to constants
   * of the JVM, which hold the last such class and so the class loader of a bundle that has gone.
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof RegionId id && id.high == high && id.low == low;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(high ^ low);
  }

  /** The key within its region. */
  static BytesKey inner(BytesKey stored) {
    return new BytesKey(Arrays.copyOfRange(stored.bytes(), BYTES, stored.bytes().length));
  }
}
