package dev.gitvan.cache;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Encodes and decodes values, for tiers below memory. Safe for any thread.
 *
 * @param <T> the value's type
 */
@ConsumerType
public interface Codec<T> {
  byte[] encode(T value);

  /**
   * @throws IllegalArgumentException if the bytes are not an encoded value; the cache treats it as
   *     a miss
   */
  T decode(byte[] bytes);

  /** Strings as UTF-8. */
  static Codec<String> utf8() {
    return new Codec<>() {
      @Override
      public byte[] encode(String value) {
        return value.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      }

      @Override
      public String decode(byte[] bytes) {
        return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
      }
    };
  }

  /** Byte arrays without a copy; neither side may modify an array afterwards. */
  static Codec<byte[]> bytes() {
    return new Codec<>() {
      @Override
      public byte[] encode(byte[] value) {
        return value;
      }

      @Override
      public byte[] decode(byte[] bytes) {
        return bytes;
      }
    };
  }
}
