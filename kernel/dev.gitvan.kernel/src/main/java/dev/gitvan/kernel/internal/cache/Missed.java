package dev.gitvan.kernel.internal.cache;

import java.util.HashSet;
import java.util.Set;

/**
 * The keys that changed while a level had no tier: a tier that persists may still have their old
 * values when it comes. Bounded; beyond that the tier is to be emptied.
 */
final class Missed<K> {
  private static final int MAX = 1024;

  private final Set<K> keys = new HashSet<>();
  private boolean all;

  synchronized void add(K key) {
    if (!all && keys.add(key) && keys.size() > MAX) {
      everything();
    }
  }

  synchronized void everything() {
    keys.clear();
    all = true;
  }

  /** Returns what was missed so far, and resets it. */
  synchronized Take<K> take() {
    var take = new Take<>(Set.copyOf(keys), all);
    keys.clear();
    all = false;
    return take;
  }

  /** See {@link #take}. */
  record Take<K>(Set<K> keys, boolean all) {}
}
