package dev.gitvan.cache;

/**
 * Statistics of one tier of one cache.
 *
 * @param tier the tier's name; {@code loader} for the loads themselves
 * @param level 1 to 3; 0 for the loader
 * @param entries currently; -1 if unknown
 * @param bytes currently; -1 if unknown
 * @param meanLoadSeconds mean time of a load or a read of this tier
 * @param corrupt number of entries that failed their check and were deleted
 */
public record CacheStats(
    String cache,
    String tier,
    int level,
    long entries,
    long bytes,
    long hits,
    long misses,
    double meanLoadSeconds,
    long evictions,
    long corrupt) {
  /** Hits divided by reads, 0 to 1; 0 without reads. */
  public double hitRatio() {
    return hits + misses == 0 ? 0 : (double) hits / (hits + misses);
  }
}
