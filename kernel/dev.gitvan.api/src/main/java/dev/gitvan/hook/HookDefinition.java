package dev.gitvan.hook;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** A hook as it is defined at one moment. Immutable. */
public final class HookDefinition {
  /** Maximum duration of one call of a hook that names none. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  private final String name;
  private final List<String> points;
  private final HookOrder order;
  private final Duration timeout;
  private final String origin;

  private HookDefinition(Builder builder) {
    this.name = builder.name;
    this.points = builder.points;
    this.order = builder.order;
    this.timeout = builder.timeout;
    this.origin = builder.origin;
  }

  /**
   * Returns a builder; see {@link Builder} for the defaults.
   *
   * @param points names of the points at which it is called
   * @param origin symbolic name and version of the contributing bundle, or {@code file:line:column}
   * @throws IllegalArgumentException when the name is blank or there is no point
   */
  public static Builder builder(String name, List<String> points, String origin) {
    return new Builder(name, points, origin);
  }

  /** Used in reports and in the {@linkplain HookOrder order} of other hooks. */
  public String name() {
    return name;
  }

  /** Names of the points at which it is called; at least one. */
  public List<String> points() {
    return points;
  }

  /** Its position in the chain. */
  public HookOrder order() {
    return order;
  }

  /** Maximum duration of one call. */
  public Duration timeout() {
    return timeout;
  }

  /** Symbolic name and version of the contributing bundle, or {@code file:line:column}. */
  public String origin() {
    return origin;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HookDefinition definition && values().equals(definition.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "hook " + name + " at " + String.join(", ", points);
  }

  private List<Object> values() {
    return List.of(name, points, order, timeout, origin);
  }

  /**
   * Builds definitions. By default, a hook has any position, and {@link #DEFAULT_TIMEOUT}. Not
   * thread-safe.
   */
  public static final class Builder {
    private final String name;
    private final List<String> points;
    private final String origin;
    private HookOrder order = HookOrder.ANY;
    private Duration timeout = DEFAULT_TIMEOUT;

    private Builder(String name, List<String> points, String origin) {
      if (name.isBlank()) {
        throw new IllegalArgumentException("a hook has no name");
      }
      if (points.isEmpty()) {
        throw new IllegalArgumentException("hook " + name + " has no point");
      }
      this.name = name;
      this.points = List.copyOf(points);
      this.origin = Objects.requireNonNull(origin, "origin");
    }

    /** Sets its position in the chain; any by default. */
    public Builder order(HookOrder value) {
      order = Objects.requireNonNull(value, "order");
      return this;
    }

    /**
     * Sets the maximum duration of one call; {@link #DEFAULT_TIMEOUT} by default.
     *
     * @throws IllegalArgumentException when it is not positive
     */
    public Builder timeout(Duration value) {
      if (value.isZero() || value.isNegative()) {
        throw new IllegalArgumentException("hook " + name + " has no time: " + value);
      }
      timeout = value;
      return this;
    }

    public HookDefinition build() {
      return new HookDefinition(this);
    }
  }
}
