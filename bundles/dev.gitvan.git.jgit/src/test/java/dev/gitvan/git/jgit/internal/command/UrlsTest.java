package dev.gitvan.git.jgit.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlsTest {
  @ParameterizedTest
  @CsvSource({
    "https://me:hunter2@example.org/r, https://example.org/r",
    "https://me:hunt@r2@example.org/r, https://example.org/r",
    "fetch https://token@example.org/r a@b, fetch https://example.org/r a@b",
    "https://example.org/a@b, https://example.org/a@b",
    "git@example.org:r, git@example.org:r"
  })
  void credentialsAreNotShown(String url, String shown) {
    assertThat(Urls.shown(url)).isEqualTo(shown);
  }
}
