package dev.gitvan.metrics.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A number that goes up and down, such as the size of a queue. Register it as a service with {@link
 * GitVanGauge}; a counter, which only goes up, is {@link dev.gitvan.metrics.Counter}.
 *
 * <p>Must be safe for any thread: it may be read by several at once.
 */
@FunctionalInterface
@ConsumerType
public interface Gauge {
  /**
   * Reads the present value. Called when somebody asks for metrics, on a thread of its own that is
   * interrupted after two seconds.
   *
   * @return a finite number, in the unit that the annotation names
   * @throws Exception when it cannot be read; the gauge is then left out, and {@code gitvan diag}
   *     shows the reason
   */
  double value() throws Exception;
}
