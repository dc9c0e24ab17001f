package dev.gitvan.metrics.spi;

import dev.gitvan.job.spi.RequireGitVan;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** Names and describes a {@link Gauge} service. */
@ComponentPropertyType
@RequireGitVan
public @interface GitVanGauge {
  /** Prefix of the service properties. */
  String PREFIX_ = "gitvan.gauge.";

  /**
   * The gauge's name: words of lower-case letters, digits and underscores, separated by dots, such
   * as {@code memory.heap.used}.
   */
  String name();

  /**
   * The unit, a plural noun of lower-case letters such as {@code bytes} or {@code seconds}; empty
   * for a plain number.
   */
  String unit() default "";

  /** What the number is: one sentence without its full stop. */
  String description() default "";
}
