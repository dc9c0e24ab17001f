package dev.gitvan.kernel.internal.cache;

import dev.gitvan.cache.CacheSpec;
import dev.gitvan.cache.CacheStats;
import dev.gitvan.cache.spi.BytesKey;
import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.kernel.internal.Contribution;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The tiers below one cache: at each level the best one that is there. They may come and go at any
 * moment; a caller that has read a snapshot continues with it.
 */
final class Tiers<K, V> {
  private static final List<Contribution<CacheTier, TierLevel>> NOBODY = List.of();

  /** The level of a value that waits to be written. */
  private static final int PENDING = TierLevel.LOWEST + 1;

  private final Shared shared;
  private final Behind<K, V> behind;
  private final Openings<V> openings;
  private final List<Missed<K>> missed =
      List.of(new Missed<>(), new Missed<>(), new Missed<>(), new Missed<>());
  private final String[] lastTier = new String[TierLevel.LOWEST + 1];

  /** Requested refreshes that are not done yet; the thread that raises it from 0 does them all. */
  private final AtomicInteger refreshes = new AtomicInteger();

  private volatile CacheSpec<K, V> spec;
  private volatile Layers layers = Layers.NONE;
  private volatile boolean changed;
  private volatile boolean closed;

  Tiers(CacheSpec<K, V> spec, Shared shared) {
    this.spec = spec;
    this.shared = shared;
    this.openings = new Openings<>(this::spec, shared);
    this.behind = new Behind<>(shared.writer(), shared.room(), this::apply, this::clearLower);
  }

  CacheSpec<K, V> spec() {
    return spec;
  }

  /** Goes on with other bounds, or with codecs of another version of the same bundle. */
  void adopt(CacheSpec<K, V> other) {
    spec = other;
  }

  /** The value held in memory, counted as a hit or a miss; null when there is none. */
  @SuppressWarnings("unchecked") // Only this class puts values into its own region.
  Held<V> inMemory(K key) {
    var memory = layers.memory();
    return memory == null ? null : (Held<V>) memory.held(key);
  }

  /**
   * Looks in memory once more, then below it, and promotes what it finds.
   *
   * @param into given the value
   * @return the level that had one, {@link #PENDING}, or 0
   */
  int recall(K key, Held<V> into) {
    var now = layers;
    if (now.memory() != null) {
      @SuppressWarnings("unchecked") // As above.
      var again = (Held<V>) now.memory().quietly(key);
      if (again != null) {
        into.value = again.value;
        return TierLevel.MEMORY;
      }
    }
    int level = below(now, key, into);
    if (level == 0) {
      return 0;
    }
    keepInMemory(now, key, into);
    if (level > TierLevel.MEMORY + 1 && level <= TierLevel.LOWEST && !into.stale) {
      behind.fill(key, into, level);
    }
    return level;
  }

  /** As {@link #recall}, of the tiers below memory and without promotion. */
  int look(K key, Held<V> into) {
    return below(layers, key, into);
  }

  /** The name of the tier at a level, as {@link #recall} returns it. */
  String tier(int level) {
    var layer = layers.at(level);
    return layer == null ? "pending" : layer.tier().description().tier();
  }

  /** Keeps what was loaded. */
  void keep(K key, Held<V> loaded) {
    var now = layers;
    keepInMemory(now, key, loaded);
    if (!now.lower().isEmpty() && !loaded.stale) {
      behind.fill(key, loaded, TierLevel.LOWEST + 1);
    }
    mindSettings();
  }

  /** Replaces a value in every tier. */
  void put(K key, Held<V> held) {
    Layers now;
    do {
      now = layers;
      keepInMemory(now, key, held);
      change(now, key);
      if (!now.lower().isEmpty()) {
        behind.put(key, held);
      }
      // Again, should a tier have come meanwhile.
    } while (now != layers);
    mindSettings();
  }

  /** Removes a key from every tier. */
  void remove(K key) {
    Layers now;
    do {
      now = layers;
      if (now.memory() != null) {
        now.memory().remove(key);
      }
      change(now, key);
      if (!now.lower().isEmpty()) {
        behind.remove(key);
      }
    } while (now != layers);
  }

  void clear() {
    changed = true;
    Layers now;
    do {
      now = layers;
      clearMemory();
      for (int level = TierLevel.MEMORY + 1; level <= TierLevel.LOWEST; level++) {
        if (now.at(level) == null) {
          missed.get(level).everything();
        }
      }
      if (!now.lower().isEmpty()) {
        behind.clear();
      }
    } while (now != layers);
  }

  void clearMemory() {
    var memory = layers.memory();
    if (memory != null) {
      memory.clear();
    }
  }

  List<CacheStats> stats() {
    var now = layers;
    var stats = new ArrayList<CacheStats>();
    if (now.memory() != null) {
      stats.add(now.memory().stats());
    }
    now.lower().forEach(layer -> stats.add(layer.stats()));
    return stats;
  }

  /**
   * Applies the current tiers. Opening and closing regions is plugins' code, so there is no lock:
   * one thread at a time does it, also for those that ask meanwhile.
   */
  void refresh() {
    if (refreshes.getAndIncrement() > 0) {
      return;
    }
    int done = 1;
    do {
      rebuild();
      done = refreshes.addAndGet(-done);
    } while (done > 0);
  }

  void close() {
    closed = true;
    refresh();
  }

