package dev.gitvan.kernel.internal.cache;

import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.extension.InvalidExtensionException;
import dev.gitvan.kernel.internal.Offer;
import dev.gitvan.kernel.internal.Properties;

/**
 * What a tier's properties say; see {@link dev.gitvan.cache.spi.GitVanCacheTier}.
 *
 * @param expires whether it keeps to a time to live
 * @param ends whether its calls end by themselves, and soon after an interruption
 */
record TierLevel(String tier, int level, boolean expires, boolean ends) {
  static final int MEMORY = 1;
  static final int LOWEST = 3;

  static TierLevel read(Offer<CacheTier> offer) throws InvalidExtensionException {
    var properties = new Properties(offer.properties(), "gitvan.cache.");
    var tier = properties.text("tier", "");
    if (tier.isEmpty()) {
      throw new InvalidExtensionException(
          "NAME_MISSING", "gitvan.cache.tier is missing; use the annotation @GitVanCacheTier");
    }
    int level = properties.number("level", 0, MEMORY, LOWEST, "LEVEL_INVALID");
    boolean ends = properties.isSet("bounded") && properties.isSet("interruptible");
    if (level == MEMORY && !ends) {
      throw new InvalidExtensionException(
          "NOT_BOUNDED",
          "a tier of level 1 must be bounded and interruptible, because reads of every cache wait"
              + " for it");
    }
    return new TierLevel(tier, level, properties.isSet("expires"), ends);
  }
}
