package dev.gitvan.schema;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.Nearest;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Node;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Describes values of YAML and JSON files. One description serves two purposes: {@link #check}
 * finds what is wrong with a value, and {@link #json} is its JSON Schema for editors. Immutable.
 */
public sealed interface Schema {
  /** What the value is for: one sentence that editors show. */
  String description();

  /** What the value must be, for messages: {@code a string}. */
  String kind();

  /** Whether a value is of the right type, whatever is in it. */
  boolean accepts(Node node);

  /**
   * Finds everything that is wrong with a value.
   *
   * @param key how messages name the value, such as {@code commit.message}
   * @param problems takes problems with file:line:column: {@code CONFIG_TYPE}, {@code
   *     CONFIG_RANGE}, {@code CONFIG_REQUIRED}, {@code CONFIG_UNKNOWN_KEY}
   */
  default void check(Node node, String key, Consumer<Problem> problems) {
    if (accepts(node)) {
      checkContent(node, key, problems);
    } else {
      problems.accept(
          problem(
              Codes.CONFIG_TYPE,
              node,
              key + " must be " + kind() + ", but is " + node.describe(),
              "Write " + kind() + "."));
    }
  }

  /** Finds everything that is wrong with a value of the right type. */
  default void checkContent(Node node, String key, Consumer<Problem> problems) {}

  /** The JSON Schema (draft 2020-12), in the order in which it is printed. */
  Map<String, Object> json();

  /** A string that is not blank. */
  static Schema text(String description) {
    return new Text(description);
  }

  /** A string, number or boolean, as it is written. */
  static Schema scalar(String description) {
    return new Scalar(description);
  }

  /** A whole number in a range, both ends included. */
  static Schema whole(int min, int max, String description) {
    return new Whole(min, max, description);
  }

  /** True or false. */
  static Schema flag(String description) {
    return new Flag(description);
  }

  /** One of a few words. */
  static Schema choice(List<String> words, String description) {
    return new Choice(words, description);
  }

  /**
   * A list.
   *
   * @param min smallest number of items
   */
  static Schema list(Schema item, int min, String description) {
    return new Items(item, min, description);
  }

  /** A mapping with certain keys and no others: add them to what is returned. */
  static Mapping mapping(String description) {
    return new Mapping(Map.of(), List.of(), description);
  }

  /** A mapping with any keys and values. */
  static Schema anyMapping(String description) {
    return new AnyMapping(description);
  }

  /** A value of one of several types. */
  static Schema either(List<Schema> options, String description) {
    return new Either(options, description);
  }

  /** Any value. */
  static Schema any(String description) {
    return new Any(description);
  }

  /** See {@link Schema#text}. */
  record Text(String description) implements Schema {
    @Override
    public String kind() {
      return "a string";
    }

    @Override
    public boolean accepts(Node node) {
      return node instanceof Node.Scalar scalar
          && scalar.value() instanceof String text
          && !text.isBlank();
    }

    @Override
    public Map<String, Object> json() {
      return ordered("type", "string", "description", description);
    }
  }

  /** See {@link Schema#scalar}. */
  record Scalar(String description) implements Schema {
    @Override
    public String kind() {
      return "a string or a number";
    }

    @Override
    public boolean accepts(Node node) {
      return node instanceof Node.Scalar scalar && scalar.value() != null;
    }

    @Override
    public Map<String, Object> json() {
      return ordered("type", List.of("string", "number", "boolean"), "description", description);
    }
  }

  /** See {@link Schema#whole}. */
  record Whole(int min, int max, String description) implements Schema {
    @Override
    public String kind() {
      return "a whole number from " + min + "–" + max;
    }

    @Override
    public boolean accepts(Node node) {
      return node instanceof Node.Scalar scalar
          && scalar.value() instanceof Number number
          && number.doubleValue() == Math.rint(number.doubleValue());
    }

    @Override
    public void checkContent(Node node, String key, Consumer<Problem> problems) {
      var number = (Number) ((Node.Scalar) node).value();
      double value = number.doubleValue();
      if (number instanceof BigInteger || value < min || value > max) {
        problems.accept(
            problem(
                Codes.CONFIG_RANGE,
                node,
                key + " must be " + min + "–" + max + ", but is " + node.describe(),
                "Choose a number in that range."));
      }
    }

    @Override
    public Map<String, Object> json() {
      return ordered("type", "integer", "minimum", min, "maximum", max, "description", description);
    }
  }

  /** See {@link Schema#flag}. */
  record Flag(String description) implements Schema {
    @Override
    public String kind() {
      return "true or false";
    }

    @Override
    public boolean accepts(Node node) {
      return node instanceof Node.Scalar scalar && scalar.value() instanceof Boolean;
    }

    @Override
    public Map<String, Object> json() {
      return ordered("type", "boolean", "description", description);
    }
  }

  /** See {@link Schema#choice}. */
  record Choice(List<String> words, String description) implements Schema {
    public Choice {
      words = List.copyOf(words);
    }

    @Override
    public String kind() {
      return String.join(" or ", words);
    }

    @Override
    public boolean accepts(Node node) {
      return node instanceof Node.Scalar scalar && scalar.value() instanceof String;
    }

    @Override
    public void checkContent(Node node, String key, Consumer<Problem> problems) {
      var word = ((Node.Scalar) node).text();
      if (!words.contains(word)) {
        problems.accept(
            problem(
                Codes.CONFIG_RANGE,
                node,
                key + " must be " + kind() + ", but is " + node.describe(),
                Nearest.sentence(word, words, "Choose one of them.")));
      }
    }

    @Override
    public Map<String, Object> json() {
      return ordered("enum", words, "description", description);
    }
  }

  /** See {@link Schema#list}. */
  record Items(Schema item, int min, String description) implements Schema {
    @Override
    public String kind() {
      return "a list";
    }

    @Override
    public boolean accepts(Node node) {
      return node instanceof Node.Sequence;
    }

    @Override
    public void checkContent(Node node, String key, Consumer<Problem> problems) {
      var items = ((Node.Sequence) node).items();
      if (items.size() < min) {
        problems.accept(
            problem(
                Codes.CONFIG_REQUIRED,
                node,
                key + (items.isEmpty() ? " is empty" : " has only " + items.size() + " items"),
                "Add at least " + (min == 1 ? "one item." : min + " items.")));
      }
      items.forEach(each -> item.check(each, "an item of " + key, problems));
    }

    @Override
    public Map<String, Object> json() {
      var json = ordered("type", "array", "items", item.json(), "description", description);
      if (min > 0) {
        json.put("minItems", min);
      }
      return json;
    }
  }

  /**
   * See {@link Schema#mapping}.
   *
   * @param required keys that must be there
   */
  record Mapping(Map<String, Schema> keys, List<String> required, String description)
      implements Schema {
    public Mapping {
      keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
      required = List.copyOf(required);
    }

    /** The same with a key that must be there. */
    public Mapping require(String key, Schema schema) {
      var more = new ArrayList<>(required);
      more.add(key);
      return new Mapping(allow(key, schema).keys(), more, description);
    }

    /** The same with a key that may be there. */
    public Mapping allow(String key, Schema schema) {
      var more = new LinkedHashMap<>(keys);
      more.put(key, schema);
      return new Mapping(more, required, description);
    }

    @Override
    public String kind() {
      return "a mapping";
    }

    @Override
    public boolean accepts(Node node) {
      return node instanceof Node.Mapping;
    }

    @Override
    public void checkContent(Node node, String key, Consumer<Problem> problems) {
      var mapping = (Node.Mapping) node;
      mapping
          .entries()
          .forEach(
              (name, value) -> {
                var schema = keys.get(name);
                if (schema == null) {
                  problems.accept(unknown(mapping, name, key));
                } else {
                  schema.check(value, key + "." + name, problems);
                }
              });
      for (var name : required) {
        if (!mapping.entries().containsKey(name)) {
          problems.accept(
              problem(
                  Codes.CONFIG_REQUIRED, node, key + " has no " + name, "Add " + name + " to it."));
        }
      }
    }

    private Problem unknown(Node.Mapping mapping, String name, String key) {
      var known = new TreeSet<>(keys.keySet());
      return new Problem(
          Codes.CONFIG_UNKNOWN_KEY,
          mapping.keyPlaces().get(name).toString(),
          "there is no key " + name + " in " + key,
          Nearest.sentence(name, known, "The keys are " + String.join(", ", known) + "."));
    }

    @Override
    public Map<String, Object> json() {
      var properties = new LinkedHashMap<String, Object>();
      keys.forEach((key, schema) -> properties.put(key, schema.json()));
      return ordered(
          "type",
          "object",
          "description",
          description,
          "properties",
          properties,
          "required",
          required,
          "additionalProperties",
          false);
    }
  }

  /** See {@link Schema#anyMapping}. */
  record AnyMapping(String description) implements Schema {
    @Override
    public String kind() {
      return "a mapping";
    }

    @Override
    public boolean accepts(Node node) {
      return node instanceof Node.Mapping;
    }

    @Override
    public Map<String, Object> json() {
      return ordered("type", "object", "description", description);
    }
  }

  /** See {@link Schema#either}. */
  record Either(List<Schema> options, String description) implements Schema {
    public Either {
      options = List.copyOf(options);
    }

    @Override
    public String kind() {
      return options.stream().map(Schema::kind).collect(Collectors.joining(" or "));
    }

    @Override
    public boolean accepts(Node node) {
      return options.stream().anyMatch(option -> option.accepts(node));
    }

    @Override
    public void checkContent(Node node, String key, Consumer<Problem> problems) {
      options.stream()
          .filter(option -> option.accepts(node))
          .findFirst()
          .ifPresent(option -> option.checkContent(node, key, problems));
    }

    @Override
    public Map<String, Object> json() {
      return ordered(
          "anyOf", options.stream().map(Schema::json).toList(), "description", description);
    }
  }

  /** See {@link Schema#any}. */
  record Any(String description) implements Schema {
    @Override
    public String kind() {
      return "a value";
    }

    @Override
    public boolean accepts(Node node) {
      return true;
    }

    @Override
    public Map<String, Object> json() {
      return ordered("description", description);
    }
  }

  private static Problem problem(ErrorCode code, Node node, String what, String remedy) {
    return new Problem(code, node.place().toString(), what, remedy);
  }

  private static Map<String, Object> ordered(Object... entries) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < entries.length; i += 2) {
      map.put((String) entries[i], entries[i + 1]);
    }
    map.values().removeIf(value -> value.equals("") || value.equals(List.of()));
    return map;
  }
}
