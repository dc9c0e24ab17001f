package dev.gitvan.kernel.internal;

import dev.gitvan.config.Section;
import dev.gitvan.config.spi.ConfigurationSection;
import dev.gitvan.config.spi.GitVanConfigurationSection;
import dev.gitvan.extension.BundleSettings;
import org.osgi.service.component.annotations.Component;

/** Contributes the section {@code bundles} of the configuration. */
@Component
@GitVanConfigurationSection(name = "bundles")
public final class BundlesSection implements ConfigurationSection {
  @Override
  public Section section() {
    return BundleSettings.SECTION;
  }
}
