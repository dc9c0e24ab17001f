package dev.gitvan.kernel.internal.run;

import dev.gitvan.config.Section;
import dev.gitvan.config.spi.ConfigurationSection;
import dev.gitvan.config.spi.GitVanConfigurationSection;
import org.osgi.service.component.annotations.Component;

/** Contributes the section {@code queue} of the configuration. */
@Component
@GitVanConfigurationSection(name = "queue")
public final class QueueSection implements ConfigurationSection {
  @Override
  public Section section() {
    return QueueSettings.SECTION;
  }
}
