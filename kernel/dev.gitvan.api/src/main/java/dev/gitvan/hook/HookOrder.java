package dev.gitvan.hook;

import java.util.Set;

/**
 * Position of a hook in its chain. Hooks run in parallel unless one of these says otherwise. Names
 * that are not in the chain have no effect. Immutable.
 *
 * @param before names of hooks or groups that start when this hook has ended
 * @param after names of hooks or groups that have ended when this hook starts
 * @param group hooks of one group run one after another, and at a gate the rest of a group is
 *     skipped once one of its hooks has stopped the operation; empty: none
 */
public record HookOrder(Set<String> before, Set<String> after, String group) {
  /** In parallel with all others. */
  public static final HookOrder ANY = new HookOrder(Set.of(), Set.of(), "");

  public HookOrder {
    before = Set.copyOf(before);
    after = Set.copyOf(after);
    group = group.strip();
  }

  /** A hook of a group. */
  public static HookOrder inGroup(String group) {
    return new HookOrder(Set.of(), Set.of(), group);
  }
}
