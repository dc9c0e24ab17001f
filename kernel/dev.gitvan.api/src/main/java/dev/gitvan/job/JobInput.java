package dev.gitvan.job;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The declaration of one input of a job. Immutable. */
public final class JobInput {
  /** The type of an input's values. */
  public enum Type {
    /** Any value. */
    ANY("any value"),
    STRING("a string"),
    /** Any number, with or without a fraction. */
    NUMBER("a number"),
    /** A number without a fraction; {@code 2.0} is one. */
    INTEGER("an integer"),
    BOOLEAN("true or false"),
    LIST("a list"),
    MAPPING("a mapping");

    private final String description;

    Type(String description) {
      this.description = description;
    }

    /** Whether a value, as {@link dev.gitvan.document.Node#value()} has it, is of this type. */
    public boolean accepts(Object value) {
      return switch (this) {
        case ANY -> true;
        case STRING -> value instanceof String;
        case NUMBER -> value instanceof Number;
        case INTEGER ->
            value instanceof Double || value instanceof Float
                ? ((Number) value).doubleValue() == Math.rint(((Number) value).doubleValue())
                : value instanceof Number;
        case BOOLEAN -> value instanceof Boolean;
        case LIST -> value instanceof Collection;
        case MAPPING -> value instanceof Map;
      };
    }

    /** With an article, for error messages: {@code an integer}. */
    public String description() {
      return description;
    }

    /** As job files spell it: {@code integer}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Type type;
  private final boolean required;
  private final List<Object> choices;
  private final Object defaultValue;
  private final boolean secret;
  private final String description;

  private JobInput(Builder builder) {
    this.type = builder.type;
    this.required = builder.required;
    this.choices = builder.choices;
    this.defaultValue = builder.defaultValue;
    this.secret = builder.secret;
    this.description = builder.description;
  }

  /** Returns a builder; see {@link Builder} for the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * An input of any type that has only a default value.
   *
   * @param defaultValue nullable; as {@link dev.gitvan.document.Node#value()} has it
   */
  public static JobInput of(Object defaultValue) {
    return builder().defaultValue(defaultValue).build();
  }

  public Type type() {
    return type;
  }

  /** Whether each run must be given a value that is not null. */
  public boolean required() {
    return required;
  }

  /** The permitted values; empty: any of its type. */
  public List<Object> choices() {
    return choices;
  }

  /**
   * Whether a value is one of the choices, if there are any. Numbers with the same value are equal.
   *
   * @param value not null
   */
  public boolean permits(Object value) {
    return choices.isEmpty() || choices.stream().anyMatch(choice -> isSame(choice, value));
  }

  private static boolean isSame(Object choice, Object value) {
    if (choice instanceof Number one && value instanceof Number other) {
      return choice.toString().equals(value.toString())
          || (choice instanceof Double || value instanceof Double)
              && one.doubleValue() == other.doubleValue();
    }
    return value.equals(choice);
  }

  /** The value of runs that are given none; nullable. */
  public Object defaultValue() {
    return defaultValue;
  }

  /** Whether its values are replaced by {@code ***} in what runs print and record. */
  public boolean secret() {
    return secret;
  }

  /** One line, or empty. */
  public String description() {
    return description;
  }

  /** The keys of the declaration in a stable order, of the types that JSON has. */
  public Map<String, Object> toMap() {
    var map = new LinkedHashMap<String, Object>();
    map.put("type", type.toString());
    map.put("required", required);
    map.put("choices", choices);
    map.put("default", defaultValue);
    map.put("secret", secret);
    map.put("description", description);
    return map;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JobInput input && toMap().equals(input.toMap());
  }

  @Override
  public int hashCode() {
    return toMap().hashCode();
  }

  @Override
  public String toString() {
    return toMap().toString();
  }

  /**
   * Builds inputs. By default, an input is of any type, not required and not secret, its default
   * value is null, and it has no choices or description. Not thread-safe.
   */
  public static final class Builder {
    private Type type = Type.ANY;
    private boolean required;
    private List<Object> choices = List.of();
    private Object defaultValue;
    private boolean secret;
    private String description = "";

    private Builder() {}

    public Builder type(Type value) {
      type = Objects.requireNonNull(value, "type");
      return this;
    }

    public Builder required(boolean value) {
      required = value;
      return this;
    }

    /** Sets the permitted values; empty: any of its type. */
    public Builder choices(Collection<?> value) {
      choices = Collections.unmodifiableList(Arrays.asList(value.toArray()));
      return this;
    }

    /** Sets the value of runs that are given none; nullable. */
    public Builder defaultValue(Object value) {
      defaultValue = value;
      return this;
    }

    /** Sets whether its values are replaced in what runs print and record. */
    public Builder secret(boolean value) {
      secret = value;
      return this;
    }

    /** Sets one line for people; empty by default. */
    public Builder description(String value) {
      description = Objects.requireNonNull(value, "description");
      return this;
    }

    public JobInput build() {
      return new JobInput(this);
    }
  }
}
