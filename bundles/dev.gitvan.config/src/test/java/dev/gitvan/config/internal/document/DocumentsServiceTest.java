package dev.gitvan.config.internal.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.Documents.Syntax;
import dev.gitvan.document.Node;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsServiceTest {
  private final DocumentsService documents = new DocumentsService();

  @TempDir Path directory;

  private Node yaml(String text) {
    return documents.parse(text.getBytes(StandardCharsets.UTF_8), "f.yaml", Syntax.YAML);
  }

  private Node json(String text) {
    return documents.parse(text.getBytes(StandardCharsets.UTF_8), "f.json", Syntax.JSON);
  }

  private static GitVanException failure(Runnable call) {
    return catchThrowableOfType(GitVanException.class, call::run);
  }

  @Test
  void yamlIsOfVersion12() {
    var value =
        yaml("""
                on: yes
                no: off
                octal: 0o17
                plain: 0777
                hex: 0xff
                float: 1.5e3
                dot: .5
                version: 1.2.3
                nothing: ~
                empty:
                quoted: "10"
                time: 12:30:45
                date: 2024-01-01
                big: 123456789012345678901234567890
                min: -9223372036854775808
                yes: true
                """)
            .value();
    assertThat(documents.toJson(value))
        .isEqualTo(
            "{\"on\":\"yes\",\"no\":\"off\",\"octal\":15,\"plain\":777,\"hex\":255,"
                + "\"float\":1500.0,\"dot\":0.5,\"version\":\"1.2.3\",\"nothing\":null,"
                + "\"empty\":null,\"quoted\":\"10\",\"time\":\"12:30:45\","
                + "\"date\":\"2024-01-01\",\"big\":123456789012345678901234567890,"
                + "\"min\":-9223372036854775808,\"yes\":true}");
  }

  @Test
  void valuesKnowTheirPlaces() {
    var root = (Node.Mapping) yaml("a: 1\nb:\n  - x\n  - {c: d}\n");
    assertThat(root.keyPlaces().get("b")).hasToString("f.yaml:2:1");
    assertThat(root.entries().get("a").place()).hasToString("f.yaml:1:4");
    var list = (Node.Sequence) root.entries().get("b");
    assertThat(list.items().get(1).place()).hasToString("f.yaml:4:5");

    root = (Node.Mapping) json("{\n\t\"a\": [1,\n\t\t{\"b\": null}]\n}\n");
    assertThat(root.keyPlaces().get("a")).hasToString("f.json:2:2");
    list = (Node.Sequence) root.entries().get("a");
    assertThat(list.items().get(0).place()).hasToString("f.json:2:8");
    assertThat(list.items().get(1).place()).hasToString("f.json:3:3");
  }

  @Test
  void emptyDocumentsAreEmptyMappings() {
    for (var text : List.of("", "\n", "# nothing\n", "---\n", "\ufeff")) {
      assertThat(yaml(text).value()).as(text).isEqualTo(Map.of());
    }
    assertThat(json(" \n").value()).isEqualTo(Map.of());
  }

  @Test
  void byteOrderMarkAndCarriageReturnsAreAccepted() {
    assertThat(yaml("\ufeffa: 1\r\nb: ü\r\n").value()).isEqualTo(Map.of("a", 1L, "b", "ü"));
    assertThat(json("\ufeff{\"a\": 1}\r\n").value()).isEqualTo(Map.of("a", 1L));
  }

  /** Templates find them faster, and a list of a million objects has each of its names once. */
  @Test
  @SuppressWarnings("unchecked")
  void equalNamesInJsonAreTheSameText() {
    var list = (List<Map<String, Object>>) json("[{\"name\": 1}, {\"name\": 2}]").value();
    var names = list.stream().map(item -> item.keySet().iterator().next()).toList();
    assertThat(names.get(0)).isSameAs(names.get(1)).isSameAs("name");
  }

  /** Names of one hash, which somebody may have chosen. */
  @Test
  void namesThatCollideAreRead() {
    var text = new StringBuilder("{");
    for (int i = 0; i < 1 << 12; i++) {
      for (int bit = 0; bit < 12; bit++) {
        text.append(bit == 0 ? i == 0 ? "\"" : ", \"" : "")
            .append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      text.append("\": ").append(i);
    }
    assertThat((Map<?, ?>) json(text + "}").value()).hasSize(1 << 12);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\": [1, 2 | f.json:1:12: the document ends before the bracket opened at 1:7 is closed",
        "{\"a\": 1,} | f.json:1:9: a comma before the closing }",
        "[1, ] | f.json:1:5: a comma before the closing ]",
        "{\"a\" 1} | f.json:1:6: a colon is missing",
        "{\"a\": 1 \"b\": 2} | f.json:1:9: a comma is missing before",
        "{a: 1} | f.json:1:2: keys must be in double quotes",
        "{\"a\": yes} | yes is not a value in JSON",
        "{\"a\": NaN} | NaN is not a value in JSON",
        "{\"a\": 01} | f.json:1:8: a number that begins with 0",
        "{} {} | f.json:1:4: unexpected content after the end",
        "{\"a\": 1e999} | f.json:1:7: the number 1e999 is too large",
        "// x | f.json:1:1: JSON has no comments",
        "{\"a\": \"\\x\"} | an escape that is invalid in JSON",
        "] | f.json:1:1: ",
      })
  void brokenJsonIsExplained(String text, String expected) {
    var failure = failure(() -> json(text));
    assertThat(failure).isNotNull();
    assertThat(failure.code()).isEqualTo(Codes.CONFIG_PARSE);
    assertThat(failure.getMessage()).contains(expected).doesNotContain("Json", "jackson", "token");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: [1, 2 | f.yaml:1:9: the document ends inside the list that begins on line 1",
        "a: {b: 1 | the document ends inside the mapping that begins on line 1",
        "a: b: c | f.yaml:1:5: unexpected colon",
        "a: @x | f.yaml:1:4: no value can begin with @",
        "a: 'x | the document ends inside the quoted text that begins on line 1",
        "a: *b | f.yaml:1:4: there is no anchor &b",
        "a: .nan | f.yaml:1:4: NaN is not a value",
        "a: 12e34567 | f.yaml:1:4: the number 12e34567 is too large",
        "[a]: 1 | f.yaml:1:1: a key must be plain text",
        "\"a: \\q\" | q is not a valid escape in double quotes",
        "a: !!int x | f.yaml:1:4: the tag !!int does not fit x",
      })
  void brokenYamlIsExplained(String text, String expected) {
    var failure = failure(() -> yaml(text));
    assertThat(failure).isNotNull();
    assertThat(failure.code()).isEqualTo(Codes.CONFIG_PARSE);
    assertThat(failure.getMessage())
        .contains(expected)
        .doesNotContain("scalar", "token", "snakeyaml", "while ");
  }

  @Test
  void brokenYamlOfSeveralLinesIsExplained() {
    assertThat(failure(() -> yaml("a:\n\tb: 1\n")))
        .hasMessageContaining("f.yaml:2:1: a tab in the indentation");
    assertThat(failure(() -> yaml("a: 1\n---\nb: 2\n")))
        .hasMessageContaining("f.yaml:2:1: there is a second document");
    assertThat(failure(() -> yaml("a: 1\n  b: 2\n")))
        .hasMessageContaining("f.yaml:2:4: unexpected colon");
    assertThat(failure(() -> yaml("a:\n  - 1\n b: 2\n"))).hasMessageContaining("f.yaml:3:2: ");
    assertThat(failure(() -> yaml("a: 1\nb\n"))).hasMessageContaining("a key without a colon");
  }

  @Test
  void duplicateKeysNameBothLines() {
    assertThat(failure(() -> yaml("a: 1\nb: 2\na: 3\n")))
        .hasMessage(
            "CONFIG_DUPLICATE_KEY f.yaml:3:1: the key a is already on line 1, and again on 3."
                + " Remove one of them.");
    assertThat(failure(() -> json("{\"a\": 1,\n\"a\": 2}")))
        .hasMessageContaining("CONFIG_DUPLICATE_KEY f.json:2:1")
        .hasMessageContaining("line 1");
    assertThat(failure(() -> yaml("1: a\n\"1\": b\n"))).hasMessageContaining("DUPLICATE_KEY");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: !!javax.script.ScriptEngineManager [x]",
        "a: !!java.net.URL 'http://x'",
        "a: !foo bar",
        "a: !<tag:yaml.org,2002:java.lang.String> b",
        "!!set {a: }",
        "a: !!binary aGk=",
      })
  void tagsThatWouldBuildObjectsAreRefused(String text) {
    assertThat(failure(() -> yaml(text)).code()).isEqualTo(Codes.CONFIG_TAG_FORBIDDEN);
  }

  @Test
  void theTagsOfTheCoreSchemaAreTaken() {
    assertThat(yaml("a: !!str 10\nb: !!int 3\nc: !!float 3\nd: !!seq [1]\ne: ! 10").value())
        .isEqualTo(Map.of("a", "10", "b", 3L, "c", 3.0, "d", List.of(1L), "e", "10"));
  }

  @Test
  void aliasesAreValues() {
    assertThat(yaml("a: &x [1, 2]\nb: *x\n").value())
        .isEqualTo(Map.of("a", List.of(1L, 2L), "b", List.of(1L, 2L)));
  }

  @Test
  void aliasBombsAreRefused() {
    var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      bomb.append("a").append(i).append(": &a").append(i).append(" [");
      bomb.append(("*a" + (i - 1) + ", ").repeat(10)).append("x]\n");
    }
    assertThat(failure(() -> yaml(bomb.toString())))
        .hasMessageContaining("CONFIG_TOO_COMPLEX f.yaml:")
        .hasMessageContaining("10,000 values");
    assertThat(failure(() -> yaml("a: &a [*a]\n")).code()).isEqualTo(Codes.CONFIG_TOO_COMPLEX);
    assertThat(failure(() -> yaml("a: &a {b: *a}\n")).code()).isEqualTo(Codes.CONFIG_TOO_COMPLEX);
  }

  @Test
  void deepNestingIsRefused() {
    var deep = "[".repeat(10_000) + "]".repeat(10_000);
    assertThat(failure(() -> json(deep)))
        .hasMessage(
            "CONFIG_TOO_COMPLEX f.json:1:65: nested deeper than 64 levels. Reduce the nesting.");
    assertThat(failure(() -> yaml(deep)).code()).isEqualTo(Codes.CONFIG_TOO_COMPLEX);
    var bytes = deep.getBytes(StandardCharsets.UTF_8);
    assertThat(failure(() -> documents.parseData(bytes, "data", Syntax.JSON)).code())
        .isEqualTo(Codes.PAYLOAD_TOO_DEEP);
    assertThat(failure(() -> documents.scalar(deep)).code()).isEqualTo(Codes.PAYLOAD_TOO_DEEP);
    var lines =
        IntStream.range(0, 1000)
            .mapToObj(i -> " ".repeat(i) + "a:\n")
            .collect(Collectors.joining());
    assertThat(failure(() -> yaml(lines)).code()).isEqualTo(Codes.CONFIG_TOO_COMPLEX);
  }

  @Test
  void encodingErrorsNameTheByte() {
    assertThat(failure(() -> yaml("a: x\0y")))
        .hasMessageContaining("CONFIG_ENCODING f.yaml: a NUL byte at byte offset 4");
    assertThat(failure(() -> yaml("ü: x\u0007y"))).hasMessageContaining("byte offset 5");
    assertThat(failure(() -> yaml("ü: x\u0090y")))
        .hasMessageContaining("CONFIG_ENCODING f.yaml: the control character U+0090")
        .hasMessageContaining("byte offset 5");
    var latin = "a: ü".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(failure(() -> documents.parse(latin, "f.yaml", Syntax.YAML)))
        .hasMessageContaining("CONFIG_ENCODING f.yaml: invalid UTF-8 at byte offset 3");
    var truncated = Arrays.copyOf("a: ü".getBytes(StandardCharsets.UTF_8), 4);
    assertThat(failure(() -> documents.parse(truncated, "f.yaml", Syntax.YAML)))
        .hasMessageContaining("byte offset 3");
    var wide = "\ufeffa: 1".getBytes(StandardCharsets.UTF_16LE);
    assertThat(failure(() -> documents.parse(wide, "f.yaml", Syntax.YAML)))
        .hasMessageContaining("UTF-16");
  }

  @Test
  void largeFilesAreRefusedUnread() throws IOException {
    var file = directory.resolve("big.yaml");
    try (var channel =
        Files.newByteChannel(
            file,
            java.util.Set.of(
                java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.WRITE))) {
      channel.position(50L << 20);
      channel.write(java.nio.ByteBuffer.wrap(new byte[1]));
    }
    assertThat(failure(() -> documents.read(file, "big.yaml", 1 << 20)))
        .hasMessage(
            "CONFIG_TOO_LARGE big.yaml: the file is larger than 1MiB. Make the file smaller.");
    assertThat(failure(() -> documents.readData(file, "big.yaml")).code())
        .isEqualTo(Codes.PAYLOAD_TOO_LARGE);
  }

  @Test
  @Timeout(60)
  @DisabledOnOs(OS.WINDOWS)
  void onlyRegularFilesAreRead() throws Exception {
    var link =
        Files.createSymbolicLink(
            directory.resolve("link.yaml"), Files.writeString(directory.resolve("target"), "a: 1"));
    assertThat(failure(() -> documents.read(link, "link.yaml", 100)))
        .hasMessageContaining("CONFIG_NOT_REGULAR link.yaml: is a symbolic link");
    var fifo = directory.resolve("fifo.yaml");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    assertThat(failure(() -> documents.read(fifo, "fifo.yaml", 100)).code())
        .isEqualTo(Codes.CONFIG_NOT_REGULAR);
    assertThat(failure(() -> documents.read(directory, "dir", 100)))
        .hasMessageContaining("a directory");
  }

  @Test
  void filesAreReadBySyntax() throws IOException {
    var yaml = Files.writeString(directory.resolve("a.yaml"), "a: 1");
    var json = Files.writeString(directory.resolve("a.json"), "{\"a\": 1}");
    assertThat(documents.read(yaml, "a", 100).value()).isEqualTo(Map.of("a", 1L));
    assertThat(documents.readData(json, "a")).isEqualTo(Map.of("a", 1L));
    assertThat(documents.readData(yaml, "a")).isEqualTo(Map.of("a", 1L));
    assertThat(failure(() -> documents.read(directory.resolve("none"), "none", 1)).code())
        .isEqualTo(Codes.IO_ERROR);
  }

  /** They are read without nodes, unless something is wrong. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "\"text\"",
        "",
        " \n",
        "{\"a\": [1, -2.5e3, true, false, null, \"\\u00e4\\n\"], \"b\": {\"c\": {}, \"d\": [[]]}}",
        "{\"big\": 123456789012345678901234567890, \"max\": 9223372036854775807}",
        "{\"a\": 1, \"b\": 2, \"a\": 3}",
        "{\"a\": null, \"a\": null}",
        "[1, 2",
        "[1, 2]]",
        "[1, 2,]",
        "{\"a\": 1e999}",
        "{a: 1}",
        "01"
      })
  void dataFilesSayWhatNodesSay(String text) throws IOException {
    var file = Files.writeString(directory.resolve("data.json"), text);
    assertThat(outcome(() -> documents.readData(file, "f.json")))
        .isEqualTo(
            outcome(
                () ->
                    documents
                        .parseData(text.getBytes(StandardCharsets.UTF_8), "f.json", Syntax.JSON)
                        .value()));
  }

  @ParameterizedTest
  @ValueSource(ints = {256, 257, 100_000})
  void dataFilesAreNestedAsDeeplyAsNodes(int depth) throws IOException {
    for (var text :
        List.of(
            "[".repeat(depth) + "]".repeat(depth),
            "{\"a\":".repeat(depth) + "1" + "}".repeat(depth))) {
      dataFilesSayWhatNodesSay(text);
    }
  }

  /** The value with its types and order, or the error. */
  private static String outcome(Supplier<Object> read) {
    try {
      return described(read.get());
    } catch (GitVanException e) {
      return e.getMessage();
    }
  }

  private static String described(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.getClass()
          + map.entrySet().stream()
              .map(e -> e.getKey() + "=" + described(e.getValue()))
              .toList()
              .toString();
    }
    if (value instanceof List<?> list) {
      return list.getClass()
          + list.stream().map(DocumentsServiceTest::described).toList().toString();
    }
    return value == null ? "null" : value.getClass() + ":" + value;
  }

  @Test
  void scalarsAreInputs() {
    assertThat(documents.scalar("10")).isEqualTo(10L);
    assertThat(documents.scalar("\"10\"")).isEqualTo("10");
    assertThat(documents.scalar("'it''s'")).isEqualTo("it's");
    assertThat(documents.scalar("true")).isEqualTo(true);
    assertThat(documents.scalar("~")).isNull();
    assertThat(documents.scalar("[a, 1]")).isEqualTo(List.of("a", 1L));
    assertThat(documents.scalar("{a: 1}")).isEqualTo(Map.of("a", 1L));
    assertThat(documents.scalar("1e999")).isEqualTo("1e999");
    assertThat(documents.scalar("99999999999999999999"))
        .isEqualTo(new BigInteger("99999999999999999999"));
    for (var text :
        List.of(
            "",
            " ",
            "a: b",
            "#fff",
            "*x",
            "&x",
            "!x",
            "@x",
            "[a",
            "{a: 1",
            "\"a",
            "yes",
            "\"a\": b",
            "feat: x # y",
            " padded ",
            "- a",
            "%x",
            "a\nb: c\n",
            "$(touch x)")) {
      assertThat(documents.scalar(text)).isEqualTo(text);
    }
  }

  @Test
  void jsonIsValidWhateverTheValue() {
    var value = new java.util.LinkedHashMap<String, Object>();
    value.put("control \u0001\n\t\"\\", "\u2028\u007f");
    value.put("lone", "a\ud800b\udc00");
    value.put("pair", "\ud83d\ude00");
    value.put("nan", Double.NaN);
    value.put("inf", Double.NEGATIVE_INFINITY);
    value.put("numbers", List.of(1.0, 1e21, 2e-3, 1e23, 1.5f, Long.MIN_VALUE));
    value.put("path", Path.of("a/b"));
    value.put("instant", java.time.Instant.EPOCH);
    value.put("enum", Syntax.JSON);
    value.put("empty", List.of());
    var text = documents.toJson(value);
    assertThat(text)
        .isEqualTo(
            "{\"control \\u0001\\n\\t\\\"\\\\\":\"\\u2028\\u007f\",\"lone\":\"a\ufffdb\ufffd\","
                + "\"pair\":\"\ud83d\ude00\",\"nan\":null,\"inf\":null,"
                + "\"numbers\":[1.0,1.0E21,0.002,1.0E23,1.5,-9223372036854775808],"
                + "\"path\":\"a/b\",\"instant\":\"1970-01-01T00:00:00Z\",\"enum\":\"JSON\","
                + "\"empty\":[]}");
    assertThat(documents.toPrettyJson(Map.of("a", List.of(1L, Map.of()))))
        .isEqualTo("{\n  \"a\": [\n    1,\n    {}\n  ]\n}");
    assertThat(documents.toJson(json(text).value())).isEqualTo(text);
    assertThat(yaml(text).value()).isEqualTo(json(text).value());
  }

  /** In YAML 1.2 it would be a key that nobody expects. */
  @Test
  void mergeKeysAreRefusedUnlessQuoted() {
    var failure = failure(() -> yaml("a: &a { x: 1 }\nb:\n  <<: *a\n  y: 2\n"));
    assertThat(failure.code()).isEqualTo(Codes.CONFIG_PARSE);
    assertThat(failure)
        .hasMessageContaining(":3:3: the merge key << of YAML 1.1 is not supported. Write");
    assertThat(yaml("'<<': 1\nb: <<\n").value()).isEqualTo(Map.of("<<", 1L, "b", "<<"));
  }

  @Test
  void valuesThatContainThemselvesAreRefused() {
    var loop = new ArrayList<Object>();
    loop.add(loop);
    assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> documents.toJson(loop)))
        .isNotNull();
  }
}
