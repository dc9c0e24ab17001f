package dev.gitvan.template.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.template.pebble.internal.PebbleTemplateEngine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTest {
  @TempDir Path directory;
  private TemplatesFixture fixture;

  @BeforeEach
  void repository() {
    fixture = new TemplatesFixture(directory);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  /** Codes and places of everything that is wrong. */
  private List<String> check(String name) {
    return fixture.open().check(name).stream().map(p -> p.code() + " " + p.place()).toList();
  }

  @Test
  void everyMistakeOfAFileIsToldAtOnce() {
    fixture.template(
        "t.peb",
        """
        {{ a | uper }}
        {{ b is evn }}{{ c | nosuch | upper }}
        {% include "gone.peb" %}
        {{ d d }}
        {% for x in | %}
          {{ x | abbreviate(1, 2) }}
          {% if x is emty %}{{ nomacro(x) }}{% endif %}
        {% endfor %}
        {% set y = %}
        {% elif z %}
        {% nosuchtag %}
        {{ range(1, 2, step=3) }}
        {% if q %}
        """);

    assertThat(fixture.open().check("t.peb"))
        .extracting(Object::toString)
        .satisfiesExactly(
            p -> assertThat(p).contains("t.peb:1: there is no filter uper. Did you mean upper"),
            p -> assertThat(p).contains("t.peb:2: there is no test evn. Did you mean even"),
            p -> assertThat(p).contains("t.peb:2: there is no filter nosuch."),
            p -> assertThat(p).contains("TEMPLATE_NOT_FOUND t.peb:3: gone.peb: there is no such"),
            p -> assertThat(p).contains("t.peb:4: unexpected d"),
            p -> assertThat(p).contains("TEMPLATE_SYNTAX t.peb:5: "),
            p ->
                assertThat(p)
                    .contains("t.peb:6: filter abbreviate takes 1 argument at most, but got"),
            p -> assertThat(p).contains("t.peb:7: there is no test emty. Did you mean empty?"),
            p -> assertThat(p).contains("t.peb:7: there is no function or macro nomacro."),
            p -> assertThat(p).contains("t.peb:9: "),
            p -> assertThat(p).contains("t.peb:10: there is no tag {% elif %}. Write {% elseif %}"),
            p -> assertThat(p).contains("t.peb:11: there is no tag {% nosuchtag %}."),
            p ->
                assertThat(p)
                    .contains("t.peb:12: function range has no argument step. Its arguments are"),
            p -> assertThat(p).contains("t.peb:13: unclosed {% if %}. Close it with {% endif %}."));
  }

  @Test
  void everyFileIsTold() {
    fixture.template("a.peb", "fine");
    fixture.template("b.peb", "\n{{ x | uper }}");
    fixture.template("c/d.peb", "{{ ");
    fixture.template("e.peb", "---\ntos: x\nwhen: a >\nto: '{{ a | uper }}'\n---\n{{ a | uper }}");

    assertThat(check(null))
        .containsExactly(
            "CONFIG_UNKNOWN_KEY e.peb:2:1",
            "TEMPLATE_SYNTAX e.peb:3:7",
            "TEMPLATE_SYNTAX e.peb:4:5",
            "TEMPLATE_SYNTAX b.peb:2",
            "TEMPLATE_SYNTAX c/d.peb:1",
            "TEMPLATE_SYNTAX e.peb:6");
    assertThat(check("b.peb")).containsExactly("TEMPLATE_SYNTAX b.peb:2");
    assertThat(check("a.peb")).isEmpty();
    assertThat(check("none.peb")).containsExactly("TEMPLATE_NOT_FOUND none.peb");
  }

  @Test
  void whatIsOutsideTheRootsOrNoTextIsTold() throws Exception {
    fixture.template("a.peb", "{% include \"../../../x\" %}{% extends \"/etc/passwd\" %}");
    Files.write(fixture.template("b.peb", ""), new byte[] {'a', 0});
    Files.write(fixture.template("c.peb", ""), "\u00e9".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(check(null))
        .containsExactly(
            "TEMPLATE_OUTSIDE_ROOT a.peb:1",
            "TEMPLATE_OUTSIDE_ROOT a.peb:1",
            "CONFIG_ENCODING b.peb",
            "CONFIG_ENCODING c.peb");
  }

  @Test
  void includesThatAreWrongAreToldOnce() {
    fixture.template("inner.peb", "{{ x | uper }}");
    fixture.template("one.peb", "{% include \"inner.peb\" %}");
    fixture.template("two.peb", "{% include \"inner.peb\" %}");

    assertThat(check(null)).containsExactly("TEMPLATE_SYNTAX inner.peb:1");
    assertThat(check("one.peb")).containsExactly("TEMPLATE_SYNTAX inner.peb:1");
  }

  /** Macros come from the file, its parents, imports, and what includes it: none may be missed. */
  @Test
  void macrosAreKnownWhereverTheyComeFrom() {
    fixture.template(
        "macros.peb", "{% macro m(a) %}{{ own() }}{% endmacro %}{% macro own() %}{% endmacro %}");
    fixture.template(
        "import.peb", "{% import \"macros.peb\" %}{{ m(1) }}{% include \"part.peb\" %}");
    fixture.template("part.peb", "{{ m(2) }}");
    fixture.template("from.peb", "{% from \"macros.peb\" import m as n %}{{ n(1) }}");
    fixture.template("alias.peb", "{% import \"macros.peb\" as x %}{{ x.m(1) }}");
    fixture.template(
        "base.peb", "{% macro b() %}{% endmacro %}{% block c %}{{ b() }}{% endblock %}");
    fixture.template(
        "child.peb",
        "{% extends \"base.peb\" %}{% block c %}{{ b() }}{{ parent() }}{% endblock %}");
    fixture.template("dynamic.peb", "{% import name %}{{ whatever() }}");
    fixture.template("block.peb", "{% block q %}{% endblock %}{{ block(\"q\") }}{{ max(1, 2) }}");

    assertThat(check(null)).isEmpty();
    assertThat(check("part.peb")).isEmpty();
  }

  @Test
  void verbatimAndCommentsAreNotLookedAt() {
    fixture.template(
        "t.peb", "{% verbatim %}{{ x | nosuch }}{% endverbatim %}{# {{ x | nosuch }} #}");

    assertThat(check(null)).isEmpty();
  }

  @Test
  void otherEnginesCheckTheirOwn() {
    fixture.add("other", "oth", new PebbleTemplateEngine(fixture.documents));
    fixture.template("a.oth", "{{ x | uper }}");
    fixture.template("b.peb", "{{ x | uper }}");

    assertThat(check(null)).containsExactly("TEMPLATE_SYNTAX a.oth:1", "TEMPLATE_SYNTAX b.peb:1");
  }

  @Test
  void thousandsOfFilesAndMistakesEnd() {
    var wrong = "{{ x | uper }}\n".repeat(2000);
    for (int i = 0; i < 50; i++) {
      fixture.template("t" + i + ".peb", wrong);
    }

    assertThat(check(null)).hasSize(100_000);
  }
}
