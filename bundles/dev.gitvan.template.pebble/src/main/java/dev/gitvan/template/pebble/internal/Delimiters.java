package dev.gitvan.template.pebble.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the first delimiter that is not closed, when a template does not parse: Pebble then takes
 * the text that follows for an expression, and complains about that.
 */
final class Delimiters {
  private static final Map<String, String> CLOSING = Map.of("{{", "}}", "{%", "%}", "{#", "#}");

  private final String text;
  private final String template;

  private Delimiters(String text, String template) {
    this.text = text;
    this.template = template;
  }

  /** The problem with the first delimiter that is not closed. */
  static Optional<GitVanException> unclosed(String text, String template) {
    return new Delimiters(text, template).find();
  }

  private Optional<GitVanException> find() {
    for (int i = 0; i + 1 < text.length(); i++) {
      var opening = text.substring(i, i + 2);
      var closing = CLOSING.get(opening);
      if (closing == null) {
        continue;
      }
      int end = opening.equals("{#") ? text.indexOf(closing, i + 2) : end(i + 2, closing);
      if (end < 0) {
        return Optional.of(
            Failure.of(
                Codes.TEMPLATE_SYNTAX,
                template,
                line(i),
                "unclosed " + opening,
                "Close it with " + closing + "."));
      }
      if (opening.equals("{%") && tagName(i + 2).equals("verbatim")) {
        end = text.indexOf("endverbatim", end);
        if (end < 0) {
          return Optional.empty();
        }
      } else {
        end += 1;
      }
      i = end;
    }
    return Optional.empty();
  }

  /** Where it is closed: before any other begins, outside of quotes. -1 when it is not. */
  private int end(int from, String closing) {
    char quote = 0;
    for (int i = from; i + 1 < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c == '\\') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (text.startsWith(closing, i)) {
        return i;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (text.startsWith("{%", i) || text.startsWith("{{", i)) {
        return -1;
      }
    }
    return -1;
  }

  private String tagName(int from) {
    int start = from;
    while (start < text.length()
        && (text.charAt(start) == '-' || Character.isWhitespace(text.charAt(start)))) {
      start++;
    }
    int end = start;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    return text.substring(start, end);
  }

  private int line(int index) {
    return 1 + (int) text.substring(0, index).chars().filter(c -> c == '\n').count();
  }
}
