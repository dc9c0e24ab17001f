package dev.gitvan.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.job.JobInput.Type;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JobInputTest {
  @Test
  void typesAcceptTheirValuesOnly() {
    assertThat(accepting("x")).containsExactly(Type.ANY, Type.STRING);
    assertThat(accepting(5L)).containsExactly(Type.ANY, Type.NUMBER, Type.INTEGER);
    assertThat(accepting(BigInteger.TEN.pow(30)))
        .containsExactly(Type.ANY, Type.NUMBER, Type.INTEGER);
    assertThat(accepting(5.0)).containsExactly(Type.ANY, Type.NUMBER, Type.INTEGER);
    assertThat(accepting(5.5)).containsExactly(Type.ANY, Type.NUMBER);
    assertThat(accepting(true)).containsExactly(Type.ANY, Type.BOOLEAN);
    assertThat(accepting(List.of())).containsExactly(Type.ANY, Type.LIST);
    assertThat(accepting(Map.of())).containsExactly(Type.ANY, Type.MAPPING);
    assertThat(accepting(null)).containsExactly(Type.ANY);
  }

  private static List<Type> accepting(Object value) {
    return Stream.of(Type.values()).filter(type -> type.accepts(value)).toList();
  }

  @Test
  void aBareDefaultIsAnInputOfAnyType() {
    assertThat(JobInput.of(null)).isEqualTo(JobInput.builder().build());
    assertThat(JobInput.of(5L).toMap())
        .containsEntry("type", "any")
        .containsEntry("required", false)
        .containsEntry("choices", List.of())
        .containsEntry("default", 5L)
        .containsEntry("secret", false)
        .containsEntry("description", "");
  }

  @Test
  void choicesMayHaveNull() {
    assertThat(JobInput.builder().choices(Arrays.asList("a", null)).build().choices())
        .containsExactly("a", null);
  }

  @Test
  void permitsItsChoicesOnly() {
    var input = JobInput.builder().choices(List.of("low", 2L)).build();
    assertThat(input.permits("low")).isTrue();
    assertThat(input.permits(2.0)).isTrue();
    assertThat(input.permits("high")).isFalse();
    assertThat(JobInput.of("low").permits("high")).isTrue();
  }

  @Test
  void definitionsTakeBareDefaultsInTheirOrder() {
    var origin = new JobOrigin(JobOrigin.Kind.FILE, "a.yaml:1");
    var definition =
        JobDefinition.builder("a", origin, "0")
            .defaults(Collections.singletonMap("limit", null))
            .build();
    assertThat(definition.inputs()).isEqualTo(Map.of("limit", JobInput.of(null)));
  }
}
