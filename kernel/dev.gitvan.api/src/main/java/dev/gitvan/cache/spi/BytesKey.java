package dev.gitvan.cache.spi;

import java.util.Arrays;
import java.util.HexFormat;

/** An encoded key, equal to another by content. Immutable. */
public final class BytesKey {
  private final byte[] bytes;
  private final int hash;

  /** Takes the array over; it must not be changed any more. */
  public BytesKey(byte[] bytes) {
    this.bytes = bytes;
    this.hash = Arrays.hashCode(bytes);
  }

  /** The bytes, not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BytesKey key && hash == key.hash && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
