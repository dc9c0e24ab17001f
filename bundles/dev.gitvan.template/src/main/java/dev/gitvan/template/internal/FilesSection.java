package dev.gitvan.template.internal;

import dev.gitvan.config.Section;
import dev.gitvan.config.spi.ConfigurationSection;
import dev.gitvan.config.spi.GitVanConfigurationSection;
import org.osgi.service.component.annotations.Component;

/** Contributes the section {@code files} of the configuration. */
@Component
@GitVanConfigurationSection(name = "files")
public final class FilesSection implements ConfigurationSection {
  @Override
  public Section section() {
    return FileSettings.SECTION;
  }
}
