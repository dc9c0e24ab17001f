package dev.gitvan.shell.internal.diag;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Findings and which of them cause which. Not thread-safe. */
final class FindingGraph {
  private final Map<String, Finding> findings = new LinkedHashMap<>();
  private final Map<String, Set<String>> causes = new LinkedHashMap<>();

  /** Adds a finding; the first one of a key counts. */
  void add(String key, Finding finding) {
    findings.putIfAbsent(key, finding);
  }

  boolean has(String key) {
    return findings.containsKey(key);
  }

  /** States that one finding is there because of another; both may be added later. */
  void addCause(String effect, String cause) {
    if (!effect.equals(cause)) {
      causes.computeIfAbsent(effect, key -> new LinkedHashSet<>()).add(cause);
    }
  }

  /**
   * One tree for each finding that has no cause. In a tree every consequence is there once, at the
   * shortest distance from the root; one with causes in several trees has its own consequences in
   * the first. Of findings that cause each other the first is a root.
   */
  List<FindingTree> trees() {
    var effects = effects();
    var expanded = new HashSet<String>();
    var trees = new ArrayList<FindingTree>();
    for (var key : findings.keySet()) {
      if (present(causes.get(key)).isEmpty()) {
        trees.add(tree(key, effects, expanded));
      }
    }
    for (var key : findings.keySet()) {
      if (!expanded.contains(key)) {
        trees.add(tree(key, effects, expanded));
      }
    }
    return trees;
  }

  Optional<Finding> find(String key) {
    return Optional.ofNullable(findings.get(key));
  }

  /** The root of the first tree that has a finding; empty when there is no such finding. */
  Optional<Finding> rootOf(String key) {
    var at = key;
    for (var seen = new HashSet<String>(); seen.add(at); ) {
      var above = present(causes.get(at));
      if (!above.isEmpty()) {
        at = above.get(0);
      }
    }
    return Optional.ofNullable(findings.get(at));
  }

  private List<String> present(Set<String> keys) {
    return keys == null ? List.of() : keys.stream().filter(findings::containsKey).toList();
  }

  private Map<String, List<String>> effects() {
    var effects = new HashMap<String, List<String>>();
    for (var key : findings.keySet()) {
      for (var cause : present(causes.get(key))) {
        effects.computeIfAbsent(cause, k -> new ArrayList<>()).add(key);
      }
    }
    return effects;
  }

  private FindingTree tree(String root, Map<String, List<String>> effects, Set<String> expanded) {
    var children = new HashMap<String, List<String>>();
    var reached = new HashSet<>(Set.of(root));
    var next = new ArrayDeque<>(List.of(root));
    while (!next.isEmpty()) {
      var key = next.remove();
      if (expanded.add(key)) {
        for (var effect : effects.getOrDefault(key, List.of())) {
          if (reached.add(effect)) {
            children.computeIfAbsent(key, k -> new ArrayList<>()).add(effect);
            next.add(effect);
          }
        }
      }
    }
    return new FindingTree(findings.get(root), consequences(root, children));
  }

  private List<FindingTree> consequences(String key, Map<String, List<String>> children) {
    return children.getOrDefault(key, List.of()).stream()
        .map(
            child ->
                new FindingTree(findings.get(child).withoutRemedy(), consequences(child, children)))
        .toList();
  }
}
