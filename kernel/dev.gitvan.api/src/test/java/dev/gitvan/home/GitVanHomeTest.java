package dev.gitvan.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GitVanHomeTest {
  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>(Map.of("HOME", "/home/ada"));

  @Test
  void defaultsToTheXdgDirectories() {
    assertThat(home())
        .isEqualTo(
            home(
                "/home/ada/.config/gitvan",
                "/home/ada/.cache/gitvan",
                "/home/ada/.local/state/gitvan"));
  }

  @Test
  void usesAbsoluteXdgDirectoriesAndIgnoresOthers() {
    environment.put("XDG_CONFIG_HOME", " ");
    environment.put("XDG_CACHE_HOME", "/fast");
    environment.put("XDG_STATE_HOME", "relative");

    assertThat(home())
        .isEqualTo(
            home("/home/ada/.config/gitvan", "/fast/gitvan", "/home/ada/.local/state/gitvan"));
  }

  @Test
  void prefersTheVariableOfGitVan() {
    environment.put("GITVAN_HOME", "/srv/./gitvan");
    environment.put("XDG_CACHE_HOME", "/fast");

    assertThat(home())
        .isEqualTo(home("/srv/gitvan/config", "/srv/gitvan/cache", "/srv/gitvan/state"));
  }

  @Test
  void prefersFrameworkPropertiesToTheEnvironment() {
    environment.put("GITVAN_HOME", "/srv/gitvan");
    properties.put("gitvan.home", "/opt/gitvan");
    properties.put("gitvan.home.cache", "/fast/cache");
    properties.put("gitvan.home.state", " ");

    assertThat(home()).isEqualTo(home("/opt/gitvan/config", "/fast/cache", "/opt/gitvan/state"));
  }

  @Test
  void relativePathsStartInTheWorkingDirectory() {
    environment.put("GITVAN_HOME", "here");

    assertThat(home().cache()).isEqualTo(Path.of("here/cache").toAbsolutePath());
  }

  @Test
  void withoutHomeItAsksTheJvm() {
    environment.clear();

    assertThat(home().cache()).isEqualTo(Path.of(System.getProperty("user.home"), ".cache/gitvan"));
  }

  /** What the launcher passes on is what bundles find, whatever the environment. */
  @Test
  void isFoundAgainByItsFrameworkProperties() {
    environment.put("XDG_CACHE_HOME", "/fast");
    var resolved = home();

    assertThat(GitVanHome.of(resolved.toFrameworkProperties()::get, Map.of("GITVAN_HOME", "/x")))
        .isEqualTo(resolved);
  }

  private GitVanHome home() {
    return GitVanHome.of(properties::get, environment);
  }

  private static GitVanHome home(String config, String cache, String state) {
    return new GitVanHome(Path.of(config), Path.of(cache), Path.of(state));
  }
}
