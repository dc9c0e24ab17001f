package dev.gitvan.cache;

import dev.gitvan.diagnostics.Problem;

/**
 * The result of checking every entry of one cache in one tier, or the problem why a tier could not
 * be checked.
 *
 * @param cache null when the whole tier could not be checked
 * @param entries number of remaining entries
 * @param bytes size of the remaining entries
 * @param corrupt number of entries that failed their check and were deleted
 * @param problem null when the tier was checked
 */
public record CacheCheck(
    String cache,
    String tier,
    int level,
    long entries,
    long bytes,
    long corrupt,
    Problem problem) {}
