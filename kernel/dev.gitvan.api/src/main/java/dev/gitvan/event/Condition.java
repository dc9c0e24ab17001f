package dev.gitvan.event;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What must be true of an event. Immutable.
 *
 * <p>Strings are not checked here: {@link TriggerParser} reports invalid patterns where they are
 * written.
 */
public sealed interface Condition {
  /** All conditions are true. */
  record AllOf(List<Condition> conditions) implements Condition {
    public AllOf {
      conditions = atLeastOne(conditions);
    }
  }

  /** At least one condition is true. */
  record AnyOf(List<Condition> conditions) implements Condition {
    public AnyOf {
      conditions = atLeastOne(conditions);
    }
  }

  /** No condition is true. */
  record NoneOf(List<Condition> conditions) implements Condition {
    public NoneOf {
      conditions = atLeastOne(conditions);
    }
  }

  /** A condition that one predicate decides. */
  sealed interface Leaf extends Condition {
    /** Name of the predicate, and the key in job files. */
    String predicate();

    /** What the predicate gets. */
    Map<String, Object> parameters();

    /** The value as job files have it. */
    Object value();
  }

  /**
   * A branch was created or moved.
   *
   * @param branches globs over branch names; one must match
   */
  record Push(List<String> branches) implements Leaf {
    public Push {
      branches = atLeastOne(branches);
    }

    @Override
    public String predicate() {
      return "push";
    }

    @Override
    public Map<String, Object> parameters() {
      return Map.of("branches", branches);
    }

    @Override
    public Object value() {
      return oneOrMore(branches);
    }
  }

  /**
   * A tag was created.
   *
   * @param names globs over tag names; one must match
   */
  record Tag(List<String> names) implements Leaf {
    public Tag {
      names = atLeastOne(names);
    }

    @Override
    public String predicate() {
      return "tag";
    }

    @Override
    public Map<String, Object> parameters() {
      return Map.of("names", names);
    }

    @Override
    public Object value() {
      return oneOrMore(names);
    }
  }

  /**
   * Paths have changed.
   *
   * @param patterns globs over paths; one must match one path
   */
  record Paths(List<String> patterns) implements Leaf {
    public Paths {
      patterns = atLeastOne(patterns);
    }

    @Override
    public String predicate() {
      return "paths";
    }

    @Override
    public Map<String, Object> parameters() {
      return Map.of("patterns", patterns);
    }

    @Override
    public Object value() {
      return oneOrMore(patterns);
    }
  }

  /**
   * A branch has gained a commit of this kind.
   *
   * @param message RE2 expression that is found in the message; empty: any
   * @param author RE2 expression that is found in {@code Name <email>}; empty: any
   */
  record Commit(String message, String author) implements Leaf {
    public Commit {
      Objects.requireNonNull(message, "message");
      Objects.requireNonNull(author, "author");
    }

    @Override
    public String predicate() {
      return "commit";
    }

    @Override
    public Map<String, Object> parameters() {
      var parameters = new LinkedHashMap<String, Object>();
      if (!message.isEmpty()) {
        parameters.put("message", message);
      }
      if (!author.isEmpty()) {
        parameters.put("author", author);
      }
      return Collections.unmodifiableMap(parameters);
    }

    @Override
    public Object value() {
      return parameters();
    }
  }

  /**
   * A branch has gained a merge commit.
   *
   * @param into globs over branch names; one must match
   */
  record Merge(List<String> into) implements Leaf {
    public Merge {
      into = atLeastOne(into);
    }

    @Override
    public String predicate() {
      return "merge";
    }

    @Override
    public Map<String, Object> parameters() {
      return Map.of("into", into);
    }

    @Override
    public Object value() {
      return Map.of("into", oneOrMore(into));
    }
  }

  /**
   * Hooks were called at a point.
   *
   * @param point name of the point
   */
  record Hook(String point) implements Leaf {
    public Hook {
      Objects.requireNonNull(point, "point");
    }

    @Override
    public String predicate() {
      return "hook";
    }

    @Override
    public Map<String, Object> parameters() {
      return Map.of("point", point);
    }

    @Override
    public Object value() {
      return point;
    }
  }

  /**
   * What a plugin's predicate decides.
   *
   * @param predicate see {@link dev.gitvan.event.spi.GitVanEventPredicate#name}
   * @param parameters values as {@link dev.gitvan.document.Node#value()} returns them
   */
  record Contributed(String predicate, Map<String, Object> parameters) implements Leaf {
    public Contributed {
      Objects.requireNonNull(predicate, "predicate");
      parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    @Override
    public Object value() {
      return parameters;
    }
  }

  private static <T> List<T> atLeastOne(List<T> items) {
    if (items.isEmpty()) {
      throw new IllegalArgumentException("a condition on nothing");
    }
    return List.copyOf(items);
  }

  private static Object oneOrMore(List<String> patterns) {
    return patterns.size() == 1 ? patterns.get(0) : patterns;
  }
}
