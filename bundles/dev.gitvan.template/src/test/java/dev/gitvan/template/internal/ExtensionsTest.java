package dev.gitvan.template.internal;

import static dev.gitvan.template.internal.TemplatesFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.extension.Extension;
import dev.gitvan.template.spi.Arguments;
import dev.gitvan.template.spi.TemplateFilter;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Filters and functions that bundles contribute: called, isolated, and part of what is kept. */
class ExtensionsTest {
  @TempDir Path directory;
  private TemplatesFixture fixture;

  @BeforeEach
  void open() {
    fixture = new TemplatesFixture(directory);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private Extension<TemplateFilter, ExtensionProperties> filter(
      String version, String name, TemplateFilter filter, String... parameters) {
    return filter(version, name, true, filter, parameters);
  }

  private Extension<TemplateFilter, ExtensionProperties> filter(
      String version,
      String name,
      boolean reproducible,
      TemplateFilter filter,
      String... parameters) {
    return fixture.filters.add(
        "org.example.loud " + version,
        name,
        new ExtensionProperties(name, List.of(parameters), reproducible),
        () -> filter);
  }

  private static Object shout(Object input, Arguments arguments) {
    return input + "!".repeat((int) arguments.whole("times", 1));
  }

  /** The output and, after a colon, the tier that had it. */
  private String render(String name, Map<String, ?> data) {
    var out = new StringWriter();
    try {
      var rendered = fixture.open().render(name, data, out);
      return out + ":" + rendered.tier();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String text(String text) {
    return fixture.open().renderText("t", text, Map.of("name", "moon"));
  }

  private String problem(String text) {
    return failure(() -> text(text)).problem().toString();
  }

  @Test
  void filterIsCalledWithPositionalAndNamedArguments() {
    filter("1.0.0", "shout", ExtensionsTest::shout, "times");

    assertThat(text("{{ name | shout }} {{ name | shout(2) }} {{ name | shout(times=3) }}"))
        .isEqualTo("moon! moon!! moon!!!");
    assertThat(text("{% filter shout %}a{{ name }}{% endfilter %}")).isEqualTo("amoon!");
    assertThat(text("{{ [null] | first | shout }}")).isEmpty();
  }

  @Test
  void functionIsCalledUnlessThereIsMacroOfThatName() {
    fixture.functions.add(
        "range2",
        new ExtensionProperties("range2", List.of("from", "to"), true),
        arguments -> List.of(arguments.get("from"), arguments.get("to")));

    assertThat(text("{% for n in range2(1, to=2) %}<{{ n }}>{% endfor %}")).isEqualTo("<1><2>");
    assertThat(text("{{ range2(1, 2) | join('-') }}")).isEqualTo("1-2");
    assertThat(text("{% macro range2(n) %}macro {{ n }}{% endmacro %}{{ range2(7) }}"))
        .isEqualTo("macro 7");
  }

  @Test
  void argumentsThatItDoesNotTakeAreSyntaxErrors() {
    filter("1.0.0", "shout", ExtensionsTest::shout, "times");

    assertThat(problem("\n{{ name | shout(1, 2) }}"))
        .isEqualTo(
            "TEMPLATE_SYNTAX t:2: filter shout takes 1 argument at most, and is given 2."
                + " The arguments are times.");
    assertThat(problem("{{ name | shout(tines=1) }}"))
        .isEqualTo("TEMPLATE_SYNTAX t:1: filter shout has no argument tines. Did you mean times?");
    assertThat(problem("{{ name | shuot }}"))
        .isEqualTo("TEMPLATE_SYNTAX t:1: there is no filter shuot. Did you mean shout?");
  }

  @Test
  void failureNamesFilterBundleAndLocation() {
    filter(
        "1.0.0",
        "shout",
        (input, arguments) -> {
          throw new IllegalStateException("no voice");
        });
    filter(
        "1.0.0",
        "mumble",
        (input, arguments) -> {
          throw new NoClassDefFoundError("org/example/Gone");
        });
    filter("1.0.0", "locate", (input, arguments) -> URI.create("https://example.org"));
    filter("1.0.0", "repeat", ExtensionsTest::shout, "times");

    assertThat(problem("\n\n{{ name | shout }}"))
        .startsWith(
            "TEMPLATE_FAILED t:3: filter shout of org.example.loud 1.0.0 failed: no voice.");
    assertThat(problem("{{ name | mumble }}")).contains("mumble of org.example.loud 1.0.0 failed");
    assertThat(problem("{{ name | locate }}"))
        .contains("it returned java.net.URI, which is not a string, number, boolean");
    assertThat(problem("{{ name | repeat('x') }}"))
        .isEqualTo(
            "TEMPLATE_FAILED t:1: filter repeat of org.example.loud 1.0.0 failed: times must be a"
                + " whole number. Check the values that it is given.");
  }

  @Test
  void valuesAreCopies() {
    filter(
        "1.0.0",
        "kinds",
        (input, arguments) ->
            input instanceof Map<?, ?> map && map.get("list") instanceof List<?> list
                ? list.get(0).getClass().getSimpleName() + list.size()
                : "?");

    assertThat(
            fixture
                .open()
                .renderText(
                    "t",
                    "{{ m | kinds }}",
                    Map.of("m", Map.of("list", new Object[] {new StringBuilder("a"), 2}))))
        .isEqualTo("String2");
  }

  @Test
  void outputsAreKeptUntilTheFiltersBundleIsReplaced() {
    fixture.template("page.peb", "{{ name | shout }}");
    fixture.template("plain.peb", "{{ name }}");
    var first = filter("1.0.0", "shout", ExtensionsTest::shout, "times");
    assertThat(render("page.peb", Map.of("name", "a"))).isEqualTo("a!:");
    assertThat(render("page.peb", Map.of("name", "a"))).isEqualTo("a!:heap");
    assertThat(render("plain.peb", Map.of("name", "a"))).isEqualTo("a:");

    fixture.filters.remove(first);
    var second = filter("2.0.0", "shout", (input, arguments) -> input + "?");
    assertThat(render("page.peb", Map.of("name", "a"))).isEqualTo("a?:");
    assertThat(render("page.peb", Map.of("name", "a"))).isEqualTo("a?:heap");
    assertThat(render("plain.peb", Map.of("name", "a"))).isEqualTo("a:heap");

    fixture.filters.remove(second);
    assertThat(failure(() -> render("page.peb", Map.of("name", "a"))).problem().what())
        .isEqualTo("there is no filter shout");

    filter("1.0.0", "shout", ExtensionsTest::shout, "times");
    assertThat(render("page.peb", Map.of("name", "a"))).isEqualTo("a!:heap");
  }

  @Test
  void unrelatedFilterChangesNothing() {
    fixture.template("page.peb", "{{ name | shout }}");
    filter("1.0.0", "shout", ExtensionsTest::shout);
    render("page.peb", Map.of("name", "a"));

    filter("1.0.0", "whisper", (input, arguments) -> input);

    assertThat(render("page.peb", Map.of("name", "a"))).isEqualTo("a!:heap");
  }

  @Test
  void outputsOfWhatIsNotReproducibleAreNotKept() {
    fixture.template("page.peb", "{{ name | shout }}");
    filter("1.0.0", "shout", false, ExtensionsTest::shout);

    assertThat(render("page.peb", Map.of("name", "a"))).isEqualTo("a!:");
    assertThat(render("page.peb", Map.of("name", "a"))).isEqualTo("a!:");
  }

  @Test
  void oneRenderingUsesOneVersion() {
    var first = new AtomicReference<Extension<TemplateFilter, ExtensionProperties>>();
    first.set(
        filter(
            "1.0.0",
            "shout",
            (input, arguments) -> {
              fixture.filters.remove(first.get());
              filter("2.0.0", "shout", (i, a) -> i + "?");
              return input + "!";
            }));

    assertThat(text("{{ 'a' | shout }} {{ 'b' | shout }}")).isEqualTo("a! b!");
    assertThat(text("{{ 'a' | shout }}")).isEqualTo("a?");
  }

  @Test
  void nameThatAnEngineHasIsTheEngines() {
    filter("1.0.0", "upper", ExtensionsTest::shout);
    filter("1.0.0", "shout", ExtensionsTest::shout);
    filter("2.0.0", "shout", (input, arguments) -> input);
    fixture.functions.add(
        "range", new ExtensionProperties("range", List.of(), true), arguments -> 1);

    assertThat(text("{{ name | upper }}{{ range(1, 2) }}")).isEqualTo("MOON[1, 2]");
    assertThat(fixture.templates.rejections())
        .contains(
            new Rejection(
                "filter",
                "upper",
                "org.example.loud 1.0.0",
                "BUILT_IN",
                "the engine pebble uses that name itself; choose another one"),
            new Rejection(
                "filter",
                "shout",
                "org.example.loud 2.0.0",
                "SHADOWED",
                "org.example.loud 1.0.0 provides a filter of that name"))
        .anySatisfy(
            rejection -> {
              assertThat(rejection.registry()).isEqualTo("function");
              assertThat(rejection.code()).isEqualTo("BUILT_IN");
            });
  }

  @Test
  void checkKnowsThem() {
    fixture.template("page.peb", "{{ name | shout }}{{ whisper() }}{{ wisper() }}");
    filter("1.0.0", "shout", ExtensionsTest::shout);
    fixture.functions.add(
        "whisper", new ExtensionProperties("whisper", List.of(), true), arguments -> "");

    assertThat(fixture.open().check(null))
        .extracting(Object::toString)
        .containsExactly(
            "TEMPLATE_SYNTAX page.peb:1: there is no function or macro wisper. Did you mean"
                + " whisper?");
  }
}
