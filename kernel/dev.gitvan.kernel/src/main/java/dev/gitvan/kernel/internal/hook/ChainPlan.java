package dev.gitvan.kernel.internal.hook;

import dev.gitvan.hook.HookDefinition;
import dev.gitvan.hook.HookOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeSet;

/**
 * Which hooks of a chain wait for which others; immutable.
 *
 * <p>The order of the chain is the given one, changed only where {@link HookOrder#before} and
 * {@link HookOrder#after} ask for it. Hooks of a group follow one another in that order, so groups
 * never add a cycle. Hooks on a cycle of befores and afters order nothing.
 */
final class ChainPlan {
  /** The position of a hook that no other of its group precedes. */
  static final int NONE = -1;

  private final List<Integer> order = new ArrayList<>();
  private final List<List<Integer>> followers = new ArrayList<>();
  private final int[] waits;
  private final int[] previous;
  private final Map<Integer, String> cycles = new HashMap<>();

  private ChainPlan(int size) {
    waits = new int[size];
    previous = new int[size];
  }

  /** Plans a chain of members that are given in order of precedence. */
  static ChainPlan of(List<? extends ChainMember> members) {
    return ofDefinitions(members.stream().map(ChainMember::definition).toList());
  }

  /** Plans a chain of hooks that are given in order of precedence. */
  static ChainPlan ofDefinitions(List<HookDefinition> hooks) {
    var plan = new ChainPlan(hooks.size());
    var edges = new Edges(hooks);
    for (var cycle = edges.cycle(); !cycle.isEmpty(); cycle = edges.cycle()) {
      var path = cycle.stream().map(hook -> hooks.get(hook).name()).toList();
      var text = String.join(" before ", path) + " before " + path.get(0);
      cycle.forEach(hook -> plan.cycles.put(hook, text));
      cycle.forEach(edges::clear);
    }
    plan.arrange(hooks, edges);
    return plan;
  }

  private void arrange(List<HookDefinition> hooks, Edges edges) {
    edges.sort(order);
    var position = new int[hooks.size()];
    for (int i = 0; i < order.size(); i++) {
      position[order.get(i)] = i;
      followers.add(new ArrayList<>());
    }
    var last = new HashMap<String, Integer>();
    for (int i = 0; i < order.size(); i++) {
      int hook = order.get(i);
      var next = new TreeSet<Integer>();
      edges.of(hook).stream().forEach(other -> next.add(position[other]));
      followers.get(i).addAll(next);
      var group = hooks.get(hook).order().group();
      var before = group.isEmpty() ? null : last.put(group, i);
      previous[i] = before == null ? NONE : before;
      if (before != null && !followers.get(before).contains(i)) {
        followers.get(before).add(i);
      }
    }
    followers.forEach(list -> list.forEach(next -> waits[next]++));
  }

  /** The hooks in the order of the chain, each by its index in the given list. */
  List<Integer> order() {
    return order;
  }

  /** The positions that wait for a position to end. */
  List<Integer> followers(int position) {
    return followers.get(position);
  }

  /** How many positions a position waits for. */
  int waits(int position) {
    return waits[position];
  }

  /** The position that precedes a position in its group; {@link #NONE} if none does. */
  int previousInGroup(int position) {
    return previous[position];
  }

  /** The cycle that a hook is on, for people; empty if it is on none. */
  String cycle(int hook) {
    return cycles.getOrDefault(hook, "");
  }

  /** The befores and afters: which hooks start when a hook has ended. */
  private static final class Edges {
    private final List<BitSet> next = new ArrayList<>();

    Edges(List<HookDefinition> hooks) {
      hooks.forEach(hook -> next.add(new BitSet()));
      for (int i = 0; i < hooks.size(); i++) {
        for (var name : hooks.get(i).order().before()) {
          for (int j = 0; j < hooks.size(); j++) {
            if (j != i && isCalled(hooks.get(j), name)) {
              next.get(i).set(j);
            }
          }
        }
        for (var name : hooks.get(i).order().after()) {
          for (int j = 0; j < hooks.size(); j++) {
            if (j != i && isCalled(hooks.get(j), name)) {
              next.get(j).set(i);
            }
          }
        }
      }
    }

    private static boolean isCalled(HookDefinition hook, String name) {
      return hook.name().equals(name) || hook.order().group().equals(name);
    }

    BitSet of(int hook) {
      return next.get(hook);
    }

    /** Removes what a hook asks for, and what others ask of it. */
    void clear(int hook) {
      next.get(hook).clear();
      next.forEach(set -> set.clear(hook));
    }

    /** Adds the hooks to a list, each as early as the edges allow. */
    void sort(List<Integer> sorted) {
      var waits = new int[next.size()];
      next.forEach(set -> set.stream().forEach(hook -> waits[hook]++));
      var free = new PriorityQueue<Integer>();
      for (int i = 0; i < waits.length; i++) {
        if (waits[i] == 0) {
          free.add(i);
        }
      }
      for (var hook = free.poll(); hook != null; hook = free.poll()) {
        sorted.add(hook);
        next.get(hook).stream()
            .forEach(
                other -> {
                  if (--waits[other] == 0) {
                    free.add(other);
                  }
                });
      }
    }

    /** A cycle, as its hooks in order; empty if there is none. */
    List<Integer> cycle() {
      var done = new BitSet();
      for (int i = 0; i < next.size(); i++) {
        var path = new ArrayDeque<Integer>();
        var cycle = cycle(i, path, done);
        if (!cycle.isEmpty()) {
          return cycle;
        }
      }
      return List.of();
    }

    private List<Integer> cycle(int hook, ArrayDeque<Integer> path, BitSet done) {
      if (path.contains(hook)) {
        var cycle = new ArrayList<>(path);
        return cycle.subList(cycle.indexOf(hook), cycle.size());
      }
      if (done.get(hook)) {
        return List.of();
      }
      path.addLast(hook);
      for (int i = next.get(hook).nextSetBit(0); i >= 0; i = next.get(hook).nextSetBit(i + 1)) {
        var cycle = cycle(i, path, done);
        if (!cycle.isEmpty()) {
          return cycle;
        }
      }
      path.removeLast();
      done.set(hook);
      return List.of();
    }
  }
}
