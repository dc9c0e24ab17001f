package dev.gitvan.kernel.internal.cache;

/**
 * A value as memory holds it. What is marked stale counts as absent wherever it turns up: a value
 * whose load began before its key was invalidated cannot come back, however late it is stored.
 */
final class Held<V> {
  /** Written once, before the object is handed to another thread. */
  V value;

  volatile boolean stale;

  Held() {}

  Held(V value) {
    this.value = value;
  }
}
