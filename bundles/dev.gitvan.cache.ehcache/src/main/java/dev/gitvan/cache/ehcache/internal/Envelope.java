package dev.gitvan.cache.ehcache.internal;

import dev.gitvan.cache.spi.BytesKey;
import dev.gitvan.cache.spi.CorruptEntryException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A value as it lies on disk: checksum, time of death, value. The checksum is over the key, the
 * time and the value, so that an entry found under another's key, or by another's time, is wrong
 * too.
 */
final class Envelope {
  /** Bytes beside key and value. */
  static final int OVERHEAD = 16;

  /** Time of death of what never dies. */
  static final long FOREVER = 0;

  private Envelope() {}

  static ByteBuffer seal(BytesKey key, byte[] value, long dies) {
    var bytes = new byte[OVERHEAD + value.length];
    System.arraycopy(value, 0, bytes, OVERHEAD, value.length);
    var envelope = ByteBuffer.wrap(bytes);
    envelope.putLong(8, dies);
    envelope.putLong(0, checksum(key, bytes, 0, bytes.length));
    return envelope;
  }

  /**
   * The value.
   *
   * @return null when it has outlived its time
   * @throws CorruptEntryException when a bit of it is wrong
   */
  static byte[] open(BytesKey key, ByteBuffer envelope, long now) throws CorruptEntryException {
    if (envelope.remaining() < OVERHEAD) {
      throw new CorruptEntryException("an entry of " + envelope.remaining() + " bytes");
    }
    byte[] bytes;
    int at;
    int size = envelope.remaining();
    if (envelope.hasArray()) {
      // As it was read: a value of a MiB is copied once only.
      bytes = envelope.array();
      at = envelope.arrayOffset() + envelope.position();
    } else {
      bytes = new byte[size];
      at = 0;
      envelope.duplicate().get(bytes);
    }
    var header = ByteBuffer.wrap(bytes, at, OVERHEAD);
    long sum = header.getLong();
    long dies = header.getLong();
    if (sum != checksum(key, bytes, at, size)) {
      throw new CorruptEntryException("checksum mismatch in an entry of " + size + " bytes");
    }
    return dies != FOREVER && now >= dies
        ? null
        : Arrays.copyOfRange(bytes, at + OVERHEAD, at + size);
  }

  private static long checksum(BytesKey key, byte[] bytes, int at, int size) {
    return new Checksum64()
        .update(key.bytes().length)
        .update(key.bytes())
        .update(bytes, at + Long.BYTES, size - Long.BYTES)
        .value();
  }
}
