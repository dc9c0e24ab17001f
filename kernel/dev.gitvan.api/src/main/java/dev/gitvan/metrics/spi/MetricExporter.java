package dev.gitvan.metrics.spi;

import dev.gitvan.metrics.MetricSnapshot;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Writes metrics in a format that other programs read: {@code gitvan perf export --format FORMAT}.
 * Register it as a service with {@link GitVanMetricExporter}. Must be safe for any thread.
 */
@FunctionalInterface
@ConsumerType
public interface MetricExporter {
  /**
   * Formats a snapshot. The output depends on the snapshot only.
   *
   * @param snapshot any part of it may be empty
   * @return the whole document, with a line feed at its end
   * @throws Exception when the snapshot cannot be written in this format
   */
  String export(MetricSnapshot snapshot) throws Exception;
}
