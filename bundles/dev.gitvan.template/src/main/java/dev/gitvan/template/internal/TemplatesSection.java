package dev.gitvan.template.internal;

import dev.gitvan.config.Section;
import dev.gitvan.config.spi.ConfigurationSection;
import dev.gitvan.config.spi.GitVanConfigurationSection;
import dev.gitvan.template.TemplateSettings;
import org.osgi.service.component.annotations.Component;

/** Contributes the section {@code templates} of the configuration. */
@Component
@GitVanConfigurationSection(name = "templates")
public final class TemplatesSection implements ConfigurationSection {
  @Override
  public Section section() {
    return TemplateSettings.SECTION;
  }
}
