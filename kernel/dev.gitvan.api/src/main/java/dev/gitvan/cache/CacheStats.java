package dev.gitvan.cache;

/**
 * What one tier of one cache has done in this process.
 *
 * @param tier the tier's name; {@code loader} for the loads themselves
 * @param level 1 to 3; 0 for the loader
 * @param entries now; -1 when the tier cannot tell
 * @param bytes now; -1 when the tier cannot tell
 * @param meanLoadSeconds mean time of a load or a read of this tier
 * @param corrupt entries that failed their check and were dropped
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
  /** Hits of all reads, 0 to 1; 0 when there were none. */
  public double hitRatio() {
    return hits + misses == 0 ? 0 : (double) hits / (hits + misses);
  }
}
