package dev.gitvan.template.mustache.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.template.spi.EngineOptions;
import dev.gitvan.template.spi.TemplateEngine;
import dev.gitvan.testkit.MemoryTemplates;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MustacheTest {
  private static final EngineOptions STRICT =
      EngineOptions.builder().maxRange(100).maxOutput(1 << 20).build();

  private final MemoryTemplates templates = new MemoryTemplates();
  private final TemplateEngine.Session session =
      new MustacheTemplateEngine().open(STRICT, templates);

  private String render(String text, Map<String, ?> data) {
    templates.put("t", text);
    var out = new StringWriter();
    try {
      session.compile("t").render(data, out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toString();
  }

  private GitVanException failure(String text, Map<String, ?> data) {
    return catchThrowableOfType(GitVanException.class, () -> render(text, data));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1{{ a        | TEMPLATE_SYNTAX t:1: unclosed {{. Close it with }}.",
        "1;{{{ a }}   | TEMPLATE_SYNTAX t:2: unclosed {{{. Close it with }}}.",
        "{{ a;;{{ b }} | TEMPLATE_SYNTAX t:1: unclosed {{. Close it with }}.",
        ";{{# a }};x  | TEMPLATE_SYNTAX t:2: unclosed {{#a}}. Close it with {{/a}}.",
        "{{# a }};{{^ b }};{{/ a }} | TEMPLATE_SYNTAX t:2: unclosed {{^b}}. Close it with {{/b}}"
            + " before the {{/a}} in line 3.",
        ";;{{/ a }}   | TEMPLATE_SYNTAX t:3: {{/a}} without an open section.",
        "{{}}         | TEMPLATE_SYNTAX t:1: a tag without a name. Write for example {{name}} or",
        "{{ a..b }}   | TEMPLATE_SYNTAX t:1: a..b is not a valid name.",
        "{{#}}{{/}}   | TEMPLATE_SYNTAX t:1: a tag without a name.",
        "{{>}}        | TEMPLATE_SYNTAX t:1: a partial without a name. Write {{> name}}.",
        "{{>* a }}    | TEMPLATE_SYNTAX t:1: {{>* }} is an extension of Mustache that is not",
        "{{< a }}     | TEMPLATE_SYNTAX t:1: {{< }} is an extension of Mustache that is not",
        "{{=<%=}}     | TEMPLATE_SYNTAX t:1: '<%' is not a pair of delimiters.",
        "{{=<% %>     | TEMPLATE_SYNTAX t:1: unclosed {{=. Close it with =}}.",
      })
  void whatIsWrongIsSaidWithItsLine(String text, String message) {
    assertThat(failure(text.replace(';', '\n'), Map.of())).hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ";{{ nme }}      | TEMPLATE_UNDEFINED t:2: nme is not defined. Did you mean name?",
        "{{ a.bb }}      | TEMPLATE_UNDEFINED t:1: a has no bb. Define it, or write {{#a.bb}}{{.}}"
            + "{{/a.bb}} if it may be missing.",
        "{{ a.b.x }}     | TEMPLATE_UNDEFINED t:1: a.b has no x.",
        "{{ name.getClass }} | TEMPLATE_UNDEFINED t:1: name has no getClass",
        "{{ name.class }} | TEMPLATE_UNDEFINED t:1: name has no class",
        "{{ none.x }}    | TEMPLATE_UNDEFINED t:1: none has no x",
        "{{ when.epochSecond }} | TEMPLATE_UNDEFINED t:1: when has no epochSecond",
      })
  void whatIsNotDefinedIsAnError(String text, String message) {
    var data = new LinkedHashMap<String, Object>();
    data.put("name", "n");
    data.put("a", Map.of("b", Map.of("c", 1)));
    data.put("none", null);
    data.put("when", Instant.EPOCH);

    assertThat(failure(text.replace(';', '\n'), data)).hasMessageStartingWith(message);
  }

  @Test
  void aCheckTellsEveryMistake() {
    templates.put("good", "{{ a }}{{> inner }}").put("inner", "{{#x}}{{/x}}");
    templates.put(
        "bad", "{{ a..b }}\n{{> gone }}{{> inner}}\n{{/ x }}\n{{# y }}{{^ z }}\n{{/ y }}{{<p}}");

    assertThat(session.check(List.of("good", "bad", "none"), List.of()))
        .extracting(problem -> problem.code() + " " + problem.place())
        .containsExactly(
            "TEMPLATE_SYNTAX bad:1",
            "TEMPLATE_SYNTAX bad:3",
            "TEMPLATE_SYNTAX bad:4",
            "TEMPLATE_SYNTAX bad:5",
            "TEMPLATE_NOT_FOUND bad:2",
            "TEMPLATE_NOT_FOUND none");
  }

  @Test
  void sectionsAskWhetherSomethingIsThere() {
    var text = "{{#x}}yes{{/x}}{{^x}}no{{/x}}";

    assertThat(render(text, Map.of())).isEqualTo("no");
    assertThat(render("{{#x.y}}yes{{/x.y}}{{^x.y}}no{{/x.y}}", Map.of("x", 1))).isEqualTo("no");
    for (var nothing : List.of(false, 0, 0.0, "", List.of(), new int[0])) {
      assertThat(render(text, Map.of("x", nothing))).as("%s", nothing).isEqualTo("no");
    }
    for (var something : List.of(true, 1, "a", Map.of(), List.of(1), new int[] {1})) {
      assertThat(render(text, Map.of("x", something))).as("%s", something).isEqualTo("yes");
    }
  }

  @Test
  void innerContextsHideOuterOnes() {
    var data = Map.of("a", "outer", "in", Map.of("b", "inner"), "list", List.of(Map.of("a", "x")));

    assertThat(render("{{#in}}{{a}} {{b}}{{/in}} {{#list}}{{a}}{{/list}}", data))
        .isEqualTo("outer inner x");
  }

  @Test
  void valuesArePrintedAsOtherEnginesDo() {
    var data = new LinkedHashMap<String, Object>();
    data.put("list", Arrays.asList(1L, null, "b"));
    data.put("map", Map.of("k", List.of("v")));
    data.put("exact", new BigDecimal("1E+3"));
    data.put("now", Instant.EPOCH);
    data.put("none", null);
    data.put("array", new int[] {1});

    assertThat(render("{{list}} {{map}} {{exact}} {{now}} [{{none}}] {{list.length}}", data))
        .isEqualTo("[1, null, b] {k=[v]} 1000 1970-01-01T00:00:00Z [] 3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{{#if a}}x{{/if}} | if a is not a valid name. Write {{#a}}...{{/a}}.",
        "{{#each list}}x{{/each}} | Write {{#list}}{{.}}{{/list}}.",
        "{{#unless a}}x{{/unless}} | Write {{^a}}...{{/a}}.",
        "{{#a}}x{{else}}y{{/a}} | else is not defined. Write {{/name}}{{^name}}: an inverted",
        "{{#list}}{{this}}{{/list}} | this is not defined. Write {{.}}.",
        "{{#list}}{{@index}}{{/list}} | @index is not a valid name. Mustache has no helpers",
        "{{#list}}{{../a}}{{/list}} | Write {{a}}: outer contexts are searched too.",
        "{{upper a}} | upper a is not a valid name. Mustache has no helpers",
      })
  void whatHandlebarsAddsIsAnErrorWithARemedy(String text, String message) {
    Map<String, Object> data = Map.of("a", true, "list", List.of("x"));
    assertThat(failure(text, data)).hasMessageContaining(message);
  }

  /** As in Pebble. */
  @Test
  void theLengthOfAStringIsInCharacters() {
    assertThat(render("{{rocket.length}}", Map.of("rocket", "a\ud83d\ude80"))).isEqualTo("2");
  }

  @Test
  void tagsMayHaveSpaceInThem() {
    assertThat(render("{{ # a }}{{ . }}{{ / a }}{{ ! no }}{{ & b }}", Map.of("a", "1", "b", "2")))
        .isEqualTo("12");
  }

  @Test
  void partialsWithoutExtensionHaveThatOfTheFile() throws IOException {
    templates.put("page.mustache", "{{> head}} {{> plain.txt}}");
    templates.put("head.mustache", "head");
    templates.put("plain.txt", "plain");
    var out = new StringWriter();

    session.compile("page.mustache").render(Map.of(), out);

    assertThat(out).hasToString("head plain");
  }

  @Test
  void conditionsAreNames() {
    assertThat(test("a.b")).isTrue();
    assertThat(test(" !a.b ")).isFalse();
    assertThat(test("zero")).isFalse();
    var undefined = catchThrowableOfType(GitVanException.class, () -> test("a.c"));
    assertThat(undefined).hasMessageStartingWith("TEMPLATE_UNDEFINED when:1: a has no c.");
    for (var text : List.of("a > 1", "", "a.", "a == b", "(a)", "{{a}}", "!!a")) {
      assertThat(catchThrowableOfType(GitVanException.class, () -> test(text)))
          .as(text)
          .hasMessageStartingWith("TEMPLATE_SYNTAX when:1: ");
    }
  }

  private boolean test(String condition) {
    return session.compileCondition("when", condition).test(Map.of("a", Map.of("b", 1), "zero", 0));
  }

  @Test
  void sectionsInSectionsHaveALimit() {
    var deep = "{{#a}}".repeat(Parser.MAX_DEPTH) + "x" + "{{/a}}".repeat(Parser.MAX_DEPTH);

    assertThat(render(deep, Map.of("a", true))).isEqualTo("x");
    assertThat(failure("{{#a}}" + deep + "{{/a}}", Map.of("a", true)))
        .hasMessageStartingWith(
            "TEMPLATE_DEPTH t:1: sections are nested over 200 deep, the limit.");
  }

  /** Deep sections in deep partials: the stack overflows, which is reported. */
  @Test
  void theStackIsNoLimitThatBreaks() {
    int half = Parser.MAX_DEPTH;
    var failure =
        failure("{{#a}}".repeat(half) + "{{> t}}" + "{{/a}}".repeat(half), Map.of("a", true));

    assertThat(failure.code()).isEqualTo(Codes.TEMPLATE_DEPTH);
  }

  @Test
  void aValueThatHoldsItselfHasALimit() {
    var value = new LinkedHashMap<String, Object>();
    value.put("self", value);

    assertThat(failure("\n{{ self }}", value))
        .hasMessageStartingWith("TEMPLATE_FAILED t:2: a value is nested over 100 deep");
  }

  @Test
  void listsAreReadAsFarAsTheyAreShownAndClosed() {
    var items = new Endless();

    assertThat(render("{{^items}}none{{/items}}", Map.of("items", items))).isEmpty();
    assertThat(items.closed).isEqualTo(1);

    var full = new IOException("full");
    var out =
        new Writer() {
          @Override
          public void write(char[] text, int from, int length) throws IOException {
            throw full;
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    templates.put("t", "{{#items}}0123456789{{/items}}");
    assertThat(
            catchThrowableOfType(
                IOException.class, () -> session.compile("t").render(Map.of("items", items), out)))
        .isSameAs(full);
    assertThat(items.closed).isEqualTo(2);
  }

  private static final class Endless implements Iterable<String> {
    private int closed;

    @Override
    public Iterator<String> iterator() {
      return new EndlessIterator();
    }

    private final class EndlessIterator implements Iterator<String>, AutoCloseable {
      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public String next() {
        return "x";
      }

      @Override
      public void close() {
        closed++;
      }
    }
  }

  @Test
  void sectionIsTheInputOfContributedFilter() {
    templates.filter("shout", (input, arguments) -> input.toString().toUpperCase(Locale.ROOT));

    assertThat(
            render(
                "{{#filters.shout}}a {{#list}}<{{.}}>{{/list}}{{/filters.shout}} b",
                Map.of("list", List.of("x", "y"))))
        .isEqualTo("A <X><Y> b");
    assertThat(failure("\n{{#filters.shuot}}a{{/filters.shuot}}", Map.of()))
        .hasMessage("TEMPLATE_SYNTAX t:2: there is no filter shuot. Did you mean shout?");
  }

  @Test
  void contributedFunctionIsValue() {
    templates.function("list", arguments -> List.of("x", "y"));

    assertThat(render("{{#functions.list}}{{.}};{{/functions.list}}", Map.of())).isEqualTo("x;y;");
    assertThat(render("{{^functions.list}}none{{/functions.list}}", Map.of())).isEmpty();
    assertThat(session.compileCondition("when", "functions.list").test(Map.of())).isTrue();
    assertThat(failure("{{functions.lits}}", Map.of()))
        .hasMessage("TEMPLATE_SYNTAX t:1: there is no function lits. Did you mean list?");
  }

  @Test
  void dataComesBeforeWhatIsContributed() {
    templates.filter("a", (input, arguments) -> "filtered").function("b", arguments -> "called");
    var data = Map.of("filters", Map.of("a", "data"), "functions", Map.of("b", "data"));

    assertThat(render("{{#filters.a}}{{.}}{{/filters.a}} {{functions.b}}", data))
        .isEqualTo("data data");
  }

  @Test
  void textForFilterIsLimited() {
    templates.filter("a", (input, arguments) -> "");

    assertThat(
            failure(
                    "{{#filters.a}}{{text}}{{text}}{{/filters.a}}",
                    Map.of("text", "x".repeat(600_000)))
                .code())
        .isEqualTo(Codes.TEMPLATE_OUTPUT_LIMIT);
  }
}
