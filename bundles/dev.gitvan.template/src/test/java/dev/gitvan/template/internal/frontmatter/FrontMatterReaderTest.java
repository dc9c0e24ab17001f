package dev.gitvan.template.internal.frontmatter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.config.internal.document.DocumentsService;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.template.internal.frontmatter.FrontMatter.Force;
import dev.gitvan.template.internal.frontmatter.FrontMatter.Position;
import dev.gitvan.template.internal.frontmatter.FrontMatter.Text;
import dev.gitvan.template.internal.frontmatter.FrontMatterReader.Reading;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrontMatterReaderTest {
  private static Reading read(String yaml) {
    return FrontMatterReader.read(new DocumentsService(), "---\n" + yaml, "page.peb");
  }

  private static FrontMatter sound(String yaml) {
    var reading = read(yaml);
    assertThat(reading.problems()).isEmpty();
    return reading.frontMatter();
  }

  @Test
  void nothingIsNoPlan() {
    assertThat(FrontMatterReader.read(new DocumentsService(), null, "t").orThrow())
        .isEqualTo(FrontMatter.NONE);
    assertThat(sound("").hasPlan()).isFalse();
    assertThat(sound("data: { a: 1 }\n").hasPlan()).isFalse();
  }

  @Test
  void allKeysAreRead() {
    var read =
        sound(
            """
            to: [ "a/{{ x }}.md", b.md ]
            when: git.branch == "main"
            force: append
            inject:
              - { into: c.md, after: "<!-- x -->" }
              - { into: d.md, before: end }
              - { into: e.md, between: [ "begin", "end" ] }
            data: { title: Hello, tags: [a, b] }
            """);

    assertThat(read.to()).extracting(Text::text).containsExactly("a/{{ x }}.md", "b.md");
    assertThat(read.to().get(1).place()).hasToString("page.peb:2:23");
    assertThat(read.when()).map(Text::text).contains("git.branch == \"main\"");
    assertThat(read.force()).isEqualTo(Force.APPEND);
    assertThat(read.injections())
        .extracting(i -> i.into().text() + " " + i.position() + " " + i.markers().size())
        .containsExactly("c.md AFTER 1", "d.md BEFORE 1", "e.md BETWEEN 2");
    assertThat(read.data()).isEqualTo(Map.of("title", "Hello", "tags", List.of("a", "b")));
  }

  @Test
  void oneOfAKindNeedsNoList() {
    var read = sound("to: a.md\ninject: { into: b.md, before: x }\nwhen: false\n");

    assertThat(read.to()).extracting(Text::text).containsExactly("a.md");
    assertThat(read.force()).isEqualTo(Force.ERROR);
    assertThat(read.injections()).hasSize(1);
    assertThat(read.injections().get(0).position()).isEqualTo(Position.BEFORE);
    assertThat(read.when()).map(Text::text).contains("false");
  }

  @Test
  void theCallersDataComesFirst() {
    var read = sound("data: { a: 1, b: 2 }");

    assertThat(read.under(Map.of("b", 3L, "c", 4L))).isEqualTo(Map.of("a", 1L, "b", 3L, "c", 4L));
    Map<String, Object> all = Map.of("a", 5L, "b", 6L);
    assertThat(read.under(all)).isSameAs(all);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "tos: a | CONFIG_UNKNOWN_KEY page.peb:2:1: there is no key tos in a template's front matter."
            + " Did you mean to?",
        "title: Jekyll | two lines --- before them",
        "to: 1 | CONFIG_TYPE page.peb:2:5: to must be a string, but is 1. Write a string.",
        "to: [] | CONFIG_REQUIRED page.peb:2:5: to is empty",
        "to: [a, {}] | CONFIG_TYPE page.peb:2:9: an entry of to must be a string, but is a mapping",
        "to: | CONFIG_TYPE page.peb:2:4: to must be a string, but is empty",
        "when: 1 | CONFIG_TYPE page.peb:2:7: when must be an expression, but is 1",
        "when: [a] | CONFIG_TYPE page.peb:2:7: when must be an expression, but is a list",
        "{ to: a, force: overwrit } | CONFIG_RANGE page.peb:2:17: force must be error, overwrite,"
            + " append, skip or merge, but is \"overwrit\". Did you mean overwrite?",
        "{ to: a, force: true } | CONFIG_RANGE page.peb:2:17: force must be error, overwrite,",
        "{ to: a, force: [] } | CONFIG_TYPE page.peb:2:17: force must be",
        "force: skip | CONFIG_REQUIRED page.peb:2:1: force without to",
        "inject: a | CONFIG_TYPE page.peb:2:9: inject must be a mapping with into and a marker",
        "inject: [] | CONFIG_REQUIRED page.peb:2:9: inject is empty",
        "inject: { after: x } | CONFIG_REQUIRED page.peb:2:9: inject has no into. Add the file:"
            + " into: PATH.",
        "inject: { into: x } | CONFIG_REQUIRED page.peb:2:9: inject has no before, after or between",
        "inject: { into: x, after: a, before: b } | inject has before and after, but only one is allowed",
        "inject: { into: x, afetr: a } | CONFIG_UNKNOWN_KEY page.peb:2:20: there is no key afetr in"
            + " inject. Did you mean after?",
        "inject: { into: x, between: [a] } | CONFIG_TYPE page.peb:2:29: between must be a list of"
            + " two markers, but is a list",
        "inject: { into: x, after: [a] } | CONFIG_TYPE page.peb:2:27: after must be a string",
        "data: [] | CONFIG_TYPE page.peb:2:7: data must be a mapping, but is a list",
        "data: { git: 1 } | CONFIG_RANGE page.peb:2:9: data must not contain git",
        "- to | CONFIG_TYPE page.peb:2:1: front matter must be keys and values, but is a list",
        "to: [ | CONFIG_PARSE page.peb:",
        "to: !!java.net.URL [x] | CONFIG_TAG_FORBIDDEN page.peb:2",
        "to: a.{{ x } | CONFIG",
      })
  void whatIsWrongIsSaidWithItsPlace(String yaml, String problem) {
    var problems = read(yaml + "\n").problems();

    if (yaml.equals("to: a.{{ x }")) {
      // A plain scalar may have braces: what is wrong with the template is found later.
      assertThat(problems).isEmpty();
    } else {
      assertThat(problems).extracting(Problem::toString).anyMatch(p -> p.contains(problem));
    }
  }

  @Test
  void everythingIsSaidAtOnce() {
    assertThat(read("tos: a\nforse: skip\nwhen: 1\ndata: 2\n").problems())
        .extracting(Problem::place)
        .containsExactly("page.peb:2:1", "page.peb:3:1", "page.peb:4:7", "page.peb:5:7");
  }

  @Test
  void theSameKeyTwiceIsAnError() {
    assertThat(read("to: a\nto: b\n").problems())
        .extracting(Problem::code)
        .containsExactly(Codes.CONFIG_DUPLICATE_KEY);
  }

  @Test
  void filesAreLimited() {
    var paths = "x,".repeat(FrontMatterReader.MAX_FILES);

    assertThat(read("to: [" + paths + "y]\n").problems())
        .extracting(Problem::toString)
        .anyMatch(p -> p.startsWith("CONFIG_RANGE page.peb:2:") && p.contains("256 files"));
  }
}
