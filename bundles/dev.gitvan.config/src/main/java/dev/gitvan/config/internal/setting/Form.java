package dev.gitvan.config.internal.setting;

import dev.gitvan.config.Quantities;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.document.Node;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The form of a setting's values: how they are read, which are allowed, how they are written, and
 * what the JSON Schema says of them.
 *
 * @param <T> the type of a value that has been read
 */
sealed interface Form<T> {
  /**
   * Reads a value.
   *
   * @throws Misfit when it is of another type or outside its range
   */
  T read(Node node) throws Misfit;

  /** The value as it would be written. */
  Object written(T value);

  /** The schema of a value, without its description and default. */
  Map<String, Object> schema();

  /** A value that does not fit; the message continues 'KEY must be ...'. */
  final class Misfit extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;

    Misfit(String code, String message) {
      super(message);
      this.code = code;
    }

    String code() {
      return code;
    }

    static Misfit type(String wanted, Node found) {
      return new Misfit(Codes.CONFIG_TYPE, wanted + ", but is " + describe(found));
    }

    static Misfit range(String wanted, String found) {
      return new Misfit(Codes.CONFIG_RANGE, wanted + ", but is " + found);
    }

    /** A value for people: its kind, or what was written. */
    static String describe(Node node) {
      if (node instanceof Node.Mapping) {
        return "a mapping";
      }
      if (node instanceof Node.Sequence) {
        return "a list";
      }
      var text = ((Node.Scalar) node).text();
      var shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
      return ((Node.Scalar) node).value() instanceof String ? '"' + shown + '"' : shown;
    }
  }

  /** True or false. */
  record Flag() implements Form<Boolean> {
    @Override
    public Boolean read(Node node) throws Misfit {
      if (node instanceof Node.Scalar scalar && scalar.value() instanceof Boolean flag) {
        return flag;
      }
      throw Misfit.type("true or false", node);
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

  /**
   * A text.
   *
   * @param allowed what it must match
   * @param wanted what that is, for people
   */
  record Text(Pattern allowed, String wanted) implements Form<String> {
    @Override
    public String read(Node node) throws Misfit {
      if (!(node instanceof Node.Scalar scalar && scalar.value() instanceof String text)) {
        throw Misfit.type("a text", node);
      }
      if (!allowed.matcher(text).matches()) {
        throw Misfit.range(wanted, Misfit.describe(node));
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

  /** A list of texts. */
  record Texts(Text item) implements Form<List<String>> {
    @Override
    public List<String> read(Node node) throws Misfit {
      if (!(node instanceof Node.Sequence list)) {
        throw Misfit.type("a list of texts", node);
      }
      var texts = new ArrayList<String>();
      for (var entry : list.items()) {
        texts.add(item.read(entry));
      }
      return List.copyOf(texts);
    }

    @Override
    public Object written(List<String> value) {
      return value;
    }

    @Override
    public Map<String, Object> schema() {
      return ordered("type", "array", "items", item.schema());
    }
  }

  /** One of a few words. */
  record Choice<E extends Enum<E>>(Class<E> words) implements Form<E> {
    @Override
    public E read(Node node) throws Misfit {
      if (!(node instanceof Node.Scalar scalar && scalar.value() instanceof String text)) {
        throw Misfit.type(String.join(" or ", all()), node);
      }
      for (var word : words.getEnumConstants()) {
        if (written(word).equals(text)) {
          return word;
        }
      }
      throw Misfit.range(String.join(" or ", all()), Misfit.describe(node));
    }

    @Override
    public Object written(E value) {
      return value.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Map<String, Object> schema() {
      return Map.of("enum", all());
    }

    private List<String> all() {
      var all = new ArrayList<String>();
      for (var word : words.getEnumConstants()) {
        all.add((String) written(word));
      }
      return all;
    }
  }

  /** A whole number. */
  record Whole(int min, int max) implements Form<Integer> {
    @Override
    public Integer read(Node node) throws Misfit {
      if (!(node instanceof Node.Scalar scalar && scalar.value() instanceof Number number)
          || number instanceof Double real && real != Math.rint(real)) {
        throw Misfit.type("a whole number from " + range(), node);
      }
      // 1e9 is a float to YAML and a whole number to whoever wrote it.
      double value = number.doubleValue();
      if (number instanceof BigInteger || value < min || value > max) {
        throw Misfit.range(range(), Misfit.describe(node));
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

  /** A duration. */
  record Time(Duration min, Duration max) implements Form<Duration> {
    /** A duration as it is written; the schema's pattern. */
    static final String PATTERN = "^[0-9]{1,12}(ms|s|m|h|d)$";

    @Override
    public Duration read(Node node) throws Misfit {
      var text = node instanceof Node.Scalar scalar ? scalar.text() : "";
      var value = Quantities.duration(text);
      if (value.isEmpty()) {
        throw Misfit.type("a duration such as 250ms, 30s, 5m or 2h", node);
      }
      if (value.get().compareTo(min) < 0 || value.get().compareTo(max) > 0) {
        throw Misfit.range(Quantities.format(min) + "–" + Quantities.format(max), text);
      }
      return value.get();
    }

    @Override
    public Object written(Duration value) {
      return Quantities.format(value);
    }

    @Override
    public Map<String, Object> schema() {
      return ordered("type", "string", "pattern", PATTERN);
    }
  }

  /** A number of bytes. */
  record Size(long min, long max) implements Form<Long> {
    @Override
    public Long read(Node node) throws Misfit {
      var text = node instanceof Node.Scalar scalar ? scalar.text() : "";
      var value = Quantities.size(text);
      if (value.isEmpty()) {
        throw Misfit.type("a size such as 64KiB or 256MiB", node);
      }
      if (value.get() < min || value.get() > max) {
        throw Misfit.range(Quantities.format(min) + "–" + Quantities.format(max), text);
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

  /** A number of bytes in each second, or no limit. */
  record Rate(Size size) implements Form<Long> {
    /** No limit. */
    static final long OFF = 0;

    private static final String WORD = "off";

    @Override
    public Long read(Node node) throws Misfit {
      if (node instanceof Node.Scalar scalar && WORD.equals(scalar.value())) {
        return OFF;
      }
      try {
        return size.read(node);
      } catch (Misfit e) {
        throw new Misfit(e.code(), WORD + " or " + e.getMessage());
      }
    }

    @Override
    public Object written(Long value) {
      return value == OFF ? WORD : size.written(value);
    }

    @Override
    public Map<String, Object> schema() {
      return ordered(
          "type", List.of("string", "integer"), "pattern", "^([0-9]{1,12}(B|KiB|MiB|GiB)?|off)$");
    }
  }

  /** A map in the order of its entries. */
  static Map<String, Object> ordered(Object... entries) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < entries.length; i += 2) {
      map.put((String) entries[i], entries[i + 1]);
    }
    return map;
  }
}
