package dev.gitvan.event;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.Nearest;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Node;
import dev.gitvan.document.Place;
import dev.gitvan.hook.BuiltInHookPoints;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Reads the triggers of a job, the value of {@code on}. Everything that is wrong is reported with
 * its location; what is returned is of use only if nothing was.
 */
public final class TriggerParser {
  /** Keys of an entry. */
  public static final Set<String> KEYS =
      Set.of("push", "tag", "paths", "commit", "merge", "hook", "schedule", "timezone");

  /** Keys of {@code commit}. */
  public static final Set<String> COMMIT_KEYS = Set.of("message", "author");

  /** Keys of {@code merge}. */
  public static final Set<String> MERGE_KEYS = Set.of("into");

  /** Languages of strings that a {@link SyntaxCheck} knows. */
  public enum Syntax {
    /** A pattern for refs or paths. */
    GLOB,
    /** An RE2 expression. */
    REGEX,
    /** Five fields. */
    CRON
  }

  /** Checks strings whose language needs a library. */
  @FunctionalInterface
  public interface SyntaxCheck {
    /** Accepts every string. */
    SyntaxCheck NONE = (syntax, key, value) -> Optional.empty();

    /**
     * Checks a string.
     *
     * @param key under which it is written
     * @return what is wrong, with its location; empty: nothing
     */
    Optional<Problem> check(Syntax syntax, String key, Node.Scalar value);
  }

  private final SyntaxCheck syntax;
  private final Consumer<Problem> problems;

  /**
   * @param problems called with each problem
   */
  public TriggerParser(SyntaxCheck syntax, Consumer<Problem> problems) {
    this.syntax = Objects.requireNonNull(syntax, "syntax");
    this.problems = Objects.requireNonNull(problems, "problems");
  }

  /** Reads the list of entries. */
  public List<JobTrigger> list(Node on) {
    if (!(on instanceof Node.Sequence list)) {
      type(on, "on", "a list of triggers");
      return List.of();
    }
    var triggers = new ArrayList<JobTrigger>();
    list.items().forEach(item -> entry(item).ifPresent(triggers::add));
    return triggers;
  }

  /** Reads one entry. */
  public Optional<JobTrigger> entry(Node node) {
    if (!(node instanceof Node.Mapping entry)) {
      type(node, "an entry of on", "a mapping");
      return Optional.empty();
    }
    unknownKeys(entry, KEYS, "a trigger");
    if (entry.entries().isEmpty()) {
      required(entry.place(), "this trigger names nothing", "Write push: main into it.");
    }
    var conditions = new ArrayList<Condition.Leaf>();
    entry.entries().forEach((key, value) -> condition(key, value).ifPresent(conditions::add));
    var zone = timezone(entry);
    if (entry.entries().containsKey("schedule")) {
      return schedule(entry).map(cron -> new JobTrigger.OnSchedule(cron, zone));
    }
    return conditions.isEmpty()
        ? Optional.empty()
        : Optional.of(new JobTrigger.OnEvent(conditions));
  }

  private Optional<Condition.Leaf> condition(String key, Node value) {
    return switch (key) {
      case "push" -> globs(key, value).map(Condition.Push::new);
      case "tag" -> globs(key, value).map(Condition.Tag::new);
      case "paths" -> globs(key, value).map(Condition.Paths::new);
      case "commit" -> commit(value);
      case "merge" -> merge(value);
      case "hook" -> hook(value);
      default -> Optional.empty();
    };
  }

  private Optional<List<String>> globs(String key, Node value) {
    var patterns = new ArrayList<String>();
    if (value instanceof Node.Sequence list) {
      if (list.items().isEmpty()) {
        required(list.place(), key + " is empty", "Name at least one, or remove the key.");
      }
      list.items()
          .forEach(
              item -> text(item, "an entry of " + key, key, Syntax.GLOB).ifPresent(patterns::add));
    } else {
      text(value, key, key, Syntax.GLOB).ifPresent(patterns::add);
    }
    return patterns.isEmpty() ? Optional.empty() : Optional.of(patterns);
  }

