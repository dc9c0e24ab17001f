package dev.gitvan.jobs.file.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.document.Documents.Syntax;
import dev.gitvan.event.TriggerParser;
import dev.gitvan.extension.Selection;
import dev.gitvan.job.StepSchema;
import dev.gitvan.jobs.file.internal.Fixture;
import dev.gitvan.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The schema that editors use and the reader here know the same keys. */
class SchemaAgreementTest {
  private final Fixture fixture = new Fixture();
  private final Map<String, Object> schema =
      at(
          (Map<?, ?>)
              fixture
                  .documents
                  .read(Path.of("../../docs/gitvan.schema.json"), "schema", 1 << 20)
                  .value(),
          "$defs");

  @SuppressWarnings("unchecked")
  private static Map<String, Object> at(Map<?, ?> map, String... path) {
    Object at = map;
    for (var key : path) {
      at = ((Map<?, ?>) at).get(key);
    }
    return (Map<String, Object>) at;
  }

  private Set<String> properties(String... path) {
    return at(at(schema, path), "properties").keySet();
  }

  @Test
  void ofJobsAndTriggers() {
    assertThat(properties("job")).isEqualTo(JobReader.KEYS);
    assertThat(properties("job", "properties", "retries")).isEqualTo(JobReader.RETRIES_KEYS);
    assertThat(properties("input")).isEqualTo(InputReader.KEYS);
    assertThat(properties("trigger")).isEqualTo(TriggerParser.KEYS);
    assertThat(properties("trigger", "properties", "commit")).isEqualTo(TriggerParser.COMMIT_KEYS);
    assertThat(properties("trigger", "properties", "merge")).isEqualTo(TriggerParser.MERGE_KEYS);
  }

  @Test
  void ofSteps() {
    var keys = new HashSet<>(StepSchema.COMMON_KEYS);
    keys.addAll(fixture.types.all(Selection.ALL).keySet());
    assertThat(properties("step")).isEqualTo(keys);
  }

  @Test
  void stepTypesOfPluginsAreInTheSchema() {
    var shout =
        StepSchema.of(Schema.text("What is shouted."))
            .with("times", Schema.whole(1, 3, "How often."))
            .with("loud", Schema.flag("Whether it is loud."), "times");

    var printed = fixture.configurations.schema(Map.of("shout", shout));

    var step =
        at(
            (Map<?, ?>)
                fixture
                    .documents
                    .parse(printed.getBytes(StandardCharsets.UTF_8), "schema", Syntax.JSON)
                    .value(),
            "$defs",
            "step");
    assertThat(at(step, "properties", "shout")).containsEntry("description", "What is shouted.");
    assertThat(((List<?>) step.get("allOf")).get(0))
        .isEqualTo(
            Map.of(
                "if",
                Map.of("required", List.of("shout")),
                "then",
                Map.of(
                    "propertyNames",
                    Map.of(
                        "enum",
                        List.of(
                            "name", "when", "env", "secrets", "timeout", "shout", "times", "loud")),
                    "properties",
                    Map.of(
                        "times",
                        Map.of(
                            "type",
                            "integer",
                            "minimum",
                            1L,
                            "maximum",
                            3L,
                            "description",
                            "How often."),
                        "loud",
                        Map.of("type", "boolean", "description", "Whether it is loud.")),
                    "dependentRequired",
                    Map.of("loud", List.of("times")))));
  }
}
