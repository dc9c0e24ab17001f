package dev.gitvan.hook;

import java.util.Map;
import java.util.Set;

/** When hooks of a point can stop the operation. */
public sealed interface Gate {
  /** They always can. */
  Gate ALWAYS = new Always();

  /** They never can: it has happened already, or ignores them. */
  Gate NEVER = new Never();

  /** They can while a datum has one of these values. */
  static Gate when(String field, String... values) {
    return new When(field, Set.of(values));
  }

  /**
   * Whether a veto stops the operation.
   *
   * @param data of the event
   */
  boolean isClosable(Map<String, Object> data);

  /** Always a gate. */
  record Always() implements Gate {
    @Override
    public boolean isClosable(Map<String, Object> data) {
      return true;
    }
  }

  /** Never a gate. */
  record Never() implements Gate {
    @Override
    public boolean isClosable(Map<String, Object> data) {
      return false;
    }
  }

  /**
   * A gate for some events only.
   *
   * @param field name of a datum that is a string
   * @param values with which the point is a gate
   */
  record When(String field, Set<String> values) implements Gate {
    public When {
      values = Set.copyOf(values);
    }

    @Override
    public boolean isClosable(Map<String, Object> data) {
      return data.get(field) instanceof String value && values.contains(value);
    }
  }
}
