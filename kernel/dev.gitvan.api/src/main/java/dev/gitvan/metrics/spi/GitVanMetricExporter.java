package dev.gitvan.metrics.spi;

import dev.gitvan.job.spi.RequireGitVan;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** Names the format that a {@link MetricExporter} service writes. */
@ComponentPropertyType
@RequireGitVan
public @interface GitVanMetricExporter {
  /** Prefix of the service properties. */
  String PREFIX_ = "gitvan.exporter.";

  /** The format's name, such as {@code csv}: lower-case letters, digits and hyphens. */
  String format();

  /** Internet media type of the output, such as {@code text/csv; charset=utf-8}. */
  String mediaType();
}
