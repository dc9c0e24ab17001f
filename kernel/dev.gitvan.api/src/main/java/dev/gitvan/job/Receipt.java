package dev.gitvan.job;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The record of a finished run, kept in a Git note as one line of JSON ({@code gitvan.receipt.v1}).
 * Immutable.
 */
public final class Receipt {
  /** Name of the schema, which is part of every line. */
  public static final String SCHEMA = "gitvan.receipt.v1";

  private final String id;
  private final String job;
  private final String version;
  private final String parent;
  private final Trigger trigger;
  private final String head;
  private final String commit;
  private final String branch;
  private final String worktree;
  private final RunStatus status;
  private final Instant started;
  private final Instant finished;
  private final long durationMs;
  private final int attempt;
  private final Map<String, Object> inputs;
  private final List<Artifact> artifacts;
  private final List<StepReport> steps;
  private final Problem error;
  private final String errorMessage;
  private final String fingerprint;
  private final String host;
  private final String gitvan;

  private Receipt(Builder builder) {
    this.id = builder.id;
    this.job = builder.job;
    this.version = builder.version;
    this.parent = builder.parent;
    this.trigger = builder.trigger;
    this.head = builder.head;
    this.commit = builder.commit;
    this.branch = builder.branch;
    this.worktree = builder.worktree;
    this.status = builder.status;
    this.started = builder.started;
    this.finished = builder.finished;
    this.durationMs = builder.durationMs;
    this.attempt = builder.attempt;
    this.inputs = Collections.unmodifiableMap(new LinkedHashMap<>(builder.inputs));
    this.artifacts = List.copyOf(builder.artifacts);
    this.steps = List.copyOf(builder.steps);
    this.error = builder.error;
    this.errorMessage = builder.errorMessage;
    this.fingerprint = builder.fingerprint;
    this.host = builder.host;
    this.gitvan = builder.gitvan;
  }

  /** Returns a builder with the run's id and its job; see {@link Builder} for the defaults. */
  public static Builder builder(String id, String job) {
    return new Builder(id, job);
  }

  /** Returns a builder with the values of this receipt. */
  public Builder toBuilder() {
    var builder = new Builder(id, job);
    builder.version = version;
    builder.parent = parent;
    builder.trigger = trigger;
    builder.head = head;
    builder.commit = commit;
    builder.branch = branch;
    builder.worktree = worktree;
    builder.status = status;
    builder.started = started;
    builder.finished = finished;
    builder.durationMs = durationMs;
    builder.attempt = attempt;
    builder.inputs = inputs;
    builder.artifacts = artifacts;
    builder.steps = steps;
    builder.error = error;
    builder.errorMessage = errorMessage;
    builder.fingerprint = fingerprint;
    builder.host = host;
    builder.gitvan = gitvan;
    return builder;
  }

  /** A copy with the commit that the run's transaction made. */
  public Receipt withCommit(String made) {
    return toBuilder().commit(made).build();
  }

  /** A copy with another outcome. */
  public Receipt withOutcome(RunStatus ended, Problem problem, Instant at) {
    return toBuilder().status(ended).error(problem).ran(started, at).build();
  }

  /** The run's id, a ULID. */
  public String id() {
    return id;
  }

  /** Name of the job. */
  public String job() {
    return job;
  }

  /** Version of the definition. */
  public String version() {
    return version;
  }

  /** Id of the run that called or started this run, or empty. */
  public String parent() {
    return parent;
  }

  /** What started the run. */
  public Trigger trigger() {
    return trigger;
  }

  /** Object id of HEAD at the start, or empty in a repository without commits. */
  public String head() {
    return head;
  }

  /** The last commit that the run made, or empty. */
  public String commit() {
    return commit;
  }

  /** Full ref name of the branch at the start, or empty when HEAD is detached. */
  public String branch() {
    return branch;
  }

  /** The worktree's name. */
  public String worktree() {
    return worktree;
  }

  /** How the run ended. */
  public RunStatus status() {
    return status;
  }

  /** When it started. */
  public Instant started() {
    return started;
  }

  /** When it ended. */
  public Instant finished() {
    return finished;
  }

  /** Its duration in milliseconds, by a clock that never goes back. */
  public long durationMs() {
    return durationMs;
  }

  /** Number of the last attempt, from 1. */
  public int attempt() {
    return attempt;
  }

  /** The input values. */
  public Map<String, Object> inputs() {
    return inputs;
  }

  /** The files that it wrote. */
  public List<Artifact> artifacts() {
    return artifacts;
  }

  /** The steps in the order in which they ended. */
  public List<StepReport> steps() {
    return steps;
  }

  /** The error; null if there was none. */
  public Problem error() {
    return error;
  }

