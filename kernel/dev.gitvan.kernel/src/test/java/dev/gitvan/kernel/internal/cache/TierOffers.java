package dev.gitvan.kernel.internal.cache;

import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.kernel.internal.Offers;

/** Tiers as bundles would register them. */
final class TierOffers {
  private TierOffers() {}

  /** A tier that guarantees everything. */
  static Offers<CacheTier> of(CacheTier tier, String name, int level) {
    return unsure(tier, name, level)
        .with("gitvan.cache.expires", true)
        .with("gitvan.cache.bounded", true)
        .with("gitvan.cache.interruptible", true);
  }

  /** A tier that guarantees nothing. */
  static Offers<CacheTier> unsure(CacheTier tier, String name, int level) {
    return Offers.of(tier).with("gitvan.cache.tier", name).with("gitvan.cache.level", level);
  }
}
