package dev.gitvan.template.internal.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SemanticVersionTest {
  private static SemanticVersion version(String text) {
    return SemanticVersion.of(text).orElseThrow();
  }

  /** The examples of semver.org, item 11, and what lies between them. */
  @Test
  void precedence() {
    var ascending =
        List.of(
            "0.0.4",
            "0.9.10",
            "1.0.0-0",
            "1.0.0-1",
            "1.0.0-11",
            "1.0.0--",
            "1.0.0-Alpha",
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "1.0.1",
            "1.2",
            "1.2.0.1",
            "1.10.0",
            "2.0.0",
            "2.1.0",
            "2.1.1",
            "6.7.0.202309050840-r",
            "99999999999999999999999.999999999999999999.99999999999999999");
    var shuffled = new ArrayList<>(ascending);
    Collections.shuffle(shuffled, new Random(1));
    assertThat(shuffled.stream().map(SemanticVersionTest::version).sorted())
        .extracting(SemanticVersion::toString)
        .containsExactlyElementsOf(ascending);
  }

  @Test
  void buildMetadataDoesNotCount() {
    assertThat(version("1.0.0+a")).isEqualByComparingTo(version("1.0.0+b"));
    assertThat(version("1.0.0-rc.1+a")).isEqualByComparingTo(version("1.0.0-rc.1"));
    assertThat(version("1.0.0+a")).isNotEqualTo(version("1.0.0"));
    assertThat(version("1.0.0+0.build.1-rc.10000aaa-kk-0.1").isPrerelease()).isFalse();
  }

  @Test
  void vIsNotPartOfIt() {
    assertThat(version("v1.2.0")).hasToString("1.2.0").isEqualTo(version("1.2.0"));
    assertThat(version("1.0.0-x-y-z.--").isPrerelease()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v",
        "1",
        "v2",
        "1.",
        ".1",
        "1.2.x",
        "1.2.3-",
        "1.2.3+",
        "1.2.3-a..b",
        "1.2.3-ü",
        "nightly",
        "release-1.2",
        "1.2.3 ",
        "20261201",
        "vv1.0.0",
      })
  void whatIsNotAVersion(String text) {
    assertThat(SemanticVersion.of(text)).isEmpty();
  }
}
