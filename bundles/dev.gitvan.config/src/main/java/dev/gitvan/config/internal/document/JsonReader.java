package dev.gitvan.config.internal.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.Node;
import dev.gitvan.document.Place;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** Builds nodes from JSON tokens: strict JSON, with the place of every value and key. */
final class JsonReader {
  private static final StreamReadConstraints CONSTRAINTS =
      StreamReadConstraints.builder()
          // Ours are checked while the nodes are built, where the place is known.
          .maxNestingDepth(Integer.MAX_VALUE)
          .maxStringLength(Integer.MAX_VALUE)
          .maxNameLength(Integer.MAX_VALUE)
          .maxNumberLength(CoreSchema.MAX_DIGITS)
          .build();

  private final JsonParser parser;
  private final String name;
  private final Limits limits;

  /** Where the open brackets and braces are, the innermost first. */
  private final Deque<Place> open = new ArrayDeque<>();

  private JsonReader(JsonParser parser, String name, Limits limits) {
    this.parser = parser;
    this.name = name;
    this.limits = limits;
  }

  static Node read(String text, String name, Limits limits) {
    try (var parser = factory().createParser(text)) {
      return new JsonReader(parser, name, limits).document();
    } catch (IOException e) {
      throw GitVanException.of(
          Codes.CONFIG_PARSE, name, "invalid JSON", "Check the file's syntax.");
    }
  }

  /**
   * One for each document. It makes equal names the same text, which templates find faster; names
   * come from anybody's files, and a table shared by all would grow with them.
   */
  static JsonFactory factory() {
    return JsonFactory.builder()
        .streamReadConstraints(CONSTRAINTS)
        .enable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
        .build();
  }

  private Node document() throws IOException {
    try {
      if (parser.nextToken() == null) {
        return new Node.Mapping(new Place(name, 1, 1), Map.of(), Map.of());
      }
      var root = node(1);
      if (parser.nextToken() != null) {
        throw GitVanException.of(
            Codes.CONFIG_PARSE,
            tokenPlace().toString(),
            "unexpected content after the end of the document",
            "Keep one value per file.");
      }
      return root;
    } catch (JsonEOFException e) {
      throw ended();
    } catch (StreamConstraintsException e) {
      throw YamlReader.unfit(
          new CoreSchema.UnfitNumber("a number of more than " + CoreSchema.MAX_DIGITS + " digits"),
          tokenPlace());
    } catch (JsonProcessingException e) {
      throw wrong(e);
    }
  }

  private Node node(int depth) throws IOException {
    var place = tokenPlace();
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        enter(place, depth);
        yield object(place, depth);
      }
      case START_ARRAY -> {
        enter(place, depth);
        yield array(place, depth);
      }
      case VALUE_STRING -> new Node.Scalar(place, parser.getText(), parser.getText());
      case VALUE_NUMBER_INT -> new Node.Scalar(place, integer(parser), parser.getText());
      case VALUE_NUMBER_FLOAT -> new Node.Scalar(place, real(place), parser.getText());
      case VALUE_TRUE -> new Node.Scalar(place, Boolean.TRUE, "true");
      case VALUE_FALSE -> new Node.Scalar(place, Boolean.FALSE, "false");
      case VALUE_NULL -> new Node.Scalar(place, null, "null");
      default -> throw new JsonParseException(parser, "no value");
    };
  }

  private void enter(Place place, int depth) {
    if (depth > limits.maxDepth()) {
      throw YamlReader.tooDeep(place, limits);
    }
    open.push(place);
  }

  private Double real(Place place) throws IOException {
    try {
      return CoreSchema.real(parser.getText());
    } catch (CoreSchema.UnfitNumber e) {
      throw YamlReader.unfit(e, place);
    }
  }

  private Node object(Place place, int depth) throws IOException {
    var entries = new LinkedHashMap<String, Node>();
    var places = new LinkedHashMap<String, Place>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var key = parser.currentName();
      var at = tokenPlace();
      var first = places.putIfAbsent(key, at);
      if (first != null) {
        throw YamlReader.duplicate(key, first, at);
      }
      parser.nextToken();
      entries.put(key, node(depth + 1));
    }
    open.pop();
    return new Node.Mapping(place, entries, places);
  }

  private Node array(Place place, int depth) throws IOException {
    var items = new ArrayList<Node>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(depth + 1));
    }
    open.pop();
    return new Node.Sequence(place, items);
  }

  private GitVanException ended() {
    var location = parser.currentLocation();
    var at = new Place(name, location.getLineNr(), Math.max(1, location.getColumnNr()));
    return GitVanException.of(
        Codes.CONFIG_PARSE,
        at.toString(),
        open.isEmpty()
            ? "the document ends in the middle of a value"
            : "the document ends before the bracket opened at "
                + open.peek().line()
                + ":"
                + open.peek().column()
                + " is closed",
        "Close it.");
  }

  private GitVanException wrong(JsonProcessingException failure) {
    var location = failure.getLocation();
    var at =
        location == null || location.getLineNr() < 1
            ? Place.of(name)
            : new Place(name, location.getLineNr(), Math.max(1, location.getColumnNr()));
    var words = JsonWords.of(String.valueOf(failure.getOriginalMessage()));
    return GitVanException.of(Codes.CONFIG_PARSE, at.toString(), words.what(), words.remedy());
  }

  private Place tokenPlace() {
    var location = parser.currentTokenLocation();
    return new Place(name, location.getLineNr(), location.getColumnNr());
  }

  /** Hardly any number is longer than a long. */
  static Object integer(JsonParser parser) throws IOException {
    return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        ? CoreSchema.narrow(parser.getBigIntegerValue())
        : (Object) parser.getLongValue();
  }
}
