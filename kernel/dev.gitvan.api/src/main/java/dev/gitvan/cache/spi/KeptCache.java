package dev.gitvan.cache.spi;

/**
 * The content of a {@link PersistentTier} for one cache name.
 *
 * @param cache name of the cache
 * @param corrupt number of damaged entries that were deleted; 0 if they were not checked
 */
public record KeptCache(String cache, long entries, long bytes, long corrupt) {}
