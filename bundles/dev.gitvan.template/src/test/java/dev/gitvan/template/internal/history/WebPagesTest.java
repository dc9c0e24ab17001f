package dev.gitvan.template.internal.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebPagesTest {
  @ParameterizedTest
  @CsvSource({
    "git@github.com:a/b.git, https://github.com/a/b",
    "a-1@example.org:team/sub/b.git, https://example.org/team/sub/b",
    "ssh://git@example.org:2222/a/b.git/, https://example.org/a/b",
    "https://github.com/a/b, https://github.com/a/b",
    "https://github.com/a/b.github.io.git, https://github.com/a/b.github.io",
    "https://name:pa%40ss@example.org:8443/a/b.git, https://example.org:8443/a/b",
    "http://localhost:3000/a/b, http://localhost:3000/a/b",
    "git://example.org/a/b, https://example.org/a/b",
    "git@git.sr.ht:~a/b, https://git.sr.ht/~a/b",
  })
  void thePageOfARemote(String url, String page) {
    assertThat(WebPages.of(url).root()).isEqualTo(page);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/srv/git/a/b.git",
        "../a/b",
        "C:/git/a/b",
        "C:\\git\\a",
        "file:///srv/a/b.git",
        "host:a/b",
        "git@host:/srv/a/b.git",
        "https://example.org/",
        "https://example.org/a/b](javascript:x)",
        "https://example.org/a/b c",
        "ext::sh -c x",
      })
  void whatHasNoPage(String url) {
    var pages = WebPages.of(url);
    assertThat(pages.root()).isEmpty();
    assertThat(pages.commit("1234")).isEmpty();
    assertThat(pages.release("v1", "v2")).isEmpty();
  }

  @Test
  void pagesOfForges() {
    var gitlab = WebPages.of("https://gitlab.example.org/a/b.git");
    assertThat(gitlab.commit("12")).isEqualTo("https://gitlab.example.org/a/b/-/commit/12");
    assertThat(gitlab.release("v1", "v2"))
        .isEqualTo("https://gitlab.example.org/a/b/-/compare/v1...v2");
    assertThat(gitlab.release("", "v1")).isEqualTo("https://gitlab.example.org/a/b/-/tags/v1");
    var bitbucket = WebPages.of("git@bitbucket.org:a/b.git");
    assertThat(bitbucket.commit("12")).isEqualTo("https://bitbucket.org/a/b/commits/12");
    assertThat(bitbucket.release("v1", ""))
        .isEqualTo("https://bitbucket.org/a/b/branches/compare/HEAD%0Dv1");
    var other = WebPages.of("https://codeberg.org/gitlab/b");
    assertThat(other.release("a/v1", "@b#ü"))
        .isEqualTo("https://codeberg.org/gitlab/b/compare/a/v1...%40b%23%C3%BC");
    assertThat(other.release("", "")).isEmpty();
  }
}
