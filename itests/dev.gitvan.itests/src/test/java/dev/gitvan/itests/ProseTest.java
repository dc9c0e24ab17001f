package dev.gitvan.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The project's text is plain English. {@code prose.txt} lists phrases to avoid and what to write
 * instead, {@code prose-allowed.txt} the files that need one of them. The changelog and test
 * resources are not checked.
 */
class ProseTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  private static final List<String> CHECKED =
      List.of(
          "README.md",
          "CONTRIBUTING.md",
          "pom.xml",
          ".ci",
          ".gitvan/jobs",
          "docs",
          "kernel",
          "bundles",
          "distribution",
          "itests");

  @Test
  void repositoryIsWrittenInPlainEnglish() throws IOException {
    var problems = new Prose(phrases(), allowed()).check(ROOT, files(ROOT));
    assertThat(problems).withFailMessage(() -> String.join("\n", problems)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "README.md | It has an old phrase.",
        "CONTRIBUTING.md | It has an old phrase.",
        "docs/adr/0001-a.md | It has an old%n phrase.",
        "docs/gitvan.schema.json | {\"description\": \"It has an old phrase.\"}",
        "pom.xml | <description>It has an old phrase.</description>",
        "bundles/a/pom.xml | <!-- It has an old phrase. -->",
        ".ci/loop | # It has an old%n# phrase.",
        "distribution/a/src/main/dist/bin/gitvan | echo 'It has an old phrase.'",
        "bundles/a/src/main/resources/starter/gitvan.yaml | # It has an old phrase.",
        "kernel/a/src/main/java/A.java | // It has an old phrase.",
        "kernel/a/src/main/java/A.java | /** It has an old%n * phrase. */",
        "itests/a/src/test/java/A.java | var text = \"It has an old phrase.\";",
        "itests/a/src/test/java/A.java | var text = \"It has an old \"%n + \"phrase.\";",
        "itests/a/src/test/java/A.java | var text = \"\"\"%n It has an%n old phrase.%n\"\"\";",
      })
  void everyKindOfFileIsChecked(String path, String text, @TempDir Path root) throws IOException {
    assertThat(check(root, path, text.formatted(), Set.of()))
        .singleElement()
        .asString()
        .matches(path + ":[1-3]: \"old phrase\"\\. Write: \"new phrase\"\\.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CHANGELOG.md | It has an old phrase.",
        "bundles/a/src/test/resources/a.md | It has an old phrase.",
        "bundles/a/target/a.md | It has an old phrase.",
        "bundles/a/src/main/java/A.java | old phrase = null;",
        "bundles/a/src/main/java/A.java | var words = List.of(\"old\", \"phrase\");",
      })
  void nothingElseIsChecked(String path, String text, @TempDir Path root) throws IOException {
    assertThat(check(root, path, text, Set.of())).isEmpty();
  }

  @Test
  void allowedPhraseIsSkipped(@TempDir Path root) throws IOException {
    var entry = new Prose.Allowed("docs/a.md", "old phrase");
    assertThat(check(root, "docs/a.md", "It has an old phrase.", Set.of(entry))).isEmpty();
  }

  @Test
  void unusedAllowListEntryIsReported(@TempDir Path root) throws IOException {
    var entry = new Prose.Allowed("docs/a.md", "old phrase");
    assertThat(check(root, "docs/a.md", "It has a new phrase.", Set.of(entry)))
        .containsExactly(
            "docs/a.md: \"old phrase\" is allowed but not used. Remove it from prose-allowed.txt.");
  }

  private static List<String> check(Path root, String path, String text, Set<Prose.Allowed> allowed)
      throws IOException {
    var file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return new Prose(Map.of("old phrase", "new phrase"), allowed).check(root, files(root));
  }

  private static List<Path> files(Path root) throws IOException {
    var files = new ArrayList<Path>();
    for (var name : CHECKED) {
      if (Files.exists(root.resolve(name))) {
        try (var paths = Files.walk(root.resolve(name))) {
          paths
              .filter(path -> Files.isRegularFile(path) && isChecked(root.relativize(path)))
              .sorted()
              .forEach(files::add);
        }
      }
    }
    return files;
  }

  private static boolean isChecked(Path path) {
    var name = "/" + path.toString().replace('\\', '/');
    return !name.contains("/target/") && !name.contains("/src/test/resources/");
  }

  private static Map<String, String> phrases() throws IOException {
    var phrases = new HashMap<String, String>();
    for (var columns : rows("prose.txt", 2)) {
      phrases.put(columns.get(0), columns.get(1));
    }
    return phrases;
  }

  private static Set<Prose.Allowed> allowed() throws IOException {
    var allowed = new HashSet<Prose.Allowed>();
    for (var columns : rows("prose-allowed.txt", 3)) {
      allowed.add(new Prose.Allowed(columns.get(0), columns.get(1)));
    }
    return allowed;
  }

  private static List<List<String>> rows(String resource, int columns) throws IOException {
    try (var stream = ProseTest.class.getResourceAsStream(resource)) {
      var lines = new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines();
      return lines
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> List.of(line.split(" *\\| *")))
          .peek(row -> assertThat(row).as("row of " + resource).hasSize(columns))
          .toList();
    }
  }
}
