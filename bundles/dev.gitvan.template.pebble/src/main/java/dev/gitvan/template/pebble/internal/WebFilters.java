package dev.gitvan.template.pebble.internal;

import static dev.gitvan.template.pebble.internal.SimpleFilter.of;
import static dev.gitvan.template.pebble.internal.SimpleFilter.ofText;

import dev.gitvan.template.pebble.internal.SimpleFilter.Arguments;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.extension.escaper.EscapeFilter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Filters for pages and addresses. */
final class WebFilters {
  private WebFilters() {}

  static void addTo(Map<String, Filter> filters) {
    filters.put("e", new EscapeFilter());
    filters.put("urlencode", of(WebFilters::urlEncode));
    filters.put("nl2br", ofText((text, a) -> withBreaks(text, a.rendering())));
    filters.put("striptags", ofText((text, a) -> withoutTags(text)));
  }

  /** A string as part of an address, or a map as its query. */
  private static Object urlEncode(Object input, Arguments arguments) {
    if (!(input instanceof Map<?, ?> map)) {
      return encoded(Texts.of(input, arguments.rendering()), arguments.rendering());
    }
    var query = new StringBuilder();
    for (var entry : map.entrySet()) {
      query.append(query.isEmpty() ? "" : "&");
      query.append(encoded(Texts.of(entry.getKey(), arguments.rendering()), arguments.rendering()));
      query.append('=');
      var value = entry.getValue() == null ? "" : entry.getValue();
      query.append(encoded(Texts.of(value, arguments.rendering()), arguments.rendering()));
      arguments.rendering().checkHeld(query.length());
    }
    return query.toString();
  }

  private static String encoded(String text, Rendering rendering) {
    rendering.checkHeld(text.length() * 3L);
    // A plus is a space in a query only; %20 is one everywhere.
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String withBreaks(String text, Rendering rendering) {
    var out = new StringBuilder(text.length() + 64);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
        continue;
      }
      if (c == '\n' || c == '\r') {
        out.append("<br />\n");
        rendering.checkHeld(out.length());
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** Without what is between angle brackets, and with one space wherever there are several. */
  private static String withoutTags(String text) {
    var out = new StringBuilder(text.length());
    boolean space = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int end = c == '<' ? endOfTag(text, i) : -1;
      if (end >= 0) {
        i = end;
      } else if (Character.isWhitespace(c)) {
        space = true;
      } else {
        if (space && !out.isEmpty()) {
          out.append(' ');
        }
        space = false;
        out.append(c);
      }
    }
    return out.toString();
  }

  /** Where a tag or comment that begins there ends; -1 when none begins there. */
  private static int endOfTag(String text, int from) {
    if (text.startsWith("<!--", from)) {
      int end = text.indexOf("-->", from + 4);
      return end < 0 ? -1 : end + 2;
    }
    boolean tag =
        from + 1 < text.length()
            && (Character.isLetter(text.charAt(from + 1))
                || "/!?".indexOf(text.charAt(from + 1)) >= 0);
    return tag ? text.indexOf('>', from) : -1;
  }
}
