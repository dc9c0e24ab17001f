package dev.gitvan.kernel.internal.cache;

import dev.gitvan.cache.CacheSettings;
import dev.gitvan.cache.CacheSpec;
import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.cache.spi.Region;
import dev.gitvan.cache.spi.RegionSpec;
import dev.gitvan.config.Quantities;
import dev.gitvan.kernel.internal.Contribution;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * Opens one cache's regions: which tiers it may have, and with which bounds. The configuration is
 * read when a region opens, and again when values are kept.
 */
final class Openings<V> {
  private static final long LOOK_AGAIN_NANOS = Duration.ofSeconds(1).toNanos();
  private static final List<Contribution<CacheTier, TierLevel>> NOBODY = List.of();

  private final Supplier<? extends CacheSpec<?, V>> spec;
  private final Shared shared;
  private final Map<String, Counters> counters = new ConcurrentHashMap<>();
  private volatile CacheSettings settings = CacheSettings.DEFAULTS;
  private volatile boolean read;
  private volatile long lookedAt = System.nanoTime();

  /**
   * @param spec the cache's specification as it is now
   */
  Openings(Supplier<? extends CacheSpec<?, V>> spec, Shared shared) {
    this.spec = spec;
    this.shared = shared;
  }

  /**
   * The tiers that the cache may have at a level, best first. Reports those that would be better
   * but cannot keep its time to live.
   */
  List<Contribution<CacheTier, TierLevel>> candidates(int level) {
    if (level > TierLevel.MEMORY && !spec.get().hasCodecs()) {
      return NOBODY;
    }
    if (level == TierLevel.LOWEST && !settings().git()) {
      return NOBODY;
    }
    var ttl = regionSpec(level).ttl();
    var able = new ArrayList<Contribution<CacheTier, TierLevel>>();
    for (var tier : shared.tiers().get()) {
      if (tier.description().level() == level) {
        boolean keepsTime = ttl.isZero() || tier.description().expires();
        shared
            .failures()
            .failed(
                spec.get().name(),
                tier,
                keepsTime || !able.isEmpty()
                    ? null
                    : "its entries expire after "
                        + Quantities.format(ttl)
                        + ", which the tier does not support");
        if (keepsTime) {
          able.add(tier);
        }
      }
    }
    return able;
  }

  /** Opens a region of a tier; null when it has none for this cache, or cannot. */
  Layer open(Contribution<CacheTier, TierLevel> tier) {
    var wanted = spec.get();
    try {
      var service = tier.plugin().acquire();
      Layer layer = null;
      try {
        var region = open(tier, service);
        if (region != null) {
          layer =
              new Layer(
                  wanted.name(),
                  tier,
                  region,
                  counters.computeIfAbsent(tier.description().tier(), name -> new Counters()),
                  shared.metrics());
        }
      } finally {
        if (layer == null) {
          tier.plugin().release();
        }
      }
      shared.failures().failed(wanted.name(), tier, null);
      return layer;
    } catch (Exception | LinkageError e) {
      shared.failures().failed(wanted.name(), tier, e.toString());
      return null;
    }
  }

  private Region open(Contribution<CacheTier, TierLevel> tier, CacheTier service)
      throws IOException {
    var wanted = regionSpec(tier.description().level());
    if (tier.description().ends()) {
      return service.open(wanted);
    }
    var calls = shared.calls().apply(tier);
    var region = calls.call(() -> service.open(wanted));
    return region == null ? null : new GuardedRegion(region, calls);
  }

  /**
   * Whether it is time to look at the configuration and the memory again. Costs one reading of the
   * clock.
   */
  boolean isDue() {
    long now = System.nanoTime();
    if (now - lookedAt < LOOK_AGAIN_NANOS) {
      return false;
    }
    lookedAt = now;
    return true;
  }

  /**
   * Looks at the configuration again, where it was looked at; returns whether it says something
   * else than before.
   */
  boolean lookAgain() {
    return read && look();
  }

  private boolean look() {
    var before = settings;
    settings = shared.settings().read(spec.get().repository(), before);
    return !settings.equals(before);
  }

  RegionSpec regionSpec(int level) {
    var wanted = spec.get();
    var weigher = wanted.weigher();
    ToIntFunction<Object> held =
        weigher == null || level != TierLevel.MEMORY ? null : value -> weight(weigher, value);
    return RegionSpec.builder(
            wanted.name(),
            wanted.maxEntries() > 0 ? wanted.maxEntries() : settings().memoryEntries())
        .schema(wanted.schema())
        .repository(wanted.repository())
        .ttl(wanted.ttl() == null ? configuredTtl(level) : wanted.ttl())
        .weigher(held, wanted.maxWeight())
        .build();
  }

  private Duration configuredTtl(int level) {
    return switch (level) {
      case TierLevel.MEMORY -> settings().memoryTtl();
      case TierLevel.LOWEST -> Duration.ZERO;
      default -> settings().diskTtl();
    };
  }

  private CacheSettings settings() {
    if (!read) {
      look();
      lookedAt = System.nanoTime();
      read = true;
    }
    return settings;
  }

  @SuppressWarnings("unchecked") // Only this cache puts values into its own region.
  private int weight(ToIntFunction<V> weigher, Object held) {
    return weigher.applyAsInt(((Held<V>) held).value);
  }
}
