package dev.gitvan.cache.ehcache.internal;

import dev.gitvan.cache.spi.BytesKey;
import java.nio.ByteBuffer;
import org.ehcache.spi.serialization.Serializer;

/**
 * Keys are their bytes. Their hash code is one that the JDK defines, so it is the same tomorrow.
 */
final class KeySerializer implements Serializer<BytesKey> {
  @Override
  public ByteBuffer serialize(BytesKey key) {
    return ByteBuffer.wrap(key.bytes());
  }

  @Override
  public BytesKey read(ByteBuffer binary) {
    var bytes = new byte[binary.remaining()];
    binary.get(bytes);
    return new BytesKey(bytes);
  }

  @Override
  public boolean equals(BytesKey key, ByteBuffer binary) {
    return ByteBuffer.wrap(key.bytes()).equals(binary);
  }
}
