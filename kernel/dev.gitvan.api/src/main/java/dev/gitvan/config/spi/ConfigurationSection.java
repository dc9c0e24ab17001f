package dev.gitvan.config.spi;

import dev.gitvan.config.Section;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Contributes a section of the configuration. Register it as a service with {@link
 * GitVanConfigurationSection}. Safe for any thread.
 *
 * <p>GitVan's own sections are at the top of {@code gitvan.yaml}. A plugin's section is below
 * {@code plugins}, under its name:
 *
 * <pre>{@code
 * plugins:
 *   greeting: { loud: true }
 * }</pre>
 */
@ConsumerType
public interface ConfigurationSection {
  /** The section: the same object at every call. */
  Section section();
}
