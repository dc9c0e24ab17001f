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
    envelope.putLong(0, checksum(key, bytes));
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
    if (envelope.hasArray()
        && envelope.arrayOffset() + envelope.position() == 0
        && envelope.array().length == envelope.remaining()) {
      bytes = envelope.array();
    } else {
      bytes = new byte[envelope.remaining()];
      envelope.get(envelope.position(), bytes);
    }
    var header = ByteBuffer.wrap(bytes);
    if (header.getLong(0) != checksum(key, bytes)) {
      throw new CorruptEntryException(
          "checksum mismatch in an entry of " + bytes.length + " bytes");
    }
    long dies = header.getLong(8);
    return dies != FOREVER && now >= dies
        ? null
        : Arrays.copyOfRange(bytes, OVERHEAD, bytes.length);
  }

  private static long checksum(BytesKey key, byte[] envelope) {
    long keyed = XxHash64.hash(key.bytes(), 0, key.bytes().length, key.bytes().length);
    return XxHash64.hash(envelope, 8, envelope.length - 8, keyed);
  }
}
