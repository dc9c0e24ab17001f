package dev.gitvan.kernel.internal.cache;

import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.extension.InvalidExtensionException;
import dev.gitvan.kernel.internal.Offer;
import dev.gitvan.kernel.internal.Properties;

/** What a tier's properties say; see {@link dev.gitvan.cache.spi.GitVanCacheTier}. */
record TierLevel(String tier, int level) {
  static final int MEMORY = 1;
  static final int LOWEST = 3;

  static TierLevel read(Offer<CacheTier> offer) throws InvalidExtensionException {
    var properties = new Properties(offer.properties(), "gitvan.cache.");
    var tier = properties.text("tier", "");
    if (tier.isEmpty()) {
      throw new InvalidExtensionException(
          "NAME_MISSING", "gitvan.cache.tier is missing; use the annotation @GitVanCacheTier");
    }
    return new TierLevel(tier, properties.number("level", 0, MEMORY, LOWEST, "LEVEL_INVALID"));
  }
}
