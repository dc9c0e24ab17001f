package dev.gitvan.cache.spi;

import java.util.Arrays;
import java.util.HexFormat;

/** An encoded key; equality is by content. Immutable. */
public final class BytesKey {
  private final byte[] bytes;
  private final int hash;

  /** Keeps the array without a copy; it must not be modified afterwards. */
  public BytesKey(byte[] bytes) {
    this.bytes = bytes;
    this.hash = Arrays.hashCode(bytes);
  }

  /** The bytes; not to be modified. */
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
