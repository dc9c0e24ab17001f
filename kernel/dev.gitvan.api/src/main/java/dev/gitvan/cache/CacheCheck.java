package dev.gitvan.cache;

import dev.gitvan.diagnostics.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The result of checking every entry of one cache in one tier, or the problem why a tier could not
 * be checked. Immutable.
 */
public final class CacheCheck {
  private final String cache;
  private final String tier;
  private final int level;
  private final long entries;
  private final long bytes;
  private final long corrupt;
  private final Problem problem;

  private CacheCheck(Builder builder) {
    this.cache = builder.cache;
    this.tier = builder.tier;
    this.level = builder.level;
    this.entries = builder.entries;
    this.bytes = builder.bytes;
    this.corrupt = builder.corrupt;
    this.problem = builder.problem;
  }

  /** Returns a builder; see {@link Builder} for the defaults. */
  public static Builder builder(String tier, int level) {
    return new Builder(tier, level);
  }

  /** Name of the cache; null when the whole tier could not be checked. */
  public String cache() {
    return cache;
  }

  /** The tier's name. */
  public String tier() {
    return tier;
  }

  /** The tier's level, 1 to 3. */
  public int level() {
    return level;
  }

  /** Number of remaining entries. */
  public long entries() {
    return entries;
  }

  /** Size of the remaining entries, in bytes. */
  public long bytes() {
    return bytes;
  }

  /** Number of entries that failed their check and were deleted. */
  public long corrupt() {
    return corrupt;
  }

  /** Why the tier could not be checked; null when it was checked. */
  public Problem problem() {
    return problem;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CacheCheck check && values().equals(check.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return problem == null
        ? cache + " in " + tier + ": " + entries + " entries, " + corrupt + " corrupt"
        : tier + ": " + problem;
  }

  private List<Object> values() {
    return Arrays.asList(cache, tier, level, entries, bytes, corrupt, problem);
  }

  /**
   * Builds results. By default, there is neither a cache nor a problem, and all numbers are 0. Not
   * thread-safe.
   */
  public static final class Builder {
    private final String tier;
    private final int level;
    private String cache;
    private long entries;
    private long bytes;
    private long corrupt;
    private Problem problem;

    private Builder(String tier, int level) {
      this.tier = Objects.requireNonNull(tier, "tier");
      this.level = level;
    }

    public Builder cache(String value) {
      cache = value;
      return this;
    }

    public Builder entries(long value) {
      entries = value;
      return this;
    }

    public Builder bytes(long value) {
      bytes = value;
      return this;
    }

    public Builder corrupt(long value) {
      corrupt = value;
      return this;
    }

    public Builder problem(Problem value) {
      problem = value;
      return this;
    }

    public CacheCheck build() {
      return new CacheCheck(this);
    }
  }
}
