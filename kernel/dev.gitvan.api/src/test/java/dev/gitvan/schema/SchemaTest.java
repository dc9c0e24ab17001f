package dev.gitvan.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Node;
import dev.gitvan.document.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemaTest {
  private static final Schema COMMIT =
      Schema.mapping("Commits.")
          .require("message", Schema.text("The message."))
          .allow(
              "paths",
              Schema.either(
                  List.of(Schema.list(Schema.text(""), 1, ""), Schema.text("")), "Files."))
          .allow("count", Schema.whole(1, 3, "How many."))
          .allow("mode", Schema.choice(List.of("fast", "safe"), "How."))
          .allow("sign", Schema.flag("Whether it is signed."))
          .allow("data", Schema.anyMapping("Anything."));

  private static Node node(Object value, int column) {
    var place = new Place("f.yaml", 1, column);
    if (value instanceof Map<?, ?> map) {
      var entries = new LinkedHashMap<String, Node>();
      var places = new LinkedHashMap<String, Place>();
      map.forEach(
          (key, each) -> {
            entries.put((String) key, node(each, column + entries.size() + 1));
            places.put((String) key, new Place("f.yaml", 2, column + places.size() + 1));
          });
      return new Node.Mapping(place, entries, places);
    }
    if (value instanceof List<?> list) {
      return new Node.Sequence(place, list.stream().map(each -> node(each, column + 1)).toList());
    }
    return new Node.Scalar(place, value, value == null ? "" : value.toString());
  }

  private static List<String> problems(Object value) {
    var problems = new ArrayList<Problem>();
    COMMIT.check(node(value, 1), "commit", problems::add);
    return problems.stream().map(Problem::toString).toList();
  }

  private static List<String> problem(String key, Object value) {
    var map = new LinkedHashMap<String, Object>();
    map.put("message", "m");
    map.put(key, value);
    return problems(map);
  }

  @Test
  void acceptsWhatItDescribes() {
    assertThat(problems(Map.of("message", "m"))).isEmpty();
    assertThat(problem("paths", "a")).isEmpty();
    assertThat(problem("paths", List.of("a", "b"))).isEmpty();
    assertThat(problem("count", 3L)).isEmpty();
    assertThat(problem("mode", "safe")).isEmpty();
    assertThat(problem("sign", true)).isEmpty();
    assertThat(problem("data", Map.of("x", List.of()))).isEmpty();
  }

  @Test
  void saysWhatIsWrongAndWhere() {
    assertThat(problems("m"))
        .containsExactly(
            "CONFIG_TYPE f.yaml:1:1: commit must be a mapping, but is \"m\". Write a mapping.");
    assertThat(problems(Map.of("mesage", "m")))
        .containsExactly(
            "CONFIG_UNKNOWN_KEY f.yaml:2:2: there is no key mesage in commit. Did you mean"
                + " message?",
            "CONFIG_REQUIRED f.yaml:1:1: commit has no message. Add message to it.");
    assertThat(problem("paths", 7L))
        .containsExactly(
            "CONFIG_TYPE f.yaml:1:3: commit.paths must be a list or a string, but is 7. Write a list"
                + " or a string.");
    assertThat(problem("paths", List.of()))
        .containsExactly(
            "CONFIG_REQUIRED f.yaml:1:3: commit.paths is empty. Add at least one item.");
    assertThat(problem("paths", List.of("a", " ")))
        .containsExactly(
            "CONFIG_TYPE f.yaml:1:4: an item of commit.paths must be a string, but is \" \". Write a"
                + " string.");
    assertThat(problem("count", 4L))
        .containsExactly(
            "CONFIG_RANGE f.yaml:1:3: commit.count must be 1–3, but is 4. Choose a number in that"
                + " range.");
    assertThat(problem("count", 1.5))
        .containsExactly(
            "CONFIG_TYPE f.yaml:1:3: commit.count must be a whole number from 1–3, but is 1.5. Write"
                + " a whole number from 1–3.");
    assertThat(problem("mode", "saef"))
        .containsExactly(
            "CONFIG_RANGE f.yaml:1:3: commit.mode must be fast or safe, but is \"saef\". Did you mean"
                + " safe?");
    assertThat(problem("sign", null))
        .containsExactly(
            "CONFIG_TYPE f.yaml:1:3: commit.sign must be true or false, but is empty. Write true or"
                + " false.");
  }

  @Test
  void isJsonSchema() {
    assertThat(Schema.list(Schema.whole(1, 2, ""), 1, "Numbers.").json())
        .isEqualTo(
            Map.of(
                "type",
                "array",
                "items",
                Map.of("type", "integer", "minimum", 1, "maximum", 2),
                "description",
                "Numbers.",
                "minItems",
                1));
    assertThat(COMMIT.json())
        .containsEntry("required", List.of("message"))
        .containsEntry("additionalProperties", false);
  }
}
