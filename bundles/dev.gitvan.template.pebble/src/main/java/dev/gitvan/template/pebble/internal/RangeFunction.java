package dev.gitvan.template.pebble.internal;

import dev.gitvan.diagnostics.Codes;
import io.pebbletemplates.pebble.extension.Function;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code range(start, end, increment)}, both ends included as Pebble has it, and bounded. */
final class RangeFunction implements Function {
  @Override
  public List<String> getArgumentNames() {
    return List.of("start", "end", "increment");
  }

  @Override
  public Object execute(
      Map<String, Object> arguments, PebbleTemplate self, EvaluationContext context, int line) {
    return range(
        ((RenderContext) context).rendering(),
        arguments.get("start"),
        arguments.get("end"),
        arguments.get("increment"),
        "range()",
        self.getName(),
        line);
  }

  /**
   * The numbers, or letters, from one to another.
   *
   * @param increment null: 1
   * @param what how errors name it
   */
  static List<Object> range(
      Rendering rendering,
      Object start,
      Object end,
      Object increment,
      String what,
      String template,
      int line) {
    if (end == null) {
      throw new BadArgument(
          what + " needs a start and an end", "Write range(0, 2): both are included.");
    }
    long step = increment == null ? 1 : number(increment, what);
    if (step == 0) {
      throw new BadArgument("the increment of " + what + " is 0");
    }
    boolean letters = isLetter(start) && isLetter(end);
    long from = letters ? start.toString().charAt(0) : number(start, what);
    long to = letters ? end.toString().charAt(0) : number(end, what);
    // As doubles: the difference of two longs need not fit one.
    double count = Math.floor(((double) to - from) / step) + 1;
    int limit = rendering.options().maxRange();
    if (count > limit) {
      throw Failure.of(
          Codes.TEMPLATE_RANGE_LIMIT,
          template,
          line,
          String.format(
              Locale.ROOT, "%s would build %,.0f items; the limit is %,d", what, count, limit),
          "Use a shorter range or raise templates.max-range.");
    }
    var items = new Lists.Built();
    for (long i = 0; i < count; i++) {
      long value = from + i * step;
      if (letters) {
        items.add(String.valueOf((char) value));
      } else {
        items.add(value);
      }
    }
    return items;
  }

  private static boolean isLetter(Object value) {
    return value instanceof CharSequence text
        && text.length() == 1
        && !Character.isDigit(text.charAt(0));
  }

  private static long number(Object value, String what) {
    if (value instanceof Number number) {
      long whole = Numbers.toLong(number);
      if (Numbers.compare(number, whole) != 0) {
        throw new BadArgument(what + " takes whole numbers of up to 64 bits, not " + number);
      }
      return whole;
    }
    if (value instanceof CharSequence text && text.toString().matches("-?\\d{1,18}")) {
      return Long.parseLong(text.toString());
    }
    throw new BadArgument(what + " takes numbers or single letters, not " + Values.kind(value));
  }
}
