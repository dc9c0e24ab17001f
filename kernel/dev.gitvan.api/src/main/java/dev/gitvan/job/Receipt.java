package dev.gitvan.job;

import dev.gitvan.diagnostics.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The record of a finished run, kept in a Git note as one line of JSON ({@code gitvan.receipt.v1}).
 *
 * @param id the run's id, a ULID
 * @param version the definition's
 * @param parent id of the run that called or started this one, or empty
 * @param head object id of HEAD at the start, or empty in a repository without commits
 * @param commit the last commit that the run made, or empty
 * @param branch full ref name of the branch at the start, or empty when HEAD is detached
 * @param worktree the worktree's name
 * @param attempt the attempt that ended it, from 1
 * @param inputs the values used
 * @param error what went wrong; null when nothing did
 * @param fingerprint the definition's
 * @param host the machine's name
 * @param gitvan GitVan's version
 */
public record Receipt(
    String id,
    String job,
    String version,
    String parent,
    Trigger trigger,
    String head,
    String commit,
    String branch,
    String worktree,
    RunStatus status,
    Instant started,
    Instant finished,
    long durationMs,
    int attempt,
    Map<String, Object> inputs,
    List<Artifact> artifacts,
    List<StepReport> steps,
    Problem error,
    String fingerprint,
    String host,
    String gitvan) {
  /** The schema's name, in every line. */
  public static final String SCHEMA = "gitvan.receipt.v1";

  public Receipt {
    inputs = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    artifacts = List.copyOf(artifacts);
    steps = List.copyOf(steps);
  }

  /** The same with the commit that the run's transaction made. */
  public Receipt withCommit(String made) {
    return new Receipt(
        id,
        job,
        version,
        parent,
        trigger,
        head,
        made,
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

  /** The same with another outcome. */
  public Receipt withOutcome(RunStatus ended, Problem problem, Instant at) {
    return new Receipt(
        id,
        job,
        version,
        parent,
        trigger,
        head,
        commit,
        branch,
        worktree,
        ended,
        started,
        at,
        java.time.Duration.between(started, at).toMillis(),
        attempt,
        inputs,
        artifacts,
        steps,
        problem,
        fingerprint,
        host,
        gitvan);
  }

  /** The fields in their stable order, {@code id} first, as the note's line has them. */
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
    map.put("error", error == null ? null : problem(error));
    map.put("fingerprint", fingerprint);
    map.put("host", host);
    map.put("gitvan", gitvan);
    return map;
  }

  /**
   * Reads a line's fields back. Unknown fields are ignored, missing ones are empty.
   *
   * @throws IllegalArgumentException when the map is no receipt of this schema
   */
  public static Receipt fromMap(Map<String, Object> map) {
    if (!SCHEMA.equals(map.get("schema")) || !(map.get("id") instanceof String id)) {
      throw new IllegalArgumentException("not a " + SCHEMA);
    }
    try {
      var trigger = mapOf(map.get("trigger"));
      var error = map.get("error") == null ? null : mapOf(map.get("error"));
      return new Receipt(
          id,
          text(map, "job"),
          text(map, "version"),
          text(map, "parent"),
          new Trigger(
              Trigger.Kind.valueOf(upper(trigger, "kind", "COMMAND")),
              text(trigger, "ref"),
              text(trigger, "detail"),
              0,
              text(map, "parent")),
          text(map, "head"),
          text(map, "commit"),
          text(map, "branch"),
          text(map, "worktree"),
          RunStatus.valueOf(upper(map, "status", "FAILED")),
          Instant.parse(text(map, "started")),
          Instant.parse(text(map, "finished")),
          number(map, "durationMs"),
          (int) number(map, "attempt"),
          mapOf(map.get("inputs")),
          listOf(map.get("artifacts")).stream()
              .map(a -> new Artifact(text(a, "path"), text(a, "sha256"), number(a, "bytes")))
              .toList(),
          listOf(map.get("steps")).stream()
              .map(
                  s ->
                      new StepReport(
                          text(s, "type"),
                          text(s, "name"),
                          StepStatus.valueOf(upper(s, "status", "FAILED")),
                          java.time.Duration.ofMillis(number(s, "durationMs")),
                          ""))
              .toList(),
          error == null ? null : new Problem(text(error, "code"), "", text(error, "message"), ""),
          text(map, "fingerprint"),
          text(map, "host"),
          text(map, "gitvan"));
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("receipt " + id + ": " + e.getMessage(), e);
    }
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

  private static Map<String, Object> problem(Problem problem) {
    var map = new LinkedHashMap<String, Object>();
    map.put("code", problem.code());
    map.put("message", problem.toString().substring(problem.code().length()).strip());
    return map;
  }

  private static String text(Map<String, Object> map, String key) {
    return map.get(key) instanceof String text ? text : "";
  }

  private static String upper(Map<String, Object> map, String key, String otherwise) {
    var text = text(map, key);
    return text.isEmpty() ? otherwise : text.toUpperCase(Locale.ROOT);
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
}
