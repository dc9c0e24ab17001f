package dev.gitvan.jobs.file.internal.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.jobs.file.internal.Fixture;
import java.nio.file.Path;
import java.util.HashSet;
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
    assertThat(properties("trigger")).isEqualTo(TriggerReader.KEYS);
    assertThat(properties("trigger", "properties", "commit")).isEqualTo(TriggerReader.COMMIT_KEYS);
    assertThat(properties("trigger", "properties", "merge")).isEqualTo(TriggerReader.MERGE_KEYS);
  }

  @Test
  void ofSteps() {
    var keys = new HashSet<>(StepReader.COMMON_KEYS);
    fixture
        .types
        .all()
        .forEach(
            (key, type) -> {
              keys.add(key);
              keys.addAll(type.options());
            });
    assertThat(properties("step")).isEqualTo(keys);
    assertThat(properties("step", "properties", "commit")).isEqualTo(Set.of("message", "paths"));
    assertThat(properties("step", "properties", "tag")).isEqualTo(Set.of("name", "message"));
    assertThat(properties("step", "properties", "note")).isEqualTo(Set.of("ref", "message"));
    assertThat(properties("step", "properties", "job")).isEqualTo(Set.of("name", "inputs"));
  }
}
