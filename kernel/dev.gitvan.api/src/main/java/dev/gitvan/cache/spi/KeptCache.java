package dev.gitvan.cache.spi;

/**
 * What a {@link PersistentTier} keeps of the caches of one name.
 *
 * @param cache the name
 * @param corrupt entries that were found damaged and dropped; 0 where nobody looked
 */
public record KeptCache(String cache, long entries, long bytes, long corrupt) {}
