package dev.gitvan.job;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Why one run was started. What starts a job in general is a {@link dev.gitvan.event.JobTrigger}.
 * Immutable.
 *
 * @param kind what started it
 * @param ref full name of the ref that moved; or empty
 * @param detail the hook point, the cron expression or the name of the other job; or empty
 * @param depth number of jobs that led to this one: 0 for the first of a chain
 * @param parent id of the run that started this one; or empty
 */
public record Trigger(Kind kind, String ref, String detail, int depth, String parent) {
  /** Maximum depth of a chain of jobs. */
  public static final int MAX_DEPTH = 8;

  /** The kinds of triggers. */
  public enum Kind {
    /** A user, with a command. */
    COMMAND,
    /** Git, with one of its hooks. */
    HOOK,
    /** A change in the repository. */
    EVENT,
    /** The time. */
    SCHEDULE,
    /** Another job. */
    JOB
  }

  public Trigger {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(ref, "ref");
    Objects.requireNonNull(detail, "detail");
    Objects.requireNonNull(parent, "parent");
  }

  /** A user started it. */
  public static Trigger command() {
    return new Trigger(Kind.COMMAND, "", "", 0, "");
  }

  /** The trigger of a run that this run starts. */
  public Trigger followedBy(String runId, String job) {
    return new Trigger(Kind.JOB, ref, job, depth + 1, runId);
  }

  /** The fields as receipts have them. */
  public Map<String, Object> toMap() {
    var map = new LinkedHashMap<String, Object>();
    map.put("kind", kind.name().toLowerCase(java.util.Locale.ROOT));
    map.put("ref", ref);
    map.put("detail", detail);
    return map;
  }
}
