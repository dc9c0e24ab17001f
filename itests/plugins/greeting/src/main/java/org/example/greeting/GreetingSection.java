package org.example.greeting;

import dev.gitvan.config.Section;
import dev.gitvan.config.Setting;
import dev.gitvan.config.spi.ConfigurationSection;
import dev.gitvan.config.spi.GitVanConfigurationSection;
import org.osgi.service.component.annotations.Component;

/** The section {@code plugins.greeting} of gitvan.yaml. */
@Component
@GitVanConfigurationSection(name = GreetingSection.NAME)
public class GreetingSection implements ConfigurationSection {
  static final String NAME = "greeting";

  private static final Section.Builder GREETING = Section.named(NAME, "How people are greeted.");

  static final Setting<Boolean> LOUD = GREETING.flag("loud", false, "Whether to shout.");

  private static final Section SECTION = GREETING.build();

  @Override
  public Section section() {
    return SECTION;
  }
}
