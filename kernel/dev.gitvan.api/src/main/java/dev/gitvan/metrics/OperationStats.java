package dev.gitvan.metrics;

import java.util.List;
import java.util.Objects;

/**
 * Statistics of an operation's durations. Percentiles are by nearest rank, from a histogram with
 * three significant digits. All times are in seconds. Immutable.
 */
public final class OperationStats {
  private final Operation operation;
  private final long count;
  private final double min;
  private final double max;
  private final double mean;
  private final double p50;
  private final double p95;
  private final double p99;

  private OperationStats(Builder builder) {
    this.operation = builder.operation;
    this.count = builder.count;
    this.min = builder.min;
    this.max = builder.max;
    this.mean = builder.mean;
    this.p50 = builder.p50;
    this.p95 = builder.p95;
    this.p99 = builder.p99;
  }

  /** Returns a builder; see {@link Builder} for the defaults. */
  public static Builder builder(Operation operation) {
    return new Builder(operation);
  }

  /** The operation. */
  public Operation operation() {
    return operation;
  }

  /** Number of durations. */
  public long count() {
    return count;
  }

  /** The shortest duration. */
  public double min() {
    return min;
  }

  /** The longest duration. */
  public double max() {
    return max;
  }

  /** The mean duration. */
  public double mean() {
    return mean;
  }

  /** The 50th percentile. */
  public double p50() {
    return p50;
  }

  /** The 95th percentile. */
  public double p95() {
    return p95;
  }

  /** The 99th percentile. */
  public double p99() {
    return p99;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OperationStats stats && values().equals(stats.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return operation + ": " + count + " durations, mean " + mean + " s";
  }

  private List<Object> values() {
    return List.of(operation, count, min, max, mean, p50, p95, p99);
  }

  /** Builds statistics. By default, all numbers are 0. Not thread-safe. */
  public static final class Builder {
    private final Operation operation;
    private long count;
    private double min;
    private double max;
    private double mean;
    private double p50;
    private double p95;
    private double p99;

    private Builder(Operation operation) {
      this.operation = Objects.requireNonNull(operation, "operation");
    }

    public Builder count(long value) {
      count = value;
      return this;
    }

    public Builder min(double value) {
      min = value;
      return this;
    }

    public Builder max(double value) {
      max = value;
      return this;
    }

    public Builder mean(double value) {
      mean = value;
      return this;
    }

    public Builder p50(double value) {
      p50 = value;
      return this;
    }

    public Builder p95(double value) {
      p95 = value;
      return this;
    }

    public Builder p99(double value) {
      p99 = value;
      return this;
    }

    public OperationStats build() {
      return new OperationStats(this);
    }
  }
}
