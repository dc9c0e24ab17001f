package dev.gitvan.config;

import dev.gitvan.document.Node;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The types behind the factory methods of {@link SettingType}. */
final class SettingTypes {
  static final SettingType<Boolean> FLAG = new Flag();

  private SettingTypes() {}

  record Flag() implements SettingType<Boolean> {
    @Override
    public Boolean read(Node node) throws InvalidSettingException {
      if (node instanceof Node.Scalar scalar && scalar.value() instanceof Boolean flag) {
        return flag;
      }
      throw InvalidSettingException.type("true or false", node);
    }

    @Override
    public Object written(Boolean value) {
      return value;
    }

    @Override
    public Map<String, Object> schema() {
      return Map.of("type", "boolean");
    }
  }

  record Text(Pattern allowed, String expected) implements SettingType<String> {
    @Override
    public String read(Node node) throws InvalidSettingException {
      if (!(node instanceof Node.Scalar scalar && scalar.value() instanceof String text)) {
        throw InvalidSettingException.type("a string", node);
      }
      if (!allowed.matcher(text).matches()) {
        throw InvalidSettingException.range(expected, node);
      }
      return text;
    }

    @Override
    public Object written(String value) {
      return value;
    }

    @Override
    public Map<String, Object> schema() {
      return ordered("type", "string", "pattern", "^(?:" + allowed.pattern() + ")$");
    }
  }

  record Items<T>(SettingType<T> item) implements SettingType<List<T>> {
    @Override
    public List<T> read(Node node) throws InvalidSettingException {
      if (!(node instanceof Node.Sequence list)) {
        throw InvalidSettingException.type("a list", node);
      }
      var values = new ArrayList<T>();
      for (var entry : list.items()) {
        values.add(item.read(entry));
      }
      return List.copyOf(values);
    }

    @Override
    public Object written(List<T> value) {
      return value.stream().map(item::written).toList();
    }

    @Override
    public Map<String, Object> schema() {
      return ordered("type", "array", "items", item.schema());
    }
  }

  record Entries<T>(SettingType<String> key, SettingType<T> type)
      implements SettingType<Map<String, T>> {
    @Override
    public Map<String, T> read(Node node) throws InvalidSettingException {
      if (!(node instanceof Node.Mapping mapping)) {
        throw InvalidSettingException.type("a mapping", node);
      }
      var values = new LinkedHashMap<String, T>();
      for (var entry : mapping.entries().entrySet()) {
        var name = entry.getKey();
        var place = mapping.keyPlaces().get(name);
        values.put(key.read(new Node.Scalar(place, name, name)), type.read(entry.getValue()));
      }
      return Collections.unmodifiableMap(values);
    }

    @Override
    public Object written(Map<String, T> value) {
      var written = new LinkedHashMap<String, Object>();
      value.forEach((name, each) -> written.put(name, type.written(each)));
      return written;
    }

    @Override
    public Map<String, Object> schema() {
      return ordered(
          "type", "object", "propertyNames", key.schema(), "additionalProperties", type.schema());
    }
  }

  record Choice<E extends Enum<E>>(Class<E> constants) implements SettingType<E> {
    @Override
    public E read(Node node) throws InvalidSettingException {
      if (!(node instanceof Node.Scalar scalar && scalar.value() instanceof String text)) {
        throw InvalidSettingException.type(String.join(" or ", words()), node);
      }
      for (var constant : constants.getEnumConstants()) {
        if (written(constant).equals(text)) {
          return constant;
        }
      }
      throw InvalidSettingException.range(String.join(" or ", words()), node);
    }

    @Override
    public Object written(E value) {
      return value.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Map<String, Object> schema() {
      return Map.of("enum", words());
    }

    private List<String> words() {
      var words = new ArrayList<String>();
      for (var constant : constants.getEnumConstants()) {
        words.add((String) written(constant));
      }
      return words;
    }
  }

  record WholeNumber(int min, int max) implements SettingType<Integer> {
    @Override
    public Integer read(Node node) throws InvalidSettingException {
      if (!(node instanceof Node.Scalar scalar && scalar.value() instanceof Number number)
          || number instanceof Double real && real != Math.rint(real)) {
        throw InvalidSettingException.type("a whole number from " + range(), node);
      }
      // YAML reads 1e9 as a float, but it is a whole number to its author.
      double value = number.doubleValue();
      if (number instanceof BigInteger || value < min || value > max) {
        throw InvalidSettingException.range(range(), node);
      }
      return (int) value;
    }

    private String range() {
      return min + "–" + max;
    }

    @Override
    public Object written(Integer value) {
      return (long) value;
    }

    @Override
    public Map<String, Object> schema() {
      return ordered("type", "integer", "minimum", min, "maximum", max);
    }
  }

  record Time(Duration min, Duration max) implements SettingType<Duration> {
    @Override
    public Duration read(Node node) throws InvalidSettingException {
      var value = Quantities.duration(text(node));
      if (value.isEmpty()) {
        throw InvalidSettingException.type("a duration such as 250ms, 30s, 5m or 2h", node);
      }
      if (value.get().compareTo(min) < 0 || value.get().compareTo(max) > 0) {
        throw InvalidSettingException.range(
            Quantities.format(min) + "–" + Quantities.format(max), text(node));
      }
      return value.get();
    }

    @Override
    public Object written(Duration value) {
      return Quantities.format(value);
    }

    @Override
    public Map<String, Object> schema() {
      return ordered("type", "string", "pattern", Quantities.DURATION_PATTERN);
    }
  }

  record Size(long min, long max) implements SettingType<Long> {
    @Override
    public Long read(Node node) throws InvalidSettingException {
      var value = Quantities.size(text(node));
      if (value.isEmpty()) {
        throw InvalidSettingException.type("a size such as 64KiB or 256MiB", node);
      }
      if (value.get() < min || value.get() > max) {
        throw InvalidSettingException.range(
            Quantities.format(min) + "–" + Quantities.format(max), text(node));
      }
      return value.get();
    }

    @Override
    public Object written(Long value) {
      return Quantities.format(value);
    }

    @Override
    public Map<String, Object> schema() {
      return ordered(
          "type", List.of("string", "integer"), "pattern", "^[0-9]{1,12}(B|KiB|MiB|GiB)?$");
    }
  }

  record Rate(Size size) implements SettingType<Long> {
    private static final String OFF = "off";

    @Override
    public Long read(Node node) throws InvalidSettingException {
      if (node instanceof Node.Scalar scalar && OFF.equals(scalar.value())) {
        return 0L;
      }
      try {
        return size.read(node);
      } catch (InvalidSettingException e) {
        throw e.orWord(OFF);
      }
    }

    @Override
    public Object written(Long value) {
      return value == 0 ? OFF : size.written(value);
    }

    @Override
    public Map<String, Object> schema() {
      return ordered(
          "type", List.of("string", "integer"), "pattern", "^([0-9]{1,12}(B|KiB|MiB|GiB)?|off)$");
    }
  }

  private static String text(Node node) {
    return node instanceof Node.Scalar scalar ? scalar.text() : "";
  }

  private static Map<String, Object> ordered(Object... entries) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < entries.length; i += 2) {
      map.put((String) entries[i], entries[i + 1]);
    }
    return map;
  }
}
