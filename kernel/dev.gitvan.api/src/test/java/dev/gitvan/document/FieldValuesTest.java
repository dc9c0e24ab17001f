package dev.gitvan.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FieldValuesTest {
  private static final List<ValueField> FIELDS =
      List.of(
          ValueField.required("name", ValueType.STRING, "A string"),
          ValueField.optional("limit", ValueType.NUMBER, "A number"),
          ValueField.optional("strict", ValueType.BOOLEAN, "A flag"),
          ValueField.optional("days", ValueType.LIST, "A list"));

  @Test
  void valuesAreReadByType() {
    var values =
        FieldValues.of(
            FIELDS, Map.of("name", "a", "limit", 7L, "strict", true, "days", List.of("MON", 2L)));
    assertThat(values.string("name")).contains("a");
    assertThat(values.number("limit")).contains(7L);
    assertThat(values.isTrue("strict")).isTrue();
    assertThat(values.strings("days")).containsExactly("MON", "2");
  }

  @Test
  void absentValuesAreEmpty() {
    var values = FieldValues.of(FIELDS, Map.of("name", "a"));
    assertThat(values.number("limit")).isEmpty();
    assertThat(values.isTrue("strict")).isFalse();
    assertThat(values.strings("days")).isEmpty();
  }

  @Test
  void valuesThatDoNotAgreeAreRefusedWithAllThatDoesNot() {
    assertThatThrownBy(() -> FieldValues.of(FIELDS, Map.of("limit", "7", "day", List.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            "name is missing", "limit must be a number", "day is not known. Did you mean days?");
  }

  @Test
  void fieldsHaveANameAndADescription() {
    assertThatThrownBy(() -> ValueField.required("Name", ValueType.STRING, "A string"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ValueField.required("name", ValueType.STRING, " "))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
