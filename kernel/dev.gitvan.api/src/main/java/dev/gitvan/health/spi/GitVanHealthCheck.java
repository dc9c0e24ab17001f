package dev.gitvan.health.spi;

import dev.gitvan.job.spi.RequireGitVan;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** Names a {@link HealthCheck} service. */
@ComponentPropertyType
@RequireGitVan
public @interface GitVanHealthCheck {
  /** Prefix of the service properties. */
  String PREFIX_ = "gitvan.health.";

  /** The check's name, such as {@code disk-space}: lower-case letters, digits and hyphens. */
  String name();
}
