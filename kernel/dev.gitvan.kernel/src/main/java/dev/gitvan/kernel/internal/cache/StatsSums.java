package dev.gitvan.kernel.internal.cache;

import dev.gitvan.cache.CacheStats;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** Figures added up by cache and tier: caches of one name, of several repositories, are one. */
final class StatsSums {
  private StatsSums() {}

  /** Where two rows are the same: ordered by cache, then level. */
  static String key(String cache, int level, String tier) {
    return cache + '\0' + level + '\0' + tier;
  }

  static String key(CacheStats stats) {
    return key(stats.cache(), stats.level(), stats.tier());
  }

  static List<CacheStats> of(Collection<CacheStats> all) {
    var sums = new TreeMap<String, CacheStats>();
    for (var stats : all) {
      sums.merge(key(stats), stats, StatsSums::sum);
    }
    return List.copyOf(sums.values());
  }

  static CacheStats sum(CacheStats a, CacheStats b) {
    long aReads = a.hits() + a.misses();
    long bReads = b.hits() + b.misses();
    double mean =
        aReads + bReads == 0
            ? 0
            : (a.meanLoadSeconds() * aReads + b.meanLoadSeconds() * bReads) / (aReads + bReads);
    return new CacheStats(
        a.cache(),
        a.tier(),
        a.level(),
        known(a.entries(), b.entries()),
        known(a.bytes(), b.bytes()),
        a.hits() + b.hits(),
        a.misses() + b.misses(),
        mean,
        a.evictions() + b.evictions(),
        a.corrupt() + b.corrupt());
  }

  /** The same counters beside what is held now. */
  static CacheStats holding(CacheStats counted, long entries, long bytes) {
    return new CacheStats(
        counted.cache(),
        counted.tier(),
        counted.level(),
        entries,
        bytes,
        counted.hits(),
        counted.misses(),
        counted.meanLoadSeconds(),
        counted.evictions(),
        counted.corrupt());
  }

  private static long known(long a, long b) {
    return a < 0 || b < 0 ? -1 : a + b;
  }
}
