package dev.gitvan.kernel.internal.cache;

import dev.gitvan.cache.CacheSettings;
import dev.gitvan.config.Section;
import dev.gitvan.config.spi.ConfigurationSection;
import dev.gitvan.config.spi.GitVanConfigurationSection;
import org.osgi.service.component.annotations.Component;

/** Contributes the section {@code cache} of the configuration. */
@Component
@GitVanConfigurationSection(name = "cache")
public final class CacheSection implements ConfigurationSection {
  @Override
  public Section section() {
    return CacheSettings.SECTION;
  }
}
