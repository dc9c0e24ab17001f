package dev.gitvan.git.jgit.internal;

import dev.gitvan.config.Section;
import dev.gitvan.config.spi.ConfigurationSection;
import dev.gitvan.config.spi.GitVanConfigurationSection;
import dev.gitvan.git.GitSettings;
import org.osgi.service.component.annotations.Component;

/** Contributes the section {@code git} of the configuration. */
@Component
@GitVanConfigurationSection(name = "git")
public final class GitSection implements ConfigurationSection {
  @Override
  public Section section() {
    return GitSettings.SECTION;
  }
}
