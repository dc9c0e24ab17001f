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
    return CacheStats.builder(a.cache(), a.tier(), a.level())
        .entries(known(a.entries(), b.entries()))
        .bytes(known(a.bytes(), b.bytes()))
        .hits(a.hits() + b.hits())
        .misses(a.misses() + b.misses())
        .meanLoadSeconds(mean)
        .evictions(a.evictions() + b.evictions())
        .corrupt(a.corrupt() + b.corrupt())
        .build();
  }

  /** The same counters beside what is held now. */
  static CacheStats holding(CacheStats counted, long entries, long bytes) {
    return counted.toBuilder().entries(entries).bytes(bytes).build();
  }

  private static long known(long a, long b) {
    return a < 0 || b < 0 ? -1 : a + b;
  }
}
