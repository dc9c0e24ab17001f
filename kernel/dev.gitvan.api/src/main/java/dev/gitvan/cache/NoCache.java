package dev.gitvan.cache;

import java.util.Optional;

/** See {@link Cache#none()}. */
final class NoCache<K, V> implements Cache<K, V> {
  @Override
  public V get(K key, Loader<K, V> onMiss) throws Exception {
    return onMiss.load(key);
  }

  @Override
  public Optional<V> peek(K key) {
    return Optional.empty();
  }

  @Override
  public Optional<Hit<V>> find(K key) {
    return Optional.empty();
  }

  @Override
  public void put(K key, V value) {}

  @Override
  public void invalidate(K key) {}
}
