package dev.gitvan.hook;

import dev.gitvan.diagnostics.Problem;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** Result of calling a hook. Immutable. */
public sealed interface HookOutcome {
  /** Passed, without a message. */
  HookOutcome PASSED = new Passed("");

  /** The hook does not object. */
  static HookOutcome passed() {
    return PASSED;
  }

  /** The hook objects; at a gate this stops the operation. */
  static HookOutcome vetoed(String reason) {
    return new Vetoed(reason);
  }

  /**
   * The hook does not object, and has changed files.
   *
   * @param files at least one; see {@link Fixed#files}
   */
  static HookOutcome fixed(Collection<String> files) {
    return new Fixed(List.copyOf(files));
  }

  /** The hook does not apply to this event. */
  static HookOutcome skipped(String reason) {
    return new Skipped(reason);
  }

  /** Whether a gate stops at this outcome: a veto, a failure or a timeout. */
  default boolean stopsGate() {
    return this instanceof Vetoed || this instanceof Failed || this instanceof TimedOut;
  }

  /**
   * No objection.
   *
   * @param message for people, or empty
   */
  record Passed(String message) implements HookOutcome {
    public Passed {
      Objects.requireNonNull(message, "message");
    }
  }

  /**
   * An objection.
   *
   * @param reason for people, one sentence without its full stop
   */
  record Vetoed(String reason) implements HookOutcome {
    public Vetoed {
      Objects.requireNonNull(reason, "reason");
    }
  }

  /**
   * The hook failed, which is not the user's fault; also a definition that cannot be used.
   *
   * @param problem what went wrong
   */
  record Failed(Problem problem) implements HookOutcome {
    public Failed {
      Objects.requireNonNull(problem, "problem");
    }
  }

  /**
   * The hook did not return within a limit.
   *
   * @param limit its own, or that of the chain
   */
  record TimedOut(Duration limit) implements HookOutcome {
    public TimedOut {
      Objects.requireNonNull(limit, "limit");
    }
  }

  /**
   * No objection, but the hook has changed files. It does not stop a gate by itself: the caller
   * decides what happens to the changes, such as adding them to the commit.
   *
   * @param files paths relative to the working tree, with {@code /}; at least one
   */
  record Fixed(List<String> files) implements HookOutcome {
    public Fixed {
      files = List.copyOf(files);
      if (files.isEmpty()) {
        throw new IllegalArgumentException("no file was fixed: the hook has passed");
      }
      for (var file : files) {
        if (file.isEmpty() || file.startsWith("/") || List.of(file.split("/", -1)).contains("..")) {
          throw new IllegalArgumentException("not a path inside the working tree: " + file);
        }
      }
    }
  }

  /**
   * The hook does not apply, or was not called.
   *
   * @param reason for people, one sentence without its full stop
   */
  record Skipped(String reason) implements HookOutcome {
    public Skipped {
      Objects.requireNonNull(reason, "reason");
    }
  }
}