  /** Fingerprint of the definition. */
  public String fingerprint() {
    return fingerprint;
  }

  /** Name of the host. */
  public String host() {
    return host;
  }

  /** Version of GitVan. */
  public String gitvan() {
    return gitvan;
  }

  /** The fields in their stable order, {@code id} first, as written to the note. */
  public Map<String, Object> toMap() {
    var map = new LinkedHashMap<String, Object>();
    map.put("id", id);
    map.put("schema", SCHEMA);
    map.put("job", job);
    map.put("version", version);
    map.put("parent", parent);
    map.put("trigger", trigger.toMap());
    map.put("head", head);
    map.put("commit", commit);
    map.put("branch", branch);
    map.put("worktree", worktree);
    map.put("status", status.toString());
    map.put("started", started.toString());
    map.put("finished", finished.toString());
    map.put("durationMs", durationMs);
    map.put("attempt", attempt);
    map.put("inputs", inputs);
    map.put("artifacts", artifacts.stream().map(Receipt::artifact).toList());
    map.put("steps", steps.stream().map(Receipt::step).toList());
    map.put("error", error == null ? null : errorFields());
    map.put("fingerprint", fingerprint);
    map.put("host", host);
    map.put("gitvan", gitvan);
    return map;
  }

  /**
   * Reads the fields of a line. Unknown fields are ignored, missing ones are empty.
   *
   * @throws IllegalArgumentException if the map is not a receipt of this schema
   */
  public static Receipt fromMap(Map<String, Object> map) {
    if (!SCHEMA.equals(map.get("schema")) || !(map.get("id") instanceof String id)) {
      throw new IllegalArgumentException("not a " + SCHEMA);
    }
    try {
      var trigger = mapOf(map.get("trigger"));
      var error = map.get("error") == null ? null : mapOf(map.get("error"));
      return builder(id, text(map, "job"))
          .version(text(map, "version"))
          .parent(text(map, "parent"))
          .trigger(
              new Trigger(
                  constant(Trigger.Kind.class, trigger, "kind", Trigger.Kind.COMMAND),
                  text(trigger, "ref"),
                  text(trigger, "detail"),
                  0,
                  text(map, "parent")))
          .head(text(map, "head"))
          .commit(text(map, "commit"))
          .branch(text(map, "branch"))
          .worktree(text(map, "worktree"))
          .status(constant(RunStatus.class, map, "status", RunStatus.FAILED))
          .ran(time(map, "started"), time(map, "finished"))
          .durationMs(number(map, "durationMs"))
          .attempt((int) number(map, "attempt"))
          .inputs(mapOf(map.get("inputs")))
          .artifacts(
              listOf(map.get("artifacts")).stream()
                  .map(a -> new Artifact(text(a, "path"), text(a, "sha256"), number(a, "bytes")))
                  .toList())
          .steps(
              listOf(map.get("steps")).stream()
                  .map(
                      s ->
                          new StepReport(
                              text(s, "type"),
                              text(s, "name"),
                              constant(StepStatus.class, s, "status", StepStatus.FAILED),
                              Duration.ofMillis(number(s, "durationMs")),
                              ""))
                  .toList())
          .readError(error)
          .fingerprint(text(map, "fingerprint"))
          .host(text(map, "host"))
          .gitvan(text(map, "gitvan"))
          .build();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("receipt " + id + ": " + e.getMessage(), e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Receipt receipt && values().equals(receipt.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "run " + id + " of " + job + ": " + status;
  }

  private List<Object> values() {
    return Arrays.asList(
        id,
        job,
        version,
        parent,
        trigger,
        head,
        commit,
        branch,
        worktree,
        status,
        started,
        finished,
        durationMs,
        attempt,
        inputs,
        artifacts,
        steps,
        error,
        fingerprint,
        host,
        gitvan);
  }

  private static Map<String, Object> artifact(Artifact artifact) {
    var map = new LinkedHashMap<String, Object>();
    map.put("path", artifact.path());
    map.put("sha256", artifact.sha256());
    map.put("bytes", artifact.bytes());
    return map;
  }

  private static Map<String, Object> step(StepReport step) {
    var map = new LinkedHashMap<String, Object>();
    map.put("type", step.type());
    map.put("name", step.name());
    map.put("status", step.status().toString());
    map.put("durationMs", step.duration().toMillis());
    return map;
  }

  private Map<String, Object> errorFields() {
    var map = new LinkedHashMap<String, Object>();
    var code = error.code().name();
    map.put("code", code);
    map.put("message", errorMessage != null ? errorMessage : message(error));
    return map;
  }

  /** The problem's line without its code. */
  private static String message(Problem problem) {
    var line = problem.toString().substring(problem.code().name().length());
    return (problem.place().isEmpty() ? line.substring(1) : line).strip();
  }

  private static ErrorCode code(String name) {
    return Codes.find(name).orElseGet(() -> ErrorCode.unknown(name));
  }

  private static String text(Map<String, Object> map, String key) {
    return map.get(key) instanceof String text ? text : "";
  }

  /** The constant that a field names, in any case; a default if the field is missing. */
  private static <E extends Enum<E>> E constant(
      Class<E> type, Map<String, Object> map, String key, E otherwise) {
    var text = text(map, key);
    return text.isEmpty()
        ? otherwise
        : Arrays.stream(type.getEnumConstants())
            .filter(constant -> constant.name().equalsIgnoreCase(text))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("unknown " + key + " " + text));
  }

  private static Instant time(Map<String, Object> map, String key) {
    var text = text(map, key);
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(key + " is not a time: " + text, e);
    }
  }

  private static long number(Map<String, Object> map, String key) {
    return map.get(key) instanceof Number number ? number.longValue() : 0;
  }

  private static Map<String, Object> mapOf(Object value) {
    var copy = new LinkedHashMap<String, Object>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, item) -> copy.put(String.valueOf(key), item));
    }
    return copy;
  }

  private static List<Map<String, Object>> listOf(Object value) {
    var copy = new ArrayList<Map<String, Object>>();
    if (value instanceof List<?> list) {
      list.forEach(item -> copy.add(mapOf(item)));
    }
    return copy;
  }

  /**
   * Builds receipts. By default, fields are empty, the trigger is a command, the status is ok, the
   * attempt is 1, and both times are the epoch. Not thread-safe.
   */
  public static final class Builder {
    private final String id;
    private final String job;
    private String version = "";
    private String parent = "";
    private Trigger trigger = Trigger.command();
    private String head = "";
    private String commit = "";
    private String branch = "";
    private String worktree = "";
    private RunStatus status = RunStatus.OK;
    private long durationMs;
    private int attempt = 1;
    private Map<String, Object> inputs = Map.of();
    private List<Artifact> artifacts = List.of();
    private List<StepReport> steps = List.of();
    private Problem error;
    private String errorMessage;
    private String fingerprint = "";
    private String host = "";
    private String gitvan = "";
    private Instant started = Instant.EPOCH;
    private Instant finished = Instant.EPOCH;

    private Builder(String id, String job) {
      this.id = id;
      this.job = job;
    }

    public Builder version(String value) {
      version = value;
      return this;
    }

    public Builder parent(String value) {
      parent = value;
      return this;
    }

    public Builder trigger(Trigger value) {
      trigger = value;
      return this;
    }

    public Builder head(String value) {
      head = value;
      return this;
    }

    public Builder commit(String value) {
      commit = value;
      return this;
    }

    public Builder branch(String value) {
      branch = value;
      return this;
    }

    public Builder worktree(String value) {
      worktree = value;
      return this;
    }

    public Builder status(RunStatus value) {
      status = value;
      return this;
    }

    /** Sets the start and end; the duration is the time between them. */
    public Builder ran(Instant from, Instant to) {
      started = from;
      finished = to;
      durationMs = Math.max(0, Duration.between(from, to).toMillis());
      return this;
    }

    /** Sets a duration that was measured by another clock than start and end. */
    public Builder durationMs(long value) {
      durationMs = value;
      return this;
    }

    public Builder attempt(int value) {
      attempt = value;
      return this;
    }

    public Builder inputs(Map<String, Object> value) {
      inputs = value;
      return this;
    }

    public Builder artifacts(List<Artifact> value) {
      artifacts = value;
      return this;
    }

    public Builder steps(List<StepReport> value) {
      steps = value;
      return this;
    }

    /** Sets the error; null if there was none. */
    public Builder error(Problem value) {
      error = value;
      errorMessage = null;
      return this;
    }

    /**
     * Sets the error of a line, whose message stays as it is; null if there was none. Its location
     * is what stands before the first colon.
     */
    private Builder readError(Map<String, Object> fields) {
      if (fields != null) {
        var message = text(fields, "message");
        int colon = message.indexOf(": ");
        error =
            new Problem(
                code(text(fields, "code")),
                colon < 0 ? "" : message.substring(0, colon),
                colon < 0 ? message : message.substring(colon + 2),
                "");
        errorMessage = message;
      }
      return this;
    }

    public Builder fingerprint(String value) {
      fingerprint = value;
      return this;
    }

    public Builder host(String value) {
      host = value;
      return this;
    }

    public Builder gitvan(String value) {
      gitvan = value;
      return this;
    }

    public Receipt build() {
      return new Receipt(this);
    }
  }
}
