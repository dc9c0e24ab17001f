package dev.gitvan.cache.spi;

import dev.gitvan.repository.RepositoryId;
import java.time.Duration;
import java.util.function.ToIntFunction;

/**
 * What a tier's region is to be; see {@link dev.gitvan.cache.CacheSpec}.
 *
 * @param repository null: everybody's
 * @param ttl zero: for ever
 * @param weigher bytes of a value held in memory; null: not weighed
 */
public record RegionSpec(
    String cache,
    int schema,
    RepositoryId repository,
    Duration ttl,
    long maxEntries,
    ToIntFunction<Object> weigher,
    long maxWeight) {}
