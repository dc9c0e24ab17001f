package dev.gitvan.cache.git.internal;

/**
 * An entry of a cache's tree. Its name in the bucket contains everything except the blob: {@code
 * REST_OF_KEY_HASH-MILLIS-BYTES}, the numbers in hexadecimal.
 *
 * @param hash SHA-256 of the key, 64 hexadecimal digits
 * @param blob id of the value's blob
 * @param written milliseconds since the epoch
 * @param bytes of the value
 */
record Entry(String hash, String blob, long written, long bytes) {
  static final int FANOUT = 2;
  static final int HASH = 64;

  String bucket() {
    return hash.substring(0, FANOUT);
  }

  String name() {
    return hash.substring(FANOUT) + "-" + Long.toHexString(written) + "-" + Long.toHexString(bytes);
  }

  /** The entry of a name in a bucket; null when it is not an entry's name. */
  static Entry of(String bucket, String name, String blob) {
    var parts = name.split("-");
    if (parts.length != 3 || bucket.length() + parts[0].length() != HASH) {
      return null;
    }
    try {
      return new Entry(
          bucket + parts[0],
          blob,
          Long.parseUnsignedLong(parts[1], 16),
          Long.parseUnsignedLong(parts[2], 16));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /**
   * By hand, as is {@link #hashCode}: those that Java 17 makes for a record are linked to constants
   * of the JVM, which hold the last such class and so the class loader of a bundle that has gone.
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof Entry entry
        && entry.hash.equals(hash)
        && entry.blob.equals(blob)
        && entry.written == written
        && entry.bytes == bytes;
  }

  @Override
  public int hashCode() {
    return hash.hashCode();
  }

  boolean isAlive(long now, long ttlMillis) {
    return ttlMillis == 0 || now - written < ttlMillis && written <= now + ttlMillis;
  }
}