  private void rebuild() {
    var old = layers;
    var levels = new Layer[TierLevel.LOWEST + 1];
    for (int level = TierLevel.MEMORY; level <= TierLevel.LOWEST; level++) {
      var present = old.at(level);
      var best = candidates(level);
      levels[level] =
          present != null && !best.isEmpty() && best.get(0) == present.tier() ? present : null;
    }
    publish(levels);
    // A tier's new version may need what the old one still has locked: close first, then open.
    for (int level = TierLevel.MEMORY; level <= TierLevel.LOWEST; level++) {
      var present = old.at(level);
      if (present != null && levels[level] == null) {
        present.close();
      }
    }
    for (int level = TierLevel.MEMORY; level <= TierLevel.LOWEST; level++) {
      for (var tier : levels[level] == null ? candidates(level) : NOBODY) {
        levels[level] = open(tier, level);
        if (levels[level] != null) {
          break;
        }
      }
    }
    publish(levels);
  }

  private List<Contribution<CacheTier, TierLevel>> candidates(int level) {
    return closed ? NOBODY : openings.candidates(level);
  }

  private void publish(Layer[] levels) {
    var lower = new ArrayList<Layer>();
    for (int level = TierLevel.MEMORY + 1; level <= TierLevel.LOWEST; level++) {
      if (levels[level] != null) {
        lower.add(levels[level]);
      }
    }
    lower.forEach(this::catchUp);
    layers = new Layers(levels[TierLevel.MEMORY], lower);
    // What changed between the first catching up and the publication.
    lower.forEach(this::catchUp);
  }

  private Layer open(Contribution<CacheTier, TierLevel> tier, int level) {
    var layer = openings.open(tier);
    if (layer == null) {
      return null;
    }
    var name = tier.description().tier();
    if (level == TierLevel.MEMORY) {
      layer.clear();
    } else if (lastTier[level] != null && !lastTier[level].equals(name) && changed) {
      // Nobody noted what this one missed while the other held its level.
      missed.get(level).everything();
    }
    lastTier[level] = name;
    return layer;
  }

  /** Looks at the configuration and the memory now and then, where values are kept anyway. */
  private void mindSettings() {
    if (openings.isDue()) {
      shared.writer().execute(this::takeUpSettings);
    }
  }

  private void takeUpSettings() {
    shared.memory().arm();
    if (openings.lookAgain()) {
      resize();
      refresh();
    }
  }

  /** Applies the bounds of the specification and the configuration. */
  void resize() {
    var now = layers;
    for (int level = TierLevel.MEMORY; level <= TierLevel.LOWEST; level++) {
      var layer = now.at(level);
      if (layer != null) {
        layer.resize(openings.regionSpec(level));
      }
    }
  }

  private void catchUp(Layer layer) {
    var take = missed.get(layer.level()).take();
    if (take.all()) {
      layer.clear();
    }
    for (var key : take.keys()) {
      var encoded = encode(key);
      if (encoded == null) {
        layer.clear();
        return;
      }
      layer.remove(encoded);
    }
  }

  private void keepInMemory(Layers now, K key, Held<V> held) {
    if (now.memory() != null && !held.stale && !shared.memory().isShort()) {
      now.memory().write(key, held);
    }
  }

  /** Notes a change for the levels that have no tier now. */
  private void change(Layers now, K key) {
    changed = true;
    if (!spec.hasCodecs()) {
      return;
    }
    for (int level = TierLevel.MEMORY + 1; level <= TierLevel.LOWEST; level++) {
      if (now.at(level) == null) {
        missed.get(level).add(key);
      }
    }
  }

  /** Fills in the value that is pending or below memory; returns as {@link #recall}. */
  private int below(Layers now, K key, Held<V> into) {
    if (now.lower().isEmpty()) {
      return 0;
    }
    var pending = behind.of(key);
    if (pending != null) {
      boolean good = pending.held() != null && !pending.held().stale;
      into.value = good ? pending.held().value : null;
      return good ? PENDING : 0;
    }
    var encoded = behind.isClearing() ? null : encode(key);
    if (encoded == null) {
      return 0;
    }
    for (var layer : now.lower()) {
      V value = layer.read(encoded, spec.values()::decode);
      if (value != null) {
        into.value = value;
        return layer.level();
      }
    }
    return 0;
  }

  /** On the writing thread. */
  private void apply(K key, Behind.Pending<V> operation) {
    var encoded = encode(key);
    if (encoded == null) {
      return;
    }
    var held = operation.held();
    if (held != null && held.stale) {
      // A load that was overtaken: what overtook it is newer than anything here.
      return;
    }
    byte[] bytes = held == null ? null : encodeValue(held);
    for (var layer : layers.lower()) {
      if (bytes == null) {
        layer.remove(encoded);
      } else if (layer.level() < operation.below()) {
        layer.write(encoded, bytes);
      }
    }
  }

  private void clearLower() {
    layers.lower().forEach(Layer::clear);
  }

  /** The encoded key; null when the codec fails: the lower tiers are left out then. */
  private BytesKey encode(K key) {
    try {
      return new BytesKey(spec.keys().encode(key));
    } catch (RuntimeException | LinkageError e) {
      return null;
    }
  }

  private byte[] encodeValue(Held<V> held) {
    try {
      return spec.values().encode(held.value);
    } catch (RuntimeException | LinkageError e) {
      return null;
    }
  }
}
