package dev.gitvan.cache;

import dev.gitvan.diagnostics.Problem;

/**
 * What checking every entry of one cache in one tier led to; or, with a problem, that a tier could
 * not be checked.
 *
 * @param cache null when the whole tier could not be checked
 * @param entries that are left
 * @param bytes of them
 * @param corrupt entries that failed their check and were dropped
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
