package dev.gitvan.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @TempDir Path directory;

  @Test
  void readsFrameworkPropertiesStartLevelsAndTraining() throws Exception {
    var settings =
        read(
            """
            framework.org.osgi.framework.bootdelegation=sun.misc
            start-level.1=org.osgi. , slf4j
            start-level.4=dev.
            start-level.default=2
            on-demand=jline-
            libraries=ehcache-, jakarta.
            log.level=info
            training=version; job list
            """);

    assertThat(settings.framework())
        .isEqualTo(Map.of("org.osgi.framework.bootdelegation", "sun.misc"));
    assertThat(settings.plan())
        .isEqualTo(
            new StartPlan(
                Map.of("org.osgi.", 1, "slf4j", 1, "dev.", 4),
                2,
                List.of("jline-"),
                List.of("ehcache-", "jakarta.")));
    assertThat(settings.logLevel()).isEqualTo("info");
    assertThat(settings.training()).containsExactly(List.of("version"), List.of("job", "list"));
  }

  @Test
  void needsNothing() throws Exception {
    var settings = read("");

    assertThat(settings.plan())
        .isEqualTo(new StartPlan(Map.of(), StartPlan.DEFAULT_LEVEL, List.of(), List.of()));
    assertThat(settings.logLevel()).isEqualTo("warn");
    assertThat(settings.training()).isEmpty();
  }

  @Test
  void rejectsAStartLevelThatIsNone() {
    assertThatThrownBy(() -> read("start-level.zero=dev."))
        .isInstanceOfSatisfying(
            LaunchException.class,
            e -> {
              assertThat(e.line()).startsWith("CONFIG_RANGE ").contains("start-level.zero");
              assertThat(e.exitStatus()).isEqualTo(2);
            });
    assertThatThrownBy(() -> read("start-level.default=0")).isInstanceOf(LaunchException.class);
  }

  private Settings read(String text) throws IOException, LaunchException {
    return Settings.read(Files.writeString(directory.resolve("launcher.properties"), text));
  }
}
