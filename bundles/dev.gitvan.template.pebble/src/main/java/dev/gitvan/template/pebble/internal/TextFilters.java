package dev.gitvan.template.pebble.internal;

import static dev.gitvan.template.pebble.internal.SimpleFilter.ofText;

import dev.gitvan.template.pebble.internal.SimpleFilter.Arguments;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.extension.escaper.RawFilter;
import java.util.Locale;
import java.util.Map;

/** Filters of strings. None depends on the locale: output is the same everywhere. */
final class TextFilters {
  private TextFilters() {}

  static void addTo(Map<String, Filter> filters) {
    filters.put("upper", ofText((text, a) -> text.toUpperCase(Locale.ROOT)));
    filters.put("lower", ofText((text, a) -> text.toLowerCase(Locale.ROOT)));
    filters.put("trim", ofText((text, a) -> text.strip()));
    filters.put("capitalize", ofText((text, a) -> Words.capitalize(text)));
    filters.put("title", ofText((text, a) -> Words.title(text)));
    filters.put("titleize", ofText((text, a) -> Words.title(Words.humanize(text))));
    filters.put("slug", ofText((text, a) -> Words.slug(text)));
    filters.put(
        "camelize", ofText((text, a) -> Words.camelize(text, a.truth("lowFirst")), "lowFirst"));
    filters.put("underscore", ofText((text, a) -> Words.underscore(text)));
    filters.put("dasherize", ofText((text, a) -> text.replaceAll("[\\s_]+", "-")));
    filters.put("humanize", ofText((text, a) -> Words.humanize(text)));
    filters.put("ordinalize", ofText((text, a) -> Words.ordinal(text)));
    filters.put("singularize", ofText((text, a) -> Plurals.singular(text)));
    var pluralize = ofText(TextFilters::pluralize, "count", "plural");
    filters.put("pluralize", pluralize);
    filters.put("inflect", pluralize);
    filters.put("pad", ofText(TextFilters::pad, "width", "character", "left"));
    filters.put("indent", ofText(TextFilters::indent, "width", "first"));
    filters.put("wordwrap", ofText(TextFilters::wordwrap, "width", "indent"));
    var abbreviate = ofText(TextFilters::abbreviate, "length");
    filters.put("abbreviate", abbreviate);
    filters.put("truncate", ofText(TextFilters::truncate, "length", "killwords", "end"));
    filters.put("center", ofText(TextFilters::center, "width"));
    filters.put("wordcount", ofText((text, a) -> Words.count(text)));
    filters.put("replace", ofText(TextFilters::replace, "from", "to"));
    filters.put("split", ofText(TextFilters::split, "delimiter", "limit"));
    filters.put("string", ofText((text, a) -> text));
    filters.put("format", new PrintFormat());
    filters.put("safe", new RawFilter());
  }

  /** {@code "commit" | pluralize(n)}: with 1 it stays as it is. */
  private static Object pluralize(String word, Arguments arguments) {
    var count = arguments.get("count");
    if (count != null && !(count instanceof Number)) {
      throw new BadArgument("count is a number, not " + Values.kind(count));
    }
    return count instanceof Number number && number.doubleValue() == 1
        ? word
        : arguments.text("plural", Plurals.plural(word));
  }

  private static Object pad(String text, Arguments arguments) {
    int missing = arguments.length("width", 0) - Characters.count(text);
    var fill = arguments.text("character", " ");
    if (Characters.count(fill) != 1) {
      throw new BadArgument("character is one character");
    }
    if (missing <= 0) {
      return text;
    }
    return arguments.truth("left") ? fill.repeat(missing) + text : text + fill.repeat(missing);
  }

  /** Every line but the first, or all; empty lines stay empty. */
  private static Object indent(String text, Arguments arguments) {
    var space = " ".repeat(arguments.length("width", 4));
    var lines = text.split("\n", -1);
    arguments.rendering().checkHeld(text.length() + (long) space.length() * lines.length);
    var out = new StringBuilder(text.length());
    for (int i = 0; i < lines.length; i++) {
      if (i > 0) {
        out.append('\n');
      }
      if (!lines[i].isEmpty() && (i > 0 || arguments.truth("first"))) {
        out.append(space);
      }
      out.append(lines[i]);
    }
    return out.toString();
  }

