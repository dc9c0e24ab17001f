package dev.gitvan.template.pebble.internal;

import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.extension.escaper.SafeString;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.util.List;
import java.util.Map;

/**
 * A filter that is a function of its input and arguments. Nothing in is nothing out.
 *
 * @param names of the arguments, in their order
 */
record SimpleFilter(List<String> names, Body body) implements Filter {
  /** What a filter does. */
  @FunctionalInterface
  interface Body {
    Object apply(Object input, Arguments arguments);
  }

  /** The body of a filter of strings. */
  @FunctionalInterface
  interface TextBody {
    Object apply(String input, Arguments arguments);
  }

  static SimpleFilter of(Body body, String... names) {
    return new SimpleFilter(List.of(names), body);
  }

  /** A filter that takes whatever can be printed. */
  static SimpleFilter ofText(TextBody body, String... names) {
    return of(
        (input, arguments) -> body.apply(Texts.of(input, arguments.rendering()), arguments), names);
  }

  @Override
  public List<String> getArgumentNames() {
    // Pebble takes any number of arguments where there is no name.
    return names;
  }

  @Override
  public Object apply(
      Object input,
      Map<String, Object> arguments,
      PebbleTemplate self,
      EvaluationContext context,
      int line) {
    if (input == null) {
      return null;
    }
    if (names.isEmpty() && !arguments.isEmpty()) {
      throw new BadArgument("it takes no arguments");
    }
    return body.apply(input, new Arguments(arguments, ((RenderContext) context).rendering()));
  }

  /** The arguments of one call. */
  record Arguments(Map<String, Object> values, Rendering rendering) {
    /** Null when it is not given. */
    Object get(String name) {
      var value = values.get(name);
      return value instanceof SafeString ? value.toString() : value;
    }

    String text(String name, String otherwise) {
      var value = get(name);
      return value == null ? otherwise : Texts.of(value, rendering);
    }

    boolean truth(String name) {
      return Values.isTrue(get(name));
    }

    /** A number of at least 0. */
    long count(String name, long otherwise) {
      var value = get(name);
      if (value == null) {
        return otherwise;
      }
      if (!(value instanceof Number number)) {
        throw new BadArgument(name + " is a number, not " + Values.kind(value));
      }
      long count = Numbers.toLong(number);
      if (count < 0) {
        throw new BadArgument(name + " is " + number + ", below 0");
      }
      return count;
    }

    /** As {@link #count}, for how much text is added: no more than may be held. */
    int length(String name, long otherwise) {
      long count = count(name, otherwise);
      rendering.checkHeld(count);
      return (int) count;
    }
  }
}
