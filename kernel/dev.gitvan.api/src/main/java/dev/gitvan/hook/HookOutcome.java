package dev.gitvan.hook;

import dev.gitvan.diagnostics.Problem;
import java.time.Duration;

/** What a hook answered. */
public sealed interface HookOutcome {
  /** All is well. */
  HookOutcome PASSED = new Passed("");

  /** The hook has no objection. */
  static HookOutcome passed() {
    return PASSED;
  }

  /** The hook objects; at a gate this stops the operation. */
  static HookOutcome vetoed(String reason) {
    return new Vetoed(reason);
  }

  /** The hook does not apply here. */
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
  record Passed(String message) implements HookOutcome {}

  /** An objection. */
  record Vetoed(String reason) implements HookOutcome {}

  /** The hook threw; the fault is the hook's. */
  record Failed(Problem problem) implements HookOutcome {}

  /** The hook did not answer within its limit. */
  record TimedOut(Duration limit) implements HookOutcome {}

  /** The hook does not apply. */
  record Skipped(String reason) implements HookOutcome {}
}
