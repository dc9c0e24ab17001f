package dev.gitvan.config.internal.document;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * Writes values as JSON, the same bytes for the same value on every Java: numbers do not depend on
 * {@link Double#toString}, which Java 19 changed.
 */
final class JsonWriter {
  /** Deeper values are somebody's loop. */
  private static final int MAX_DEPTH = 1000;

  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final StringBuilder out = new StringBuilder();
  private final boolean pretty;

  private JsonWriter(boolean pretty) {
    this.pretty = pretty;
  }

  static String write(Object value, boolean pretty) {
    var writer = new JsonWriter(pretty);
    writer.value(value, 0);
    return writer.out.toString();
  }

  private void value(Object value, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("nested deeper than " + MAX_DEPTH + " levels");
    }
    if (value instanceof CharSequence text) {
      text(text);
    } else if (value instanceof Map<?, ?> map) {
      map(map, depth);
    } else if (value instanceof java.nio.file.Path path) {
      // A path is an iterable of paths: it must not be taken for a list.
      text(path.toString());
    } else if (value instanceof Iterable<?> items) {
      list(items.iterator(), depth);
    } else if (value instanceof Number number) {
      number(number);
    } else if (value == null || value instanceof Boolean) {
      out.append(value);
    } else if (value instanceof Optional<?> optional) {
      value(optional.orElse(null), depth);
    } else {
      text(value.toString());
    }
  }

  private void number(Number number) {
    if (number instanceof Double || number instanceof Float) {
      double real = number.doubleValue();
      if (Double.isNaN(real) || Double.isInfinite(real)) {
        out.append("null");
      } else if (number instanceof Float) {
        out.append(NumberOutput.toString(number.floatValue(), true));
      } else {
        out.append(NumberOutput.toString(real, true));
      }
    } else if (number instanceof BigDecimal decimal) {
      out.append(decimal.toString());
    } else {
      out.append(number);
    }
  }

  private void map(Map<?, ?> map, int depth) {
    out.append('{');
    boolean first = true;
    for (var entry : map.entrySet()) {
      separate(first, depth + 1);
      first = false;
      text(String.valueOf(entry.getKey()));
      out.append(pretty ? ": " : ":");
      value(entry.getValue(), depth + 1);
    }
    close(first, depth, '}');
  }

  private void list(Iterator<?> items, int depth) {
    out.append('[');
    boolean first = true;
    while (items.hasNext()) {
      separate(first, depth + 1);
      first = false;
      value(items.next(), depth + 1);
    }
    close(first, depth, ']');
  }

  private void separate(boolean first, int depth) {
    if (!first) {
      out.append(',');
    }
    newLine(depth);
  }

  private void close(boolean empty, int depth, char bracket) {
    if (!empty) {
      newLine(depth);
    }
    out.append(bracket);
  }

  private void newLine(int depth) {
    if (pretty) {
      out.append('\n').append("  ".repeat(depth));
    }
  }

  private void text(CharSequence text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c != '"' && c != '\\' && c < 0x7f) {
        out.append(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        out.append(c).append(text.charAt(++i));
      } else {
        escape(c);
      }
    }
    out.append('"');
  }

  private void escape(char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (Character.isSurrogate(c)) {
          // Half a character cannot be written as UTF-8, and readers refuse its escape.
          out.append('\ufffd');
        } else if (c < ' ' || c == 0x7f || c == '\u2028' || c == '\u2029') {
          out.append("\\u").append(HEX[c >> 12]).append(HEX[c >> 8 & 15]);
          out.append(HEX[c >> 4 & 15]).append(HEX[c & 15]);
        } else {
          out.append(c);
        }
      }
    }
  }
}
