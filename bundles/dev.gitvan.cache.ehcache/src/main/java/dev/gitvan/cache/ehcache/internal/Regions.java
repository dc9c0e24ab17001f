package dev.gitvan.cache.ehcache.internal;

import dev.gitvan.cache.spi.BytesKey;
import dev.gitvan.cache.spi.KeptCache;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The regions of a store, with their names and figures. Safe for any thread. */
final class Regions {
  private final Map<RegionId, Figures> all = new ConcurrentHashMap<>();

  /** A region's figures; the region is known from now on. */
  Figures of(RegionId region, String cache) {
    return all.computeIfAbsent(region, id -> new Figures(cache));
  }

  /**
   * The figures of the region that a key belongs to; null when it belongs to none that is known.
   */
  Figures of(BytesKey stored) {
    var region = RegionId.of(stored);
    return region == null ? null : all.get(region);
  }

  Map<RegionId, Figures> all() {
    return all;
  }

  void added(BytesKey key, long size) {
    var figures = of(key);
    if (figures != null) {
      figures.added(size);
    }
  }

  void removed(BytesKey key, long size) {
    var figures = of(key);
    if (figures != null) {
      figures.removed(size);
    }
  }

  void evicted(BytesKey key, long size) {
    var figures = of(key);
    if (figures != null) {
      figures.evicted(size);
    }
  }

  /** Nothing is there any more. */
  void emptied() {
    all.values().forEach(Figures::emptied);
  }

  /** Whether no other region has an entry. */
  boolean isAlone(RegionId region) {
    return all.entrySet().stream()
        .allMatch(entry -> entry.getKey().equals(region) || entry.getValue().entries.sum() <= 0);
  }

  /** What is kept, by cache. */
  List<KeptCache> kept() {
    return byCache(all.values().stream().map(Figures::kept).toList());
  }

  /** What a store kept when it was sealed, by cache. */
  static List<KeptCache> kept(Seal seal) {
    return byCache(seal.regions().values());
  }

  private static List<KeptCache> byCache(Collection<KeptCache> regions) {
    var sums = new TreeMap<String, KeptCache>();
    for (var region : regions) {
      if (region.entries() > 0) {
        sums.merge(region.cache(), region, Regions::sum);
      }
    }
    return List.copyOf(sums.values());
  }

  static KeptCache sum(KeptCache a, KeptCache b) {
    return new KeptCache(
        a.cache(), a.entries() + b.entries(), a.bytes() + b.bytes(), a.corrupt() + b.corrupt());
  }
}
