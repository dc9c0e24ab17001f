package dev.gitvan.job;

import dev.gitvan.event.JobTrigger;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** The definition of a job. Immutable. */
public final class JobDefinition {
  /** Time limit of an attempt if the job sets none. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*(:[A-Za-z0-9][A-Za-z0-9._-]*)*");
  private static final int VERSION_LENGTH = 12;

  private final String name;
  private final String description;
  private final JobOrigin origin;
  private final List<JobTrigger> on;
  private final Map<String, JobInput> inputs;
  private final Duration timeout;
  private final Retries retries;
  private final Priority priority;
  private final List<StepSpec> steps;
  private final List<String> then;
  private final String version;
  private final String fingerprint;

  private JobDefinition(Builder builder) {
    this.name = builder.name;
    this.description = builder.description;
    this.origin = builder.origin;
    this.on = builder.on;
    this.inputs = builder.inputs;
    this.timeout = builder.timeout;
    this.retries = builder.retries;
    this.priority = builder.priority;
    this.steps = builder.steps;
    this.then = builder.then;
    this.version = builder.version;
    this.fingerprint = builder.fingerprint;
  }

  /** Returns a builder; see {@link Builder} for the defaults. */
  public static Builder builder(String name, JobOrigin origin, String fingerprint) {
    return new Builder(name, origin, fingerprint);
  }

  /** Name, such as {@code changelog} or {@code docs:changelog}. */
  public String name() {
    return name;
  }

  /** One line, or empty. */
  public String description() {
    return description;
  }

  /** Where it is defined. */
  public JobOrigin origin() {
    return origin;
  }

  /** What starts it without being asked: any of these. */
  public List<JobTrigger> on() {
    return on;
  }

  /** The declared inputs by name, in the order in which they are declared. */
  public Map<String, JobInput> inputs() {
    return inputs;
  }

  /** Time limit of one attempt. */
  public Duration timeout() {
    return timeout;
  }

  /** How often and when a failed attempt is repeated. */
  public Retries retries() {
    return retries;
  }

  /** Priority of its runs. */
  public Priority priority() {
    return priority;
  }

  /** What it does, for jobs written as steps; empty for Java jobs. */
  public List<StepSpec> steps() {
    return steps;
  }

  /** Jobs that are started once this one's transaction has been applied. */
  public List<String> then() {
    return then;
  }

  /** Version of the contributing bundle, or the definition's fingerprint, shortened. */
  public String version() {
    return version;
  }

  /** SHA-256, in hexadecimal, over the definition's content. */
  public String fingerprint() {
    return fingerprint;
  }

  /**
   * Whether a string is a job name: letters, digits, {@code . _ -}, in parts separated by colons,
   * at most 200 characters.
   */
  public static boolean isName(String text) {
    return text.length() <= 200 && NAME.matcher(text).matches();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JobDefinition definition && values().equals(definition.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return name + " " + version;
  }

  private List<Object> values() {
    return List.of(
        name,
        description,
        origin,
        on,
        inputs,
        timeout,
        retries,
        priority,
        steps,
        then,
        version,
        fingerprint);
  }

  /**
   * Builds definitions. By default, a job has no description, triggers, inputs, steps, followers or
   * retries, and normal priority. Not thread-safe.
   */
  public static final class Builder {
    private final String name;
    private final JobOrigin origin;
    private final String fingerprint;
    private String description = "";
    private List<JobTrigger> on = List.of();
    private Map<String, JobInput> inputs = Map.of();
    private Duration timeout = DEFAULT_TIMEOUT;
    private Retries retries = Retries.NONE;
    private Priority priority = Priority.NORMAL;
    private List<StepSpec> steps = List.of();
    private List<String> then = List.of();
    private String version;

    private Builder(String name, JobOrigin origin, String fingerprint) {
      this.name = Objects.requireNonNull(name, "name");
      this.origin = Objects.requireNonNull(origin, "origin");
      this.fingerprint = Objects.requireNonNull(fingerprint, "fingerprint");
      this.version = fingerprint.substring(0, Math.min(VERSION_LENGTH, fingerprint.length()));
    }

    public Builder description(String value) {
      description = Objects.requireNonNull(value, "description");
      return this;
    }

    /** Sets what starts it without being asked: any of these. */
    public Builder on(List<JobTrigger> value) {
      on = List.copyOf(value);
      return this;
    }

    /** Sets the declared inputs by name. */
    public Builder inputs(Map<String, JobInput> value) {
      inputs = Collections.unmodifiableMap(new LinkedHashMap<>(value));
      return this;
    }

    /**
     * Sets inputs that have only default values, which may be null, as {@link
     * dev.gitvan.document.Node#value()} has them.
     */
    public Builder defaults(Map<String, ?> values) {
      var declared = new LinkedHashMap<String, JobInput>();
      values.forEach((name, value) -> declared.put(name, JobInput.of(value)));
      return inputs(declared);
    }

    /** Sets the time limit of one attempt; {@link #DEFAULT_TIMEOUT} by default. */
    public Builder timeout(Duration value) {
      timeout = Objects.requireNonNull(value, "timeout");
      return this;
    }

    public Builder retries(Retries value) {
      retries = Objects.requireNonNull(value, "retries");
      return this;
    }

    public Builder priority(Priority value) {
      priority = Objects.requireNonNull(value, "priority");
      return this;
    }

    /** Sets the steps, for jobs written as steps. */
    public Builder steps(List<StepSpec> value) {
      steps = List.copyOf(value);
      return this;
    }

    /** Sets the jobs that are started once this one's transaction has been applied. */
    public Builder then(List<String> value) {
      then = List.copyOf(value);
      return this;
    }

    /** Sets the version of the contributing bundle; by default, the fingerprint, shortened. */
    public Builder version(String value) {
      version = Objects.requireNonNull(value, "version");
      return this;
    }

    public JobDefinition build() {
      return new JobDefinition(this);
    }
  }
}
