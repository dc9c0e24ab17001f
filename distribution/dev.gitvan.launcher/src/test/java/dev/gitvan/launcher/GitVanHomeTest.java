package dev.gitvan.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GitVanHomeTest {
  private static final Path HOME = Path.of("/home/ada");

  @Test
  void followsTheXdgDefaults() {
    assertThat(GitVanHome.of(Map.of(), HOME))
        .isEqualTo(
            new GitVanHome(
                HOME.resolve(".config/gitvan"),
                HOME.resolve(".cache/gitvan"),
                HOME.resolve(".local/state/gitvan")));
  }

  @Test
  void honoursAbsoluteXdgDirectoriesAndIgnoresRelativeOnes() {
    var home = GitVanHome.of(Map.of("XDG_CACHE_HOME", "/fast", "XDG_STATE_HOME", "relative"), HOME);

    assertThat(home.cache()).isEqualTo(Path.of("/fast/gitvan"));
    assertThat(home.state()).isEqualTo(HOME.resolve(".local/state/gitvan"));
  }

  @Test
  void putsEverythingBelowGitVanHome() {
    var home = GitVanHome.of(Map.of("GITVAN_HOME", "/srv/gitvan", "XDG_CACHE_HOME", "/fast"), HOME);

    assertThat(home)
        .isEqualTo(
            new GitVanHome(
                Path.of("/srv/gitvan/config"),
                Path.of("/srv/gitvan/cache"),
                Path.of("/srv/gitvan/state")));
    assertThat(home.log()).isEqualTo(Path.of("/srv/gitvan/state/logs/gitvan.log"));
  }
}
