package dev.gitvan.job;

import dev.gitvan.repository.RepositoryId;
import dev.gitvan.repository.WorktreeId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An order to run a job: a plain value that can be stored, and sent to another process. Who wants
 * to follow the run passes a {@link RunListener} next to it. Immutable.
 */
public final class JobOrder {
  /** Name of the schema of {@link #toMap}. */
  public static final String SCHEMA = "gitvan.order.v1";

  /** How deeply inputs may be nested; deeper ones are refused when the order is submitted. */
  public static final int MAX_DEPTH = 64;

  private final Values values;

  private record Values(
      WorktreeId worktree,
      String job,
      Map<String, Object> inputs,
      Trigger trigger,
      Priority priority,
      String key,
      Duration timeout,
      boolean dryRun,
      Map<String, String> environment,
      Instant now) {}

  private JobOrder(Values values) {
    this.values = values;
  }

  /** An order without inputs, key or limits, as a user's command gives it. */
  public static JobOrder of(WorktreeId worktree, String job) {
    return builder(worktree, job).build();
  }

  /** Returns a builder; see {@link Builder} for the defaults. */
  public static Builder builder(WorktreeId worktree, String job) {
    return new Builder(worktree, job);
  }

  /** Returns a builder with the values of this order. */
  public Builder toBuilder() {
    var builder = new Builder(values.worktree, values.job);
    builder.inputs = values.inputs;
    builder.trigger = values.trigger;
    builder.priority = values.priority;
    builder.key = values.key;
    builder.timeout = values.timeout;
    builder.dryRun = values.dryRun;
    builder.environment = values.environment;
    builder.now = values.now;
    return builder;
  }

  public WorktreeId worktree() {
    return values.worktree;
  }

  /** Name of the job. */
  public String job() {
    return values.job;
  }

  /**
   * Values that override the definition's defaults: strings, numbers, booleans, null, lists and
   * maps. Undeclared names and other values are refused when the order is submitted.
   */
  public Map<String, Object> inputs() {
    return values.inputs;
  }

  /** What the run is started by. */
  public Trigger trigger() {
    return values.trigger;
  }

  /** The priority; empty: the definition's. */
  public Optional<Priority> priority() {
    return Optional.ofNullable(values.priority);
  }

  /**
   * For 7 days the same key returns the first run. Keys belong to the repository: using a key with
   * another job or other inputs is a conflict. Dry runs ignore it.
   */
  public Optional<String> key() {
    return Optional.ofNullable(values.key);
  }

  /** Time limit of one attempt; empty: the definition's. */
  public Optional<Duration> timeout() {
    return Optional.ofNullable(values.timeout);
  }

  /** Whether to only validate, render and report what would happen. */
  public boolean dryRun() {
    return values.dryRun;
  }

  /**
   * The environment of the run, for {@code env} in templates and for child processes. An order that
   * is stored outside of the process keeps only the variables that the user allows.
   */
  public Map<String, String> environment() {
    return values.environment;
  }

  /** The start time for templates ({@code GITVAN_NOW}); empty: the time when the run starts. */
  public Optional<Instant> now() {
    return Optional.ofNullable(values.now);
  }

  /**
   * The fields in a stable order, of the types that JSON has. The index of the worktree is not
   * among them: another one than its own is gone when the order is read again.
   */
  public Map<String, Object> toMap() {
    var map = new LinkedHashMap<String, Object>();
    map.put("schema", SCHEMA);
    map.put("job", values.job);
    var worktree = values.worktree;
    map.put("gitDir", worktree.gitDir().toString());
    map.put("commonDir", worktree.repository().commonDir().toString());
    map.put("workTree", worktree.root().map(Path::toString).orElse(null));
    map.put("inputs", values.inputs);
    var trigger = values.trigger.toMap();
    trigger.put("depth", values.trigger.depth());
    trigger.put("parent", values.trigger.parent());
    map.put("trigger", trigger);
    map.put("priority", priority().map(p -> p.name().toLowerCase(Locale.ROOT)).orElse(null));
    map.put("key", values.key);
    map.put("timeout", timeout().map(Duration::toString).orElse(null));
    map.put("dryRun", values.dryRun);
    map.put("environment", values.environment);
    map.put("now", now().map(Instant::toString).orElse(null));
    return map;
  }

