package dev.gitvan.template.pebble.internal;

import static dev.gitvan.template.pebble.internal.SimpleFilter.of;

import dev.gitvan.document.Documents;
import dev.gitvan.template.pebble.internal.SimpleFilter.Arguments;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.extension.core.DefaultFilter;
import io.pebbletemplates.pebble.extension.escaper.SafeString;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/** Filters of any value. */
final class DataFilters {
  private DataFilters() {}

  static void addTo(Map<String, Filter> filters, Documents documents) {
    var json = new JsonFilter(documents);
    filters.put("json", json);
    filters.put("tojson", json);
    filters.put("dump", json);
    filters.put("date", of(new DateFilter()::apply, "format", "existingFormat", "timeZone"));
    var otherwise = new Default();
    filters.put("default", otherwise);
    filters.put("d", otherwise);
    filters.put("length", new Length());
    filters.put("int", of(DataFilters::integer, "default"));
    filters.put("float", of(DataFilters::decimal, "default"));
    filters.put("bool", of((input, a) -> Values.isTrue(input) && !"false".equals(input)));
    filters.put("abs", of((input, a) -> Numbers.absolute(input)));
    filters.put("round", of(DataFilters::round, "precision"));
  }

  private static Object integer(Object input, Arguments arguments) {
    var number = number(input, arguments);
    return number instanceof BigDecimal exact ? Numbers.whole(exact) : number;
  }

  private static Object decimal(Object input, Arguments arguments) {
    var number = number(input, arguments);
    if (!(number instanceof BigDecimal exact)) {
      return number;
    }
    double real = exact.doubleValue();
    if (Double.isInfinite(real)) {
      throw new BadArgument("a number that is too large for float");
    }
    return real;
  }

  private static Object number(Object input, Arguments arguments) {
    var text = input instanceof Boolean truth ? truth ? "1" : "0" : input.toString().strip();
    try {
      if (text.length() <= Numbers.MAX_DIGITS) {
        return new BigDecimal(text);
      }
      throw new BadArgument("a number of over " + Numbers.MAX_DIGITS + " digits");
    } catch (NumberFormatException e) {
      var otherwise = arguments.get("default");
      if (otherwise == null) {
        throw new BadArgument(Values.kind(input) + " that is not a number");
      }
      return otherwise;
    }
  }

  private static Object round(Object input, Arguments arguments) {
    if (!(input instanceof Number)) {
      throw new BadArgument("it rounds numbers, not " + Values.kind(input));
    }
    int precision = (int) Math.min(arguments.count("precision", 0), 15);
    var rounded = new BigDecimal(input.toString()).setScale(precision, RoundingMode.HALF_UP);
    return precision == 0 ? Numbers.whole(rounded) : rounded;
  }

  /** For nothing, what is not defined, and what is empty. Lists are checked, not read. */
  private static final class Default extends DefaultFilter {
    /** Jinja's second argument says what this does anyway. */
    @Override
    public List<String> getArgumentNames() {
      return List.of("value", "boolean");
    }

    @Override
    public Object apply(
        Object input,
        Map<String, Object> arguments,
        PebbleTemplate self,
        EvaluationContext context,
        int line) {
      boolean empty =
          input == null
              || input instanceof CharSequence text && text.toString().isBlank()
              || input instanceof SafeString safe && safe.toString().isBlank()
              || Values.items(input) != null && !Values.isTrue(input);
      return empty ? arguments.get("value") : input;
    }
  }

  /** Nothing has no length but 0. */
  private static final class Length implements Filter {
    @Override
    public List<String> getArgumentNames() {
      return null;
    }

    @Override
    public Object apply(
        Object input,
        Map<String, Object> arguments,
        PebbleTemplate self,
        EvaluationContext context,
        int line) {
      return Lists.length(input);
    }
  }
}
