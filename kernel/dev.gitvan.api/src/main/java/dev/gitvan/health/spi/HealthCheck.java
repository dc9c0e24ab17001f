package dev.gitvan.health.spi;

import dev.gitvan.health.Health;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Checks one thing that must work, for {@code gitvan diag}. Register it as a service with {@link
 * GitVanHealthCheck}. Must be safe for any thread.
 *
 * <p>A check changes nothing. What is wrong with bundles, components and contributions is reported
 * without one.
 */
@FunctionalInterface
@ConsumerType
public interface HealthCheck {
  /**
   * Checks. Called on a thread of its own that is interrupted after five seconds.
   *
   * @return not null
   * @throws Exception when the check itself fails, which counts as {@link Health.Status#FAILED}
   */
  Health check() throws Exception;
}
