package dev.gitvan.hook;

import dev.gitvan.repository.WorktreeId;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One occurrence of a hook point, for which hooks are called. Immutable.
 *
 * @param point name of the {@link HookPoint}
 * @param worktree where it happens
 * @param data what the point declares; values as {@link dev.gitvan.document.Node#value()} returns
 *     them
 * @param limit maximum duration of the whole chain
 */
public record HookEvent(
    String point, WorktreeId worktree, Map<String, Object> data, Duration limit) {
  /** Before a run's first attempt; a gate. */
  public static final String JOB_BEFORE = "job:before";

  /** After a run that succeeded. */
  public static final String JOB_AFTER = "job:after";

  /** After a run that did not succeed. */
  public static final String JOB_ERROR = "job:error";

  /** Maximum duration of a chain whose caller has no limit of its own. */
  public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(30);

  public HookEvent {
    Objects.requireNonNull(point, "point");
    Objects.requireNonNull(worktree, "worktree");
    Objects.requireNonNull(limit, "limit");
    data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
  }
}
