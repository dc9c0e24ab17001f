package org.example.greeting;

import dev.gitvan.config.spi.ConfigurationSection;
import dev.gitvan.testkit.ConfigurationSectionContract;

class GreetingSectionTest extends ConfigurationSectionContract {
  @Override
  protected ConfigurationSection contribution() {
    return new GreetingSection();
  }

  @Override
  protected String name() {
    return GreetingSection.NAME;
  }
}
