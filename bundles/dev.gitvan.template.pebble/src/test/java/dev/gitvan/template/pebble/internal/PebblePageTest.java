package dev.gitvan.template.pebble.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.config.internal.document.DocumentsService;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.Documents.Syntax;
import io.pebbletemplates.pebble.extension.NamedArguments;
import io.pebbletemplates.pebble.extension.core.CoreExtension;
import io.pebbletemplates.pebble.extension.escaper.EscaperExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every statement of docs/pebble.md holds. */
class PebblePageTest {
  private static final String PAGE = page();
  private static final Pattern CODE = Pattern.compile("`([^`]*)`");

  /** Remedies that lead nobody to the right column. */
  static final List<String> GENERAL_REMEDIES =
      List.of(
          "Correct the template.",
          "Check its arguments.",
          "The documentation lists the available ones.",
          "Define it, or give it a value with | default(\"...\").",
          "Correct the name, or install the bundle that contributes it.");

  private final Pebble pebble = new Pebble().put("x", "");

  private static String page() {
    try {
      return Files.readString(Path.of("../../docs/pebble.md"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A table's row: what is in code in each of its columns. */
  private record Row(List<String> columns) {
    String code(int column) {
      var code = CODE.matcher(columns.get(column));
      return code.find() ? code.group(1).replace('\u23ce', '\n') : "";
    }
  }

  private static List<Row> rows(String section) {
    var text = PAGE.substring(PAGE.indexOf("## " + section));
    var rows = new ArrayList<Row>();
    for (var line : text.substring(3).split("\n## ")[0].split("\n")) {
      if (line.startsWith("| `")) {
        // A bar in code is escaped in a table.
        var columns = line.replace("\\|", "\u0000").split("\\|");
        rows.add(new Row(Stream.of(columns).map(c -> c.replace('\u0000', '|')).toList()));
      }
    }
    return rows;
  }

  static List<Row> differences() {
    return rows("Differences");
  }

  static Stream<Row> examples() {
    return Stream.concat(rows("Filters").stream(), rows("Tests and functions").stream());
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> data() {
    var json = PAGE.substring(PAGE.indexOf("```json") + 7);
    var bytes = json.substring(0, json.indexOf("```")).getBytes(StandardCharsets.UTF_8);
    return (Map<String, Object>) new DocumentsService().parse(bytes, "page", Syntax.JSON).value();
  }

  @ParameterizedTest
  @MethodSource("differences")
  void whatIsWrittenOtherwise(Row row) {
    assertThat(pebble.render(row.code(2), data())).as("here").isEqualTo(row.code(3));
    String elsewhere;
    try {
      elsewhere = pebble.render(row.code(1), data());
    } catch (GitVanException e) {
      elsewhere = e.code().name();
      assertThat(e.problem().remedy()).as("what to write").isNotIn(GENERAL_REMEDIES);
    }
    assertThat(elsewhere).as("the other way").isNotEqualTo(row.code(3));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExample(Row row) {
    assertThat(pebble.render(row.code(2), data())).isEqualTo(row.code(3));
  }

  @Test
  void noFilterAndNoTestIsLeftOut() {
    var documented = new TreeSet<String>();
    examples()
        .forEach(
            row ->
                CODE.matcher(row.columns().get(1))
                    .results()
                    .forEach(code -> documented.add(code.group(1).replaceAll("\\(.*", ""))));
    var dialect = new Dialect(new DocumentsService());

    assertThat(documented).containsAll(dialect.filterNames()).containsAll(dialect.testNames());
    documented.removeAll(dialect.filterNames());
    documented.removeAll(dialect.testNames());
    assertThat(documented).containsExactly("block", "parent", "range");
  }

  /** Arguments can be named as the page names them. */
  @Test
  void argumentsHaveTheNamesOfThePage() {
    var dialect = new Dialect(new DocumentsService());
    var takers = new HashMap<String, NamedArguments>(new CoreExtension().getFilters());
    takers.putAll(new EscaperExtension().getFilters());
    takers.putAll(dialect.getFilters());
    takers.putAll(dialect.getTests());
    takers.putAll(dialect.getFunctions());
    int checked = 0;
    for (var row : examples().toList()) {
      for (var code : CODE.matcher(row.columns().get(1)).results().toList()) {
        var signature = code.group(1).split("[(),] *");
        var names = List.of(signature).subList(1, signature.length);
        var taker = takers.get(signature[0]);
        if (taker != null && !names.isEmpty() && !names.contains("...")) {
          assertThat(taker.getArgumentNames())
              .as(signature[0])
              .startsWith(names.toArray(String[]::new));
          checked++;
        }
      }
    }
    assertThat(checked).isGreaterThan(20);
  }

  @Test
  void theTablesAreThere() {
    assertThat(differences()).hasSizeGreaterThan(20);
    assertThat(examples()).hasSizeGreaterThan(50);
  }

  @Test
  void beyondSyntax() {
    assertThat(pebble.failure("{% if nobody %}{% endif %}").code())
        .isEqualTo(Codes.TEMPLATE_UNDEFINED);
    assertThat(pebble.render("{% if true %}\na{% endif %}\n")).isEqualTo("\na\n");
    assertThat(pebble.render("a \n {%- if true -%} \n b {{- 1 -}} \n c{% endif %}"))
        .isEqualTo("ab1c");
    assertThat(
            pebble.render("{% set x = 1 %}{% for i in [1, 2] %}{% set x = i %}{% endfor %}{{ x }}"))
        .isEqualTo("2");
    assertThat(
            pebble.failure("{% macro m() %}{{ v }}{% endmacro %}{{ m() }}", Map.of("v", 1)).code())
        .isEqualTo(Codes.TEMPLATE_UNDEFINED);
    assertThat(pebble.put("x", "{{ v }}").render("{% set v = 2 %}{% include \"x\" %}"))
        .isEqualTo("2");
    assertThat(pebble.render("{{ 1 and 2 }} {{ 0 or \"\" }} {{ not 0 }}"))
        .isEqualTo("true false true");
    assertThat(pebble.failure("{{ \"\".getClass() }}").code())
        .isEqualTo(Codes.TEMPLATE_METHOD_DENIED);
    assertThat(pebble.failure("{{ [1] | random }}"))
        .hasMessageContaining("no filter random. The same data gives the same output");
  }
}
