package dev.gitvan.cache.ehcache.internal;

import java.nio.ByteBuffer;
import org.ehcache.spi.serialization.Serializer;

/** Values are envelopes, handed through without a copy. */
final class ValueSerializer implements Serializer<ByteBuffer> {
  @Override
  public ByteBuffer serialize(ByteBuffer value) {
    return value.duplicate();
  }

  @Override
  public ByteBuffer read(ByteBuffer binary) {
    return binary.slice();
  }

  @Override
  public boolean equals(ByteBuffer value, ByteBuffer binary) {
    return value.equals(binary);
  }
}
