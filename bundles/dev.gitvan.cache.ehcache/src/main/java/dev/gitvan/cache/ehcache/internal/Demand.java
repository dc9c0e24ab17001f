package dev.gitvan.cache.ehcache.internal;

import java.util.concurrent.atomic.AtomicInteger;

/** When it pays to open the store: after so many requests or so long. Safe for any thread. */
final class Demand {
  private final StoreSettings settings;
  private final AtomicInteger requests = new AtomicInteger();
  private volatile long firstRequest;
  private volatile long notBefore = Long.MIN_VALUE;

  Demand(StoreSettings settings) {
    this.settings = settings;
  }

  /** Counts a request; returns whether the store is to be opened. */
  boolean pays() {
    long now = settings.millis().getAsLong();
    int count = requests.incrementAndGet();
    if (count == 1) {
      firstRequest = now;
    }
    boolean pays =
        count >= settings.openAfterRequests()
            || now - firstRequest >= settings.openAfter().toMillis();
    return pays && now >= notBefore;
  }

  /** It could not be opened: not again at once. */
  void leaveOff() {
    notBefore = settings.millis().getAsLong() + settings.retryAfter().toMillis();
  }
}
