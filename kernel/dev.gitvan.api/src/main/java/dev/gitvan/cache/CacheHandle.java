package dev.gitvan.cache;

import java.lang.ref.WeakReference;
import java.util.function.Supplier;

/**
 * A handle of one cache in the current registry; {@link Cache#none()} while there is no registry.
 * It does not keep a registry or cache alive. Safe for any thread.
 *
 * @param <K> keys
 * @param <V> values
 */
public final class CacheHandle<K, V> {
  private final Supplier<CacheRegistry> registries;
  private final Supplier<CacheSpec<K, V>> spec;
  private final Cache<K, V> none = Cache.none();
  private volatile Opened<K, V> opened = new Opened<>(null, null);

  /**
   * @param registries returns null while there is no registry
   * @param spec called when the cache is opened
   */
  public CacheHandle(Supplier<CacheRegistry> registries, Supplier<CacheSpec<K, V>> spec) {
    this.registries = registries;
    this.spec = spec;
  }

  private record Opened<K, V>(
      WeakReference<CacheRegistry> registry, WeakReference<Cache<K, V>> cache) {}

  /** Returns the current cache. Do not store it. */
  public Cache<K, V> get() {
    var registry = registries.get();
    if (registry == null) {
      return none;
    }
    var now = opened;
    if (now.registry() != null && now.registry().get() == registry) {
      var cache = now.cache().get();
      if (cache != null) {
        return cache;
      }
    }
    return open(registry);
  }

  private Cache<K, V> open(CacheRegistry registry) {
    Cache<K, V> cache;
    try {
      cache = registry.cache(spec.get());
    } catch (IllegalArgumentException e) {
      // Another version of the same bundle still has it, with values of its own: do without.
      cache = none;
    }
    opened = new Opened<>(new WeakReference<>(registry), new WeakReference<>(cache));
    return cache;
  }
}
