package dev.gitvan.hook;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A hook as it is defined at one moment. Immutable.
 *
 * @param name used in reports and in the {@linkplain HookOrder order} of other hooks
 * @param points names of the points at which it is called; at least one
 * @param order its position in the chain
 * @param timeout maximum duration of one call
 * @param origin symbolic name and version of the contributing bundle, or {@code file:line:column}
 */
public record HookDefinition(
    String name, List<String> points, HookOrder order, Duration timeout, String origin) {
  /** Maximum duration of one call of a hook that names none. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  public HookDefinition {
    points = List.copyOf(points);
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(origin, "origin");
    if (name.isBlank()) {
      throw new IllegalArgumentException("a hook has no name");
    }
    if (points.isEmpty()) {
      throw new IllegalArgumentException("hook " + name + " has no point");
    }
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException("hook " + name + " has no time: " + timeout);
    }
  }
}
