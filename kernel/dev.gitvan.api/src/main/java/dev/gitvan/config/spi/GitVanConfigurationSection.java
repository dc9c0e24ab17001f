package dev.gitvan.config.spi;

import dev.gitvan.job.spi.RequireGitVan;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** Names a {@link ConfigurationSection} service. */
@ComponentPropertyType
@RequireGitVan
public @interface GitVanConfigurationSection {
  /** Prefix of the service properties. */
  String PREFIX_ = "gitvan.section.";

  /** The section's name, as in {@link dev.gitvan.config.Section#name}. */
  String name();
}
