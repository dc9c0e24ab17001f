package dev.gitvan.job;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Why a run was started.
 *
 * @param kind what started it
 * @param ref the ref that moved, or empty
 * @param detail the hook point, cron expression or parent job; or empty
 * @param depth how many jobs led to this one: 0 for the first of a chain
 * @param parent id of the run that started this one, or empty
 */
public record Trigger(Kind kind, String ref, String detail, int depth, String parent) {
  /** Chains of jobs stop at this depth. */
  public static final int MAX_DEPTH = 8;

  /** The kinds of triggers. */
  public enum Kind {
    COMMAND,
    HOOK,
    EVENT,
    SCHEDULE,
    JOB
  }

  public Trigger {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(ref, "ref");
    Objects.requireNonNull(detail, "detail");
    Objects.requireNonNull(parent, "parent");
  }

  /** Somebody asked for it. */
  public static Trigger command() {
    return new Trigger(Kind.COMMAND, "", "", 0, "");
  }

  /** Another run started it. */
  public Trigger followedBy(String runId, String job) {
    return new Trigger(Kind.JOB, ref, job, depth + 1, runId);
  }

  /** As receipts carry it. */
  public Map<String, Object> toMap() {
    var map = new LinkedHashMap<String, Object>();
    map.put("kind", kind.name().toLowerCase(java.util.Locale.ROOT));
    map.put("ref", ref);
    map.put("detail", detail);
    return map;
  }
}
