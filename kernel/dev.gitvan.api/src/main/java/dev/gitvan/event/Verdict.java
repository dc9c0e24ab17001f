package dev.gitvan.event;

import java.util.List;

/**
 * Whether a condition is true of an event, and what decided it. Immutable.
 *
 * @param decisive the conditions that decided: all that are true, where all must be; the first that
 *     is not; and so on
 */
public record Verdict(boolean holds, List<Condition.Leaf> decisive) {
  public Verdict {
    decisive = List.copyOf(decisive);
  }
}