  /** Breaks lines between words; a word that is longer has a line of its own. */
  private static Object wordwrap(String text, Arguments arguments) {
    int width = arguments.length("width", 79);
    var indent = arguments.text("indent", "");
    var out = new StringBuilder(text.length() + 16);
    for (var line : text.split("\n", -1)) {
      if (!out.isEmpty()) {
        out.append('\n');
      }
      wrap(line, width, indent, out);
      arguments.rendering().checkHeld(out.length());
    }
    return out.toString();
  }

  private static void wrap(String line, int width, String indent, StringBuilder out) {
    int length = 0;
    boolean first = true;
    for (var word : line.split(" ")) {
      int size = Characters.count(word);
      if (!first) {
        if (length + 1 + size > width) {
          out.append('\n').append(indent);
          length = Characters.count(indent);
        } else {
          out.append(' ');
          length++;
        }
      }
      out.append(word);
      length += size;
      first = false;
    }
  }

  private static Object abbreviate(String text, Arguments arguments) {
    int width = arguments.length("length", 255);
    if (Characters.count(text) <= width) {
      return text;
    }
    return width <= 3
        ? Characters.slice(text, 0, width)
        : Characters.slice(text, 0, width - 3) + "...";
  }

  /** Cut before the word that does not fit, as Nunjucks does it; the end is not counted. */
  private static Object truncate(String text, Arguments arguments) {
    int width = arguments.length("length", 255);
    if (Characters.count(text) <= width) {
      return text;
    }
    int end = Characters.offset(text, width);
    int space = arguments.truth("killwords") ? 0 : text.lastIndexOf(' ', end);
    return text.substring(0, space <= 0 ? end : space) + arguments.text("end", "...");
  }

  private static Object center(String text, Arguments arguments) {
    int missing = arguments.length("width", 80) - Characters.count(text);
    if (missing <= 0) {
      return text;
    }
    return " ".repeat(missing - missing / 2) + text + " ".repeat(missing / 2);
  }

  /** {@code replace({"a": "b"})} as Pebble has it, or {@code replace("a", "b")}. */
  private static Object replace(String text, Arguments arguments) {
    var what = arguments.get("from");
    if (what instanceof Map<?, ?> pairs) {
      var result = text;
      for (var pair : pairs.entrySet()) {
        result =
            replaced(
                result,
                String.valueOf(pair.getKey()),
                String.valueOf(pair.getValue()),
                arguments.rendering());
      }
      return result;
    }
    if (what == null) {
      throw new BadArgument("the text to replace or its replacement is missing");
    }
    return replaced(
        text,
        Texts.of(what, arguments.rendering()),
        arguments.text("to", ""),
        arguments.rendering());
  }

  private static String replaced(String text, String from, String to, Rendering rendering) {
    if (from.isEmpty() || !text.contains(from)) {
      return text;
    }
    var out = new StringBuilder(text.length());
    int start = 0;
    for (int at; (at = text.indexOf(from, start)) >= 0; start = at + from.length()) {
      rendering.checkHeld((long) out.length() + to.length());
      out.append(text, start, at).append(to);
    }
    return out.append(text, start, text.length()).toString();
  }

  /** At a string, not at a pattern: a pattern could take forever. */
  private static Object split(String text, Arguments arguments) {
    var delimiter = arguments.text("delimiter", " ");
    long limit = arguments.count("limit", 0);
    var parts = new Lists.Built();
    if (delimiter.isEmpty()) {
      text.codePoints().forEach(c -> parts.add(Character.toString(c)));
      return parts;
    }
    int start = 0;
    for (int at; (at = text.indexOf(delimiter, start)) >= 0; start = at + delimiter.length()) {
      if (limit > 0 && parts.size() == limit - 1) {
        break;
      }
      parts.add(text.substring(start, at));
    }
    parts.add(text.substring(start));
    return parts;
  }
}
