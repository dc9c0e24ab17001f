package dev.gitvan.hook;

import dev.gitvan.repository.WorktreeId;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Something at a named point that hooks are called for.
 *
 * @param point Git's own ({@code pre-commit} ...) or GitVan's ({@code job:before} ...)
 * @param worktree where it happens
 * @param data what the point tells; values as {@link dev.gitvan.document.Node#value()} has them
 * @param limit how long the whole chain may take
 */
public record HookEvent(
    String point, WorktreeId worktree, Map<String, Object> data, Duration limit) {
  /** Before a run's first attempt; a gate. Data: {@code run job inputs}. */
  public static final String JOB_BEFORE = "job:before";

  /** After a run that ended well. Data: {@code run job inputs status}. */
  public static final String JOB_AFTER = "job:after";

  /** After a run that did not. Data: as {@code job:after}, and {@code error}. */
  public static final String JOB_ERROR = "job:error";

  /** Git's own points, those of a server's repository among them. */
  public static final Set<String> GIT_POINTS =
      Set.of(
          "applypatch-msg",
          "commit-msg",
          "post-applypatch",
          "post-checkout",
          "post-commit",
          "post-index-change",
          "post-merge",
          "post-receive",
          "post-rewrite",
          "post-update",
          "pre-applypatch",
          "pre-auto-gc",
          "pre-commit",
          "pre-merge-commit",
          "pre-push",
          "pre-rebase",
          "pre-receive",
          "prepare-commit-msg",
          "proc-receive",
          "push-to-checkout",
          "reference-transaction",
          "sendemail-validate",
          "update");

  /** Limit of a chain that names none. */
  public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(30);

  public HookEvent {
    Objects.requireNonNull(point, "point");
    Objects.requireNonNull(worktree, "worktree");
    Objects.requireNonNull(limit, "limit");
    data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
  }

  /** Whether a veto at this point stops the operation. */
  public boolean isGate() {
    return switch (point) {
      case "pre-commit", "commit-msg", "pre-push", "pre-merge-commit", "pre-rebase", JOB_BEFORE ->
          true;
      default -> false;
    };
  }
}
