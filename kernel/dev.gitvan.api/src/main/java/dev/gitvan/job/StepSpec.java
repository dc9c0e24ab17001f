package dev.gitvan.job;

import dev.gitvan.document.Node;
import dev.gitvan.document.Place;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** One step of a declarative job, as written. Immutable. */
public final class StepSpec {
  private final String type;
  private final String label;
  private final String condition;
  private final Map<String, String> env;
  private final List<String> secrets;
  private final Duration timeout;
  private final Node value;
  private final Map<String, Node> options;
  private final Place place;

  private StepSpec(Builder builder) {
    this.type = builder.type;
    this.label = builder.label;
    this.condition = builder.condition;
    this.env = builder.env;
    this.secrets = builder.secrets;
    this.timeout = builder.timeout;
    this.value = builder.value;
    this.options = builder.options;
    this.place = builder.place;
  }

  /** Returns a builder; see {@link Builder} for the defaults. */
  public static Builder builder(String type, Node value, Place place) {
    return new Builder(type, value, place);
  }

  /** The step type, such as {@code template}. */
  public String type() {
    return type;
  }

  /** Its {@code name}, or empty. */
  public String label() {
    return label;
  }

  /** Its {@code when} expression; empty: always. */
  public String condition() {
    return condition;
  }

  /** Additional environment variables of the step's processes; values are templates. */
  public Map<String, String> env() {
    return env;
  }

  /** Names of variables in {@link #env} or the caller's environment whose values are secret. */
  public List<String> secrets() {
    return secrets;
  }

  /** Time limit of this step; null: the job's. */
  public Duration timeout() {
    return timeout;
  }

  /** The value of the type's key. */
  public Node value() {
    return value;
  }

  /** The step's other keys, such as {@code to} and {@code for-each}, in their order. */
  public Map<String, Node> options() {
    return options;
  }

  /** Location of the step. */
  public Place place() {
    return place;
  }

  /** The value of an option. */
  public Optional<Node> option(String key) {
    return Optional.ofNullable(options.get(key));
  }

  /** The step's name, or its type if it has none. */
  public String displayName() {
    return label.isEmpty() ? type : label;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StepSpec spec && values().equals(spec.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return displayName() + " at " + place;
  }

  private List<Object> values() {
    return Arrays.asList(type, label, condition, env, secrets, timeout, value, options, place);
  }

  /**
   * Builds steps. By default, a step has no name, condition, environment, secrets or options, and
   * its job's time limit. Not thread-safe.
   */
  public static final class Builder {
    private final String type;
    private final Node value;
    private final Place place;
    private String label = "";
    private String condition = "";
    private Map<String, String> env = Map.of();
    private List<String> secrets = List.of();
    private Duration timeout;
    private Map<String, Node> options = Map.of();

    private Builder(String type, Node value, Place place) {
      this.type = Objects.requireNonNull(type, "type");
      this.value = Objects.requireNonNull(value, "value");
      this.place = Objects.requireNonNull(place, "place");
    }

    public Builder label(String value) {
      label = Objects.requireNonNull(value, "label");
      return this;
    }

    /** Sets the expression of {@code when}; empty: always. */
    public Builder condition(String value) {
      condition = Objects.requireNonNull(value, "condition");
      return this;
    }

    /** Sets additional environment variables of the step's processes; values are templates. */
    public Builder env(Map<String, String> value) {
      env = Map.copyOf(value);
      return this;
    }

    /** Sets the names of environment variables whose values are secret. */
    public Builder secrets(List<String> value) {
      secrets = List.copyOf(value);
      return this;
    }

    /** Sets the time limit of this step; null: the job's. */
    public Builder timeout(Duration value) {
      timeout = value;
      return this;
    }

    /** Sets the step's other keys. */
    public Builder options(Map<String, Node> value) {
      options = Collections.unmodifiableMap(new LinkedHashMap<>(value));
      return this;
    }

    public StepSpec build() {
      return new StepSpec(this);
    }
  }
}
