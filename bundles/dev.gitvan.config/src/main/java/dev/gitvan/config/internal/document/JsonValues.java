package dev.gitvan.config.internal.document;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@link JsonReader} reads, without nodes and places in between. For errors in a document,
 * {@link JsonReader} reads it again.
 */
final class JsonValues {
  private final JsonParser parser;
  private final int maxDepth;

  private JsonValues(JsonParser parser, int maxDepth) {
    this.parser = parser;
    this.maxDepth = maxDepth;
  }

  static Object read(String text, String name, Limits limits) {
    try (var parser = JsonReader.factory().createParser(text)) {
      return new JsonValues(parser, limits.maxDepth()).document();
    } catch (IOException | Unusual e) {
      return JsonReader.read(text, name, limits).value();
    }
  }

  /** The document is empty, or something is wrong in it. */
  private static final class Unusual extends Exception {
    private static final long serialVersionUID = 1L;

    Unusual() {
      super(null, null, false, false);
    }
  }

  private Object document() throws IOException, Unusual {
    var first = parser.nextToken();
    if (first == null) {
      throw new Unusual();
    }
    var root = value(first, 1);
    if (parser.nextToken() != null) {
      throw new Unusual();
    }
    return root;
  }

  private Object value(JsonToken token, int depth) throws IOException, Unusual {
    return switch (token) {
      case START_OBJECT -> object(depth);
      case START_ARRAY -> array(depth);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> JsonReader.integer(parser);
      case VALUE_NUMBER_FLOAT -> real();
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      case VALUE_NULL -> null;
      default -> throw new Unusual();
    };
  }

  private Double real() throws IOException, Unusual {
    try {
      return CoreSchema.real(parser.getText());
    } catch (CoreSchema.UnfitNumber e) {
      throw new Unusual();
    }
  }

  private Map<String, Object> object(int depth) throws IOException, Unusual {
    enter(depth);
    var entries = new LinkedHashMap<String, Object>();
    int count = 0;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var key = parser.currentName();
      entries.put(key, value(parser.nextToken(), depth + 1));
      if (entries.size() != ++count) {
        throw new Unusual(); // The key was there before.
      }
    }
    return Collections.unmodifiableMap(entries);
  }

  private List<Object> array(int depth) throws IOException, Unusual {
    enter(depth);
    var items = new ArrayList<>();
    for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
      items.add(value(token, depth + 1));
    }
    return Collections.unmodifiableList(items);
  }

  private void enter(int depth) throws Unusual {
    if (depth > maxDepth) {
      throw new Unusual();
    }
  }
}