  /**
   * Reads the fields of an order. Unknown fields are ignored.
   *
   * @throws IllegalArgumentException if the map is not an order of this schema
   */
  public static JobOrder fromMap(Map<String, Object> map) {
    if (!SCHEMA.equals(map.get("schema"))) {
      throw new IllegalArgumentException("not a " + SCHEMA);
    }
    try {
      var workTree = (String) map.get("workTree");
      var worktree =
          new WorktreeId(
              Path.of((String) map.get("gitDir")),
              new RepositoryId(Path.of((String) map.get("commonDir"))),
              workTree == null ? null : Path.of(workTree));
      var environment = new LinkedHashMap<String, String>();
      mapOf(map.get("environment")).forEach((name, value) -> environment.put(name, (String) value));
      return builder(worktree, (String) map.get("job"))
          .inputs(mapOf(map.get("inputs")))
          .trigger(trigger(mapOf(map.get("trigger"))))
          .priority(map.get("priority") instanceof String p ? Priority.valueOf(upper(p)) : null)
          .key((String) map.get("key"))
          .timeout(map.get("timeout") instanceof String t ? Duration.parse(t) : null)
          .dryRun(Boolean.TRUE.equals(map.get("dryRun")))
          .environment(environment)
          .now(map.get("now") instanceof String n ? Instant.parse(n) : null)
          .build();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("not a valid order: " + e.getMessage(), e);
    }
  }

  private static Trigger trigger(Map<String, Object> map) {
    return new Trigger(
        Trigger.Kind.valueOf(upper((String) map.get("kind"))),
        (String) map.get("ref"),
        (String) map.get("detail"),
        ((Number) map.get("depth")).intValue(),
        (String) map.get("parent"));
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  private static Map<String, Object> mapOf(Object value) {
    var copy = new LinkedHashMap<String, Object>();
    ((Map<?, ?>) value).forEach((key, item) -> copy.put((String) key, item));
    return copy;
  }

  /** A copy that nobody can change. What is nested more deeply than a run's inputs may be stays. */
  private static Object copy(Object value, int depth) {
    if (depth <= MAX_DEPTH && value instanceof Map<?, ?> map) {
      var copy = new LinkedHashMap<Object, Object>();
      map.forEach((key, item) -> copy.put(key, copy(item, depth + 1)));
      return Collections.unmodifiableMap(copy);
    }
    if (depth <= MAX_DEPTH && value instanceof Collection<?> items) {
      var copy = new ArrayList<Object>(items.size());
      items.forEach(item -> copy.add(copy(item, depth + 1)));
      return Collections.unmodifiableList(copy);
    }
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JobOrder order && values.equals(order.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** The job and the worktree; without inputs and environment, which may be confidential. */
  @Override
  public String toString() {
    return values.job + " in " + values.worktree;
  }

  /**
   * Builds orders. By default there are no inputs and no environment, a user's command is the
   * trigger, and it is not a dry run. Not thread-safe.
   */
  public static final class Builder {
    private final WorktreeId worktree;
    private final String job;
    private Map<String, Object> inputs = Map.of();
    private Trigger trigger = Trigger.command();
    private Priority priority;
    private String key;
    private Duration timeout;
    private boolean dryRun;
    private Map<String, String> environment = Map.of();
    private Instant now;

    private Builder(WorktreeId worktree, String job) {
      this.worktree = Objects.requireNonNull(worktree, "worktree");
      this.job = Objects.requireNonNull(job, "job");
    }

    public Builder inputs(Map<String, Object> value) {
      var copy = new LinkedHashMap<String, Object>();
      value.forEach((name, input) -> copy.put(name, copy(input, 0)));
      inputs = Collections.unmodifiableMap(copy);
      return this;
    }

    public Builder trigger(Trigger value) {
      trigger = Objects.requireNonNull(value, "trigger");
      return this;
    }

    /** Sets the priority; null: the definition's. */
    public Builder priority(Priority value) {
      priority = value;
      return this;
    }

    /** Sets the key; null: none. */
    public Builder key(String value) {
      key = value;
      return this;
    }

    /** Sets the time limit of one attempt; null: the definition's. */
    public Builder timeout(Duration value) {
      timeout = value;
      return this;
    }

    public Builder dryRun(boolean value) {
      dryRun = value;
      return this;
    }

    public Builder environment(Map<String, String> value) {
      environment = Map.copyOf(value);
      return this;
    }

    /** Sets the start time for templates; null: the time when the run starts. */
    public Builder now(Instant value) {
      now = value;
      return this;
    }

    public JobOrder build() {
      return new JobOrder(
          new Values(
              worktree, job, inputs, trigger, priority, key, timeout, dryRun, environment, now));
    }
  }
}
