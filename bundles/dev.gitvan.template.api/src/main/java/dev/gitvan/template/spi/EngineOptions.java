package dev.gitvan.template.spi;

import java.util.List;

/** Options of an engine's session. Immutable. */
public final class EngineOptions {
  private final boolean strict;
  private final boolean autoescape;
  private final int maxRange;
  private final int maxDepth;
  private final long maxOutput;

  private EngineOptions(Builder builder) {
    this.strict = builder.strict;
    this.autoescape = builder.autoescape;
    this.maxRange = builder.maxRange;
    this.maxDepth = builder.maxDepth;
    this.maxOutput = builder.maxOutput;
  }

  /** Returns a builder; see {@link Builder} for the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Whether undefined variables are errors. */
  public boolean strict() {
    return strict;
  }

  /** Whether output is escaped for HTML. */
  public boolean autoescape() {
    return autoescape;
  }

  /** Maximum number of items of one range. */
  public int maxRange() {
    return maxRange;
  }

  /** Maximum nesting of includes, parents and macros. */
  public int maxDepth() {
    return maxDepth;
  }

  /**
   * Maximum size of one output, in bytes. The caller counts what is written; the engine holds no
   * more than this in memory, such as the result of a macro or a variable that grows.
   */
  public long maxOutput() {
    return maxOutput;
  }

  /**
   * Maximum number of rounds of loops that one rendering takes without writing anything. Work that
   * takes longer than a round, such as the call of a macro, counts as several.
   */
  public long maxRounds() {
    return Math.max(10_000_000L, 1_000L * maxRange);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EngineOptions options && values().equals(options.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "EngineOptions" + values();
  }

  private List<Object> values() {
    return List.of(strict, autoescape, maxRange, maxDepth, maxOutput);
  }

  /**
   * Builds options. By default, they are strict without escaping, for ranges of 10,000 items, a
   * depth of 50 and outputs of 64 MiB. Not thread-safe.
   */
  public static final class Builder {
    private boolean strict = true;
    private boolean autoescape;
    private int maxRange = 10_000;
    private int maxDepth = 50;
    private long maxOutput = 64L << 20;

    private Builder() {}

    public Builder strict(boolean value) {
      strict = value;
      return this;
    }

    public Builder autoescape(boolean value) {
      autoescape = value;
      return this;
    }

    public Builder maxRange(int value) {
      maxRange = value;
      return this;
    }

    public Builder maxDepth(int value) {
      maxDepth = value;
      return this;
    }

    public Builder maxOutput(long value) {
      maxOutput = value;
      return this;
    }

    public EngineOptions build() {
      return new EngineOptions(this);
    }
  }
}
