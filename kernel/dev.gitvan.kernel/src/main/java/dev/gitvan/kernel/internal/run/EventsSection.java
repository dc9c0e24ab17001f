package dev.gitvan.kernel.internal.run;

import dev.gitvan.config.Section;
import dev.gitvan.config.spi.ConfigurationSection;
import dev.gitvan.config.spi.GitVanConfigurationSection;
import org.osgi.service.component.annotations.Component;

/** Contributes the section {@code events} of the configuration. */
@Component
@GitVanConfigurationSection(name = "events")
public final class EventsSection implements ConfigurationSection {
  @Override
  public Section section() {
    return EventSettings.SECTION;
  }
}