  private Optional<Condition.Leaf> commit(Node value) {
    if (!(value instanceof Node.Mapping commit)) {
      type(value, "commit", "a mapping");
      return Optional.empty();
    }
    unknownKeys(commit, COMMIT_KEYS, "commit");
    if (commit.entries().isEmpty()) {
      required(commit.place(), "commit names nothing", "Add message or author.");
    }
    return Optional.of(
        new Condition.Commit(expression(commit, "message"), expression(commit, "author")));
  }

  private String expression(Node.Mapping commit, String key) {
    var value = commit.entries().get(key);
    return value == null ? "" : text(value, key, key, Syntax.REGEX).orElse("");
  }

  private Optional<Condition.Leaf> merge(Node value) {
    if (!(value instanceof Node.Mapping merge)) {
      type(value, "merge", "a mapping");
      return Optional.empty();
    }
    unknownKeys(merge, MERGE_KEYS, "merge");
    var into = merge.entries().get("into");
    if (into == null) {
      required(merge.place(), "merge does not say into what", "Add into: main.");
      return Optional.empty();
    }
    return globs("into", into).map(Condition.Merge::new);
  }

  private Optional<Condition.Leaf> hook(Node value) {
    var point = text(value, "hook");
    point
        .filter(name -> !BuiltInHookPoints.gitNames().contains(name))
        .ifPresent(
            name ->
                report(
                    Codes.CONFIG_RANGE,
                    value.place(),
                    "Git has no hook " + name,
                    Nearest.sentence(name, BuiltInHookPoints.gitNames(), "See githooks(5).")));
    return point.map(Condition.Hook::new);
  }

  private Optional<String> schedule(Node.Mapping entry) {
    for (var key : entry.entries().keySet()) {
      if (KEYS.contains(key) && !key.equals("schedule") && !key.equals("timezone")) {
        report(
            Codes.CONFIG_TYPE,
            entry.keyPlaces().get(key),
            "a schedule and " + key + " cannot both hold",
            "Make two entries of them.");
      }
    }
    return text(entry.entries().get("schedule"), "schedule", "schedule", Syntax.CRON);
  }

  private ZoneId timezone(Node.Mapping entry) {
    var value = entry.entries().get("timezone");
    if (value == null) {
      return ZoneOffset.UTC;
    }
    if (!entry.entries().containsKey("schedule")) {
      required(value.place(), "timezone without a schedule", "Add a schedule to this entry.");
    }
    return text(value, "timezone").map(name -> zone(name, value.place())).orElse(ZoneOffset.UTC);
  }

  private ZoneId zone(String name, Place place) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      report(
          Codes.JOB_CRON,
          place,
          "there is no time zone " + name,
          Nearest.sentence(name, ZoneId.getAvailableZoneIds(), "Write it like Europe/Berlin."));
      return ZoneOffset.UTC;
    }
  }

  private Optional<String> text(Node node, String label, String key, Syntax language) {
    var text = text(node, label);
    if (text.isPresent()) {
      syntax.check(language, key, (Node.Scalar) node).ifPresent(problems);
    }
    return text;
  }

  private Optional<String> text(Node node, String label) {
    if (node instanceof Node.Scalar scalar
        && scalar.value() instanceof String text
        && !text.isBlank()) {
      return Optional.of(text);
    }
    type(node, label, "a string");
    return Optional.empty();
  }

  private void unknownKeys(Node.Mapping mapping, Set<String> known, String owner) {
    mapping
        .keyPlaces()
        .forEach(
            (key, place) -> {
              if (!known.contains(key)) {
                var sorted = new TreeSet<>(known);
                report(
                    Codes.CONFIG_UNKNOWN_KEY,
                    place,
                    "there is no key " + key + " in " + owner,
                    Nearest.sentence(
                        key, sorted, "The keys are " + String.join(", ", sorted) + "."));
              }
            });
  }

  private void type(Node node, String label, String wanted) {
    report(
        Codes.CONFIG_TYPE,
        node.place(),
        label + " must be " + wanted + ", but is " + node.describe(),
        "Write " + wanted + ".");
  }

  private void required(Place place, String what, String remedy) {
    report(Codes.CONFIG_REQUIRED, place, what, remedy);
  }

  private void report(ErrorCode code, Place place, String what, String remedy) {
    problems.accept(new Problem(code, place.toString(), what, remedy));
  }
}
