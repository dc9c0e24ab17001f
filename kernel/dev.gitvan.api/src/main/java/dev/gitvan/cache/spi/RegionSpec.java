package dev.gitvan.cache.spi;

import dev.gitvan.repository.RepositoryId;
import java.time.Duration;
import java.util.function.ToIntFunction;

/**
 * The specification of a tier's region; see {@link dev.gitvan.cache.CacheSpec}.
 *
 * @param repository owner of the cache; null: shared by all
 * @param ttl time to live; zero: unlimited
 * @param weigher returns the size of a value in memory, in bytes; null: values are not weighed
 */
public record RegionSpec(
    String cache,
    int schema,
    RepositoryId repository,
    Duration ttl,
    long maxEntries,
    ToIntFunction<Object> weigher,
    long maxWeight) {}
