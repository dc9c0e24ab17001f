package dev.gitvan.shell.internal.verbs;

import dev.gitvan.cache.CacheCheck;
import dev.gitvan.cache.CacheStats;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of caches in the forms in which they are shown. */
final class CacheFigures {
  static final List<String> HEADER =
      List.of(
          "cache",
          "tier",
          "entries",
          "bytes",
          "hits",
          "misses",
          "hit ratio",
          "mean load",
          "evicted",
          "damaged");

  private static final String UNKNOWN = "-";

  private CacheFigures() {}

  static List<String> row(CacheStats stats) {
    boolean used = stats.hits() + stats.misses() > 0;
    return List.of(
        stats.cache(),
        tier(stats.level(), stats.tier()),
        stats.entries() < 0 ? UNKNOWN : String.valueOf(stats.entries()),
        bytes(stats.bytes()),
        String.valueOf(stats.hits()),
        String.valueOf(stats.misses()),
        used && stats.level() > 0
            ? String.format(Locale.ROOT, "%.1f %%", 100 * stats.hitRatio())
            : UNKNOWN,
        stats.meanLoadSeconds() > 0 ? Figures.human(stats.meanLoadSeconds()) : UNKNOWN,
        String.valueOf(stats.evictions()),
        String.valueOf(stats.corrupt()));
  }

  /** As JSON has them: times in seconds, null for what is not known. */
  static Map<String, Object> map(CacheStats stats) {
    var map = new LinkedHashMap<String, Object>();
    map.put("cache", stats.cache());
    map.put("tier", stats.tier());
    map.put("level", stats.level());
    map.put("entries", stats.entries() < 0 ? null : stats.entries());
    map.put("bytes", stats.bytes() < 0 ? null : stats.bytes());
    map.put("hits", stats.hits());
    map.put("misses", stats.misses());
    map.put("hitRatio", stats.hitRatio());
    map.put("meanLoadSeconds", stats.meanLoadSeconds());
    map.put("evictions", stats.evictions());
    map.put("corrupt", stats.corrupt());
    return map;
  }

  static Map<String, Object> map(CacheCheck check) {
    var map = new LinkedHashMap<String, Object>();
    map.put("cache", check.cache());
    map.put("tier", check.tier());
    map.put("level", check.level());
    map.put("entries", check.entries());
    map.put("bytes", check.bytes());
    map.put("corrupt", check.corrupt());
    return map;
  }

  /** Such as {@code L2 disk}; loads are no tier. */
  static String tier(int level, String tier) {
    return level == 0 ? tier : "L" + level + " " + tier;
  }

  /** A size for people: the unit that suits it, one decimal. */
  static String bytes(long bytes) {
    if (bytes < 0) {
      return UNKNOWN;
    }
    if (bytes < 1024) {
      return bytes + " B";
    }
    var units = new String[] {"KiB", "MiB", "GiB"};
    double value = bytes / 1024.0;
    int unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
  }
}
