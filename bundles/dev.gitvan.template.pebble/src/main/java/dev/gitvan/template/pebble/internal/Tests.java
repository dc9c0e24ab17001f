package dev.gitvan.template.pebble.internal;

import io.pebbletemplates.pebble.extension.Test;
import io.pebbletemplates.pebble.extension.core.DefinedTest;
import io.pebbletemplates.pebble.extension.core.NullTest;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Tests beside Pebble's own, and in place of those that know fewer kinds of list. */
final class Tests {
  private Tests() {}

  static void addTo(Map<String, Test> tests) {
    tests.put("empty", new EmptyTest());
    tests.put("iterable", new Kind(value -> Values.items(value) != null));
    tests.put(
        "sequence", new Kind(value -> Values.items(value) != null && !(value instanceof Map)));
    tests.put("mapping", new Kind(value -> value instanceof Map));
    tests.put("string", new Kind(value -> Values.kind(value).equals("a string")));
    tests.put("number", new Kind(value -> value instanceof Number));
    tests.put("boolean", new Kind(value -> value instanceof Boolean));
    tests.put("none", new NullTest());
    tests.put("undefined", new UndefinedTest());
    tests.put("divisibleby", new DivisibleTest());
    tests.put("even", new Kind(value -> Numbers.isDivisible(value, 2L)));
    tests.put("odd", new Kind(value -> !Numbers.isDivisible(value, 2L)));
  }

  /** What a value is. */
  private record Kind(Predicate<Object> predicate) implements Test {
    @Override
    public List<String> getArgumentNames() {
      return null;
    }

    @Override
    public boolean apply(
        Object input,
        Map<String, Object> arguments,
        PebbleTemplate self,
        EvaluationContext context,
        int line) {
      return predicate.test(input);
    }
  }

  /** {@code is empty}: also what has items and is no collection. */
  private static final class EmptyTest extends io.pebbletemplates.pebble.extension.core.EmptyTest {
    @Override
    public boolean apply(
        Object input,
        Map<String, Object> arguments,
        PebbleTemplate self,
        EvaluationContext context,
        int line) {
      return super.apply(input, arguments, self, context, line)
          || Values.items(input) != null && !Values.isTrue(input);
    }
  }

  /** The other half of {@code is defined}; Pebble catches what is not there for its like only. */
  private static final class UndefinedTest extends DefinedTest {
    @Override
    public boolean apply(
        Object input,
        Map<String, Object> arguments,
        PebbleTemplate self,
        EvaluationContext context,
        int line) {
      return !super.apply(input, arguments, self, context, line);
    }
  }

  /** {@code is divisibleby(3)}. */
  private static final class DivisibleTest implements Test {
    @Override
    public List<String> getArgumentNames() {
      return List.of("number");
    }

    @Override
    public boolean apply(
        Object input,
        Map<String, Object> arguments,
        PebbleTemplate self,
        EvaluationContext context,
        int line) {
      return Numbers.isDivisible(input, arguments.get("number"));
    }
  }
}
