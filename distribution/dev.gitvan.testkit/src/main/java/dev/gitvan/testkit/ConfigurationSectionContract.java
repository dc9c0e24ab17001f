package dev.gitvan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.config.Setting;
import dev.gitvan.config.spi.ConfigurationSection;
import org.junit.jupiter.api.Test;

/**
 * What every section of the configuration must do, whatever its settings. Extend it, return the
 * section, and add tests of the settings' values.
 */
public abstract class ConfigurationSectionContract extends Contract {
  /** A new contribution, as its component would be. */
  protected abstract ConfigurationSection contribution() throws Exception;

  /** The name in the annotation of the component. */
  protected abstract String name();

  @Test
  void returnsTheSameSectionAtEveryCall() throws Exception {
    var contribution = contribution();
    assertThat(contribution.section()).isNotNull().isSameAs(contribution.section());
  }

  @Test
  void hasTheNameOfTheAnnotation() throws Exception {
    assertThat(contribution().section().name()).isEqualTo(name());
  }

  @Test
  void describesEverySettingInASentence() throws Exception {
    var section = contribution().section();
    assertThat(section.description()).endsWith(".");
    assertThat(section.settings())
        .isNotEmpty()
        .allSatisfy(setting -> assertThat(setting.description()).endsWith("."));
  }

  @Test
  void readsEveryDefaultAsItIsWritten() throws Exception {
    for (var setting : contribution().section().settings()) {
      assertReadsItsDefault(setting);
    }
  }

  private static <T> void assertReadsItsDefault(Setting<T> setting) throws Exception {
    var node = Nodes.of(setting.writtenDefault());
    assertThat(setting.type().read(node)).as(setting.key()).isEqualTo(setting.defaultValue());
  }

  @Test
  void hasASchemaForEverySetting() throws Exception {
    for (var setting : contribution().section().settings()) {
      assertThat(setting.type().schema()).as(setting.key()).isNotEmpty();
    }
  }
}
