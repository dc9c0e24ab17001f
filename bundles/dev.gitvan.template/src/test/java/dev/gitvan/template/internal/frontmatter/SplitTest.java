package dev.gitvan.template.internal.frontmatter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {
  @Test
  void frontMatterEndsAtTheSecondFence() {
    var split = Split.of("---\nto: a\n---\ntext\n---\nmore\n");

    assertThat(split).isEqualTo(new Split("---\nto: a\n", "text\n---\nmore\n", 4));
  }

  @Test
  void itMayBeEmpty() {
    assertThat(Split.of("---\n---\n---\ntitle: x\n---\n"))
        .isEqualTo(new Split("---\n", "---\ntitle: x\n---\n", 3));
  }

  @Test
  void linesMayEndAsOnWindowsAndHaveSpacesBehindThem() {
    assertThat(Split.of("--- \r\nto: a\r\n---\t\r\ntext\r\n"))
        .isEqualTo(new Split("--- \r\nto: a\r\n", "text\r\n", 4));
  }

  @Test
  void theTextMayBeMissing() {
    assertThat(Split.of("---\nto: a\n---")).isEqualTo(new Split("---\nto: a\n", "", 4));
    assertThat(Split.of("---\nto: a\n---\n")).isEqualTo(new Split("---\nto: a\n", "", 4));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "---",
        "text\n---\nto: a\n---\n",
        " ---\nto: a\n---\n",
        "----\nto: a\n---\n",
        "--- # no\nto: a\n---\n",
        "---\nto: a\n----\n",
        "---\nto: a\n --- \n",
        "{# #}---\n---\n"
      })
  void otherFilesHaveNone(String file) {
    assertThat(Split.of(file)).isEqualTo(new Split(null, file, 1));
  }

  @Test
  void whatIsNotClosedIsKnown() {
    assertThat(Split.isUnclosed("---\nto: a\n")).isTrue();
    assertThat(Split.isUnclosed("---\nto: a\n---\n")).isFalse();
    assertThat(Split.isUnclosed("text\n")).isFalse();
  }
}
