package dev.gitvan.template.mustache.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.config.internal.document.DocumentsService;
import dev.gitvan.document.Documents.Syntax;
import dev.gitvan.template.spi.EngineOptions;
import dev.gitvan.testkit.MemoryTemplates;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tests of the <a href="https://github.com/mustache/spec">Mustache specification</a>, those
 * that are not optional, as of commit 9cb20c3.
 */
class SpecificationTest {
  private static final List<String> FILES =
      List.of("comments", "delimiters", "interpolation", "inverted", "partials", "sections");

  /** Names that are not there print nothing, and values are escaped. */
  private static final EngineOptions OPTIONS =
      EngineOptions.builder().strict(false).autoescape(true).build();

  @SuppressWarnings("unchecked")
  static Stream<Arguments> tests() {
    return FILES.stream()
        .flatMap(
            file ->
                ((List<Map<String, Object>>) read(file).get("tests"))
                    .stream().map(test -> Arguments.of(file + ": " + test.get("name"), test)));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> read(String file) {
    try (var in = SpecificationTest.class.getResourceAsStream("spec/" + file + ".json")) {
      return (Map<String, Object>)
          new DocumentsService().parse(in.readAllBytes(), file, Syntax.JSON).value();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tests")
  @SuppressWarnings("unchecked")
  void holds(String name, Map<String, Object> test) throws IOException {
    var templates = new MemoryTemplates();
    // A partial that is not there is nothing in the specification, and an error here.
    templates.put("text", "");
    ((Map<String, String>) test.getOrDefault("partials", Map.of())).forEach(templates::put);
    templates.put("main", (String) test.get("template"));
    // The data of a few tests is no map: "." then means it itself.
    var data = test.get("data");
    if (!(data instanceof Map)) {
      templates.put("main", "{{#data}}" + test.get("template") + "{{/data}}");
      data = Map.of("data", List.of(data));
    }
    var out = new StringWriter();

    try (var session = new MustacheTemplateEngine().open(OPTIONS, templates)) {
      session.compile("main").render((Map<String, ?>) data, out);
    }

    assertThat(out).hasToString((String) test.get("expected"));
  }

  @Test
  void noneIsLeftOut() {
    assertThat(tests()).hasSize(136);
  }
}
