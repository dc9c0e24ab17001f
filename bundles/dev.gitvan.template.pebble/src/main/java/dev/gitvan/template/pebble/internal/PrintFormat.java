package dev.gitvan.template.pebble.internal;

import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.util.ArrayList;
import java.util.IllegalFormatException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code "%05d" | format(n)}, as {@code printf} has it, with widths that fit in memory. */
final class PrintFormat implements Filter {
  private static final Pattern WIDE = Pattern.compile("%[^a-zA-Z%]*\\d{5}");

  /** None has a name: Pebble then numbers as many as are given. */
  @Override
  public List<String> getArgumentNames() {
    return List.of();
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
    var format = Texts.of(input, ((RenderContext) context).rendering());
    if (WIDE.matcher(format).find()) {
      throw new BadArgument("a width or precision is over 9,999");
    }
    var values = new ArrayList<Object>();
    for (int i = 0; i < arguments.size(); i++) {
      values.add(arguments.get(String.valueOf(i)));
    }
    try {
      return String.format(Locale.ROOT, format, values.toArray());
    } catch (IllegalFormatException e) {
      throw new BadArgument("the format does not match its arguments");
    }
  }
}
