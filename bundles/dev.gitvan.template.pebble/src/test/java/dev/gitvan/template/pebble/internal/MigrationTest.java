package dev.gitvan.template.pebble.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.config.internal.document.DocumentsService;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Documents.Syntax;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Templates as users of other engines write them: the hints lead from the original to one that
 * renders.
 */
class MigrationTest {
  private static final Path FOLDER =
      Path.of("src/test/resources/dev/gitvan/template/pebble/internal/migration");

  private final Pebble pebble = new Pebble();

  /** A file in its parts, each below a line with its name. */
  private record Migration(String name, Map<String, String> parts) {
    static Migration of(Path file) {
      try {
        var parts = new HashMap<String, String>();
        for (var part : Files.readString(file).substring(4).split("\n=== ")) {
          int end = part.indexOf('\n');
          parts.put(part.substring(0, end), part.substring(end + 1).stripTrailing());
        }
        return new Migration(file.getFileName().toString(), parts);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> data() {
      var bytes = parts.get("data").getBytes(StandardCharsets.UTF_8);
      return (Map<String, Object>) new DocumentsService().parse(bytes, name, Syntax.JSON).value();
    }

    @Override
    public String toString() {
      return name + ": " + parts.get("about");
    }
  }

  static List<Migration> migrations() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().map(Migration::of).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("migrations")
  void everyProblemOfTheOriginalSaysWhatToWrite(Migration migration) {
    var original = migration.parts().get("original");
    var problems =
        new ArrayList<>(pebble.put("t", original).session.check(List.of("t"), List.of("t")));
    problems.add(pebble.failure(original, migration.data()).problem());

    var remedies = problems.stream().map(Problem::remedy).toList();
    assertThat(remedies).containsAll(migration.parts().get("hints").lines().toList());
    assertThat(remedies).doesNotContainAnyElementsOf(PebblePageTest.GENERAL_REMEDIES);
  }

  @ParameterizedTest
  @MethodSource("migrations")
  void theConvertedTemplateRenders(Migration migration) {
    var converted = migration.parts().get("converted");
    assertThat(pebble.put("t", converted).session.check(List.of("t"), List.of("t"))).isEmpty();
    assertThat(pebble.render(converted, migration.data()).strip())
        .isEqualTo(migration.parts().get("expected"));
  }

  @Test
  void thereAreTwenty() throws IOException {
    assertThat(migrations()).hasSize(20);
  }
}
