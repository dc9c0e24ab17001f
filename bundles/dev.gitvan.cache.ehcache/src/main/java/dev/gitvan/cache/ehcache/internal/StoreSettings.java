package dev.gitvan.cache.ehcache.internal;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * How a {@link DiskStore} behaves.
 *
 * @param size bytes that the store may take
 * @param openAfterRequests reads and writes after which it is worth opening
 * @param openAfter time since the first request after which the next one opens it
 * @param retryAfter how long it leaves off after it could not be opened
 * @param usable bytes that are free on its file system
 * @param millis the time
 * @param opener runs the opening
 */
record StoreSettings(
    LongSupplier size,
    int openAfterRequests,
    Duration openAfter,
    Duration retryAfter,
    LongSupplier usable,
    LongSupplier millis,
    Executor opener) {
  /** What is left free for others, and for pages that Ehcache maps before it fills them. */
  static final long RESERVE = 16 << 20;
}
