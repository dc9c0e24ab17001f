package dev.gitvan.jobs.file.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "*.java, A.java, true",
    "*.java, a/A.java, false",
    "**/*.java, A.java, true",
    "**/*.java, a/b/A.java, true",
    "src/**, src/a/b, true",
    "src/**, src, false",
    "src/**/x, src/x, true",
    "src/**/x, src/a/b/x, true",
    "a?c, abc, true",
    "a?c, a/c, false",
    "[a-c]x, bx, true",
    "[!a-c]x, bx, false",
    "[!a-c]x, dx, true",
    "[]x], ], true",
    "v{1.*|2}, v1.5, false",
    "a.b, axb, false",
    "'\\*', '*', true",
    "'\\*', x, false",
    "(a+)+$, (a+)+$, true",
    "release/*, release/1.0, true",
    "main, main, true",
  })
  void matches(String pattern, String path, boolean expected) {
    assertThat(Glob.of(pattern).test(path)).isEqualTo(expected);
  }

  @Test
  void bracesChoose() {
    var glob = Glob.of("data/*.{json,y*ml}");
    assertThat(glob.test("data/x.json")).isTrue();
    assertThat(glob.test("data/x.yaml")).isTrue();
    assertThat(glob.test("data/x.txt")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "data/*.json, data",
    "data/**/x.json, data",
    "*.json, ''",
    "a/b/c.json, a/b",
    "c.json, ''",
    "a/b*/c, a",
    "'a/{b,c}/d', a",
  })
  void theFolderIsKnown(String pattern, String folder) {
    assertThat(Glob.of(pattern).folder()).isEqualTo(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[a", "{a", "a}", "a\\", "[z-a]", "[a/b]"})
  void brokenOnesAreRefused(String pattern) {
    assertThatThrownBy(() -> Glob.of(pattern)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @Timeout(60)
  void noPatternTakesForEver() {
    var glob = Glob.of("*a".repeat(50) + "b");
    assertThat(glob.test("a".repeat(10_000))).isFalse();
  }
}
