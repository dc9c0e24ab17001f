package dev.gitvan.template.pebble.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What other engines write is an error that says what to write here. */
class ForeignSyntaxTest {
  private final Pebble pebble = new Pebble().put("x", "");

  private List<Problem> check(String text) {
    return pebble.put("t", text).session.check(List.of("t"), List.of("t", "x"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          {{ "a" if n else "b" }}                    => Write condition ? a : b.
          {{ "a" if n }}                             => Write condition ? a : "".
          {% set x = "a" if n else "b" %}            => Write condition ? a : b.
          {% if "a" not in list %}x{% endif %}       => Write not (list contains item).
          {% if n in [1, 3] %}x{% endif %}           => Write list contains item.
          {% for k, v in map.items() %}{% endfor %}  => e.key
          {% for x in list if x %}{% endfor %}       => Write {% if condition %} inside the loop.
          {% for x in list recursive %}{% endfor %}  => Write a macro that calls itself.
          {% set ns.x = 1 %}                         => Write {% set name = value %}
          {% set a, b = 1, 2 %}                      => Write {% set name = value %} for each.
          {% if n %}a{% else if n %}b{% endif %}     => Write {% elseif condition %}.
          {% import "x" as m with context %}         => Remove it: an included template reads all
          {{ list[1:] }}                             => Write list | slice(from, to).
          {{ list[:-1] }}                            => Write list | slice(from, to).
          {{ n or 1 || 2 }}                          => Write or.
          {{ x ?? 1 }}                               => Write name | default(value).
          {{ list | join: ", " }}                    => Write them in parentheses
          {{ (1, 2) }}                               => Write a list: [a, b].
          {{ "a" "b" }}                              => Write "a" ~ "b".
          {{ .Name }}                                => Write {{ name }}.
          {{#unless n}}x{{/unless}}                  => Write {% if not condition %}
          {{#list}}x{{/list}}                        => Write {% for item in list %}
          {{/if}}                                    => Write {% endif %} or {% endfor %}.
          {{!-- comment --}}                         => Write {# comment #}.
          {% if !n %}x{% endif %}                    => Write not.
          {% unless n %}x{% endunless %}             => Write {% if not condition %}.
          {% with x = 1 %}{{ x }}{% endwith %}       => Write {% set name = value %}.
          {% call m() %}x{% endcall %}               => Pass the text to the macro as an argument
          {% set_global x = 1 %}                     => in a loop it changes the variable outside.
          {{ list | upper_first }}                   => Did you mean capitalize?
          {{ map | get(key="z") }}                   => Write map.key
          {{ n is eq(3) }}                           => Write a == b.
          {{ name is starting_with("A") }}           => Write text.startsWith("start").
          {{ super() }}                              => Write {{ parent() }}.
          {{ now() }}                                => Write now, without parentheses.
          """)
  void theCheckSaysWhatToWrite(String text, String remedy) {
    assertThat(check("first\n" + text))
        .first()
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo(Codes.TEMPLATE_SYNTAX);
              assertThat(problem.place()).isEqualTo("t:2");
              assertThat(problem.remedy()).contains(remedy);
            });
    assertThat(pebble.failure("first\n" + text, data()).problem().remedy()).contains(remedy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          {{ list[-1] }}          => Write list | last.
          {{ range(3) }}          => Write range(0, 2): both are included.
          {{ "%s" % name }}       => Write "%s" | format(value) to format text.
          {{ name.upper() }}      => Write | upper.
          {{ self.a() }}          => Write {{ block("name") }}.
          {{ None }}              => Write none.
          {{ if n }}x{{ end }}    => Write {% if condition %}...{% endif %}.
          """)
  void aRenderingSaysWhatToWrite(String text, String remedy) {
    assertThat(pebble.failure(text, data()).problem().remedy()).isEqualTo(remedy);
  }

  private static Map<String, Object> data() {
    return Map.of("n", 3L, "list", List.of("b", "a"), "map", Map.of("z", 1), "name", "Ada");
  }

  /** The hint is for the tag that does not parse, and for no other. */
  @Test
  void otherErrorsKeepTheirWords() {
    assertThat(pebble.failure("{{ name.first + }}"))
        .hasMessage("TEMPLATE_SYNTAX t:1: the expression is incomplete. Correct the template.");
    assertThat(pebble.failure("{% for x in list | slice( %}{% endfor %}").problem().remedy())
        .isEqualTo("Correct the template.");
    assertThat(pebble.failure("{{ {\"a\": 1, 2} }}")).hasMessageContaining("not a pair");
  }

  @Test
  void defaultAndIsDefinedWorkForWhatIsNotThere() {
    assertThat(pebble.render("{{ list[-1] | default(\"x\") }}{{ list[-1] is defined }}", data()))
        .isEqualTo("xfalse");
  }

  @ParameterizedTest
  @CsvSource({"{% import \"t\" %}", "{% import \"./t\" as m %}", "{% from \"t\" import f %}"})
  void aTemplateThatImportsItselfIsAnError(String text) {
    GitVanException failure = pebble.failure("{% macro f() %}x{% endmacro %}\n" + text);
    assertThat(failure.code()).isEqualTo(Codes.TEMPLATE_DEPTH);
    assertThat(failure).hasMessageContaining("t:2: the template imports itself: t > t.");
  }
}
