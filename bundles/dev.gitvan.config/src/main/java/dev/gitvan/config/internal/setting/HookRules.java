package dev.gitvan.config.internal.setting;

import dev.gitvan.config.InvalidSettingException;
import dev.gitvan.config.SettingType;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.Nearest;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Node;
import dev.gitvan.document.Place;
import dev.gitvan.hook.BuiltInHookPoints;
import dev.gitvan.hook.HookPoint;
import dev.gitvan.job.JobDefinition;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What {@code hooks:} may hold. A wrong hook stops the whole file: a gate must not vanish. */
public final class HookRules {
  static final SettingType<Boolean> PARALLEL = SettingType.flag();
  static final SettingType<Duration> TIMEOUT =
      SettingType.duration(Duration.ofMillis(1), Duration.ofDays(1));

  static final Set<String> CHAIN_KEYS = Set.of("parallel", "jobs");
  static final Set<String> JOB_KEYS =
      Set.of("name", "run", "job", "inputs", "glob", "exclude", "timeout", "env");

  private final Consumer<Problem> problems;

  private HookRules(Consumer<Problem> problems) {
    this.problems = problems;
  }

  /** Reports what is wrong with the value of {@code hooks}. */
  public static void check(Node hooks, Consumer<Problem> problems) {
    new HookRules(problems).hooks(hooks);
  }

  private void hooks(Node node) {
    if (!(node instanceof Node.Mapping points)) {
      wrong(node, "hooks must be a mapping", "Write hook points such as pre-commit below it.");
      return;
    }
    points
        .entries()
        .forEach(
            (point, chain) -> {
              if (!BuiltInHookPoints.names().contains(point) && !HookPoint.isExtensionName(point)) {
                problems.accept(
                    new Problem(
                        Codes.CONFIG_UNKNOWN_KEY,
                        points.keyPlaces().get(point).toString(),
                        "there is no hook point " + point,
                        Nearest.sentence(
                            point,
                            BuiltInHookPoints.names(),
                            "See githooks(5), or job:before, job:after.")));
              }
              chain("hooks." + point, chain);
            });
  }

  private void chain(String path, Node node) {
    if (!(node instanceof Node.Mapping chain)) {
      wrong(node, path + " must be a mapping", "Its keys are parallel and jobs.");
      return;
    }
    keys(path, chain, CHAIN_KEYS);
    fits(path + ".parallel", chain.entries().get("parallel"), PARALLEL);
    var jobs = chain.entries().get("jobs");
    if (jobs == null) {
      required(chain.place(), path + " has no jobs", "Add jobs: with a list.");
    } else if (jobs instanceof Node.Sequence list) {
      var seen = new HashMap<String, Place>();
      list.items().forEach(job -> job(path + ".jobs", job, seen));
    } else {
      wrong(jobs, path + ".jobs must be a list", "Begin each entry with a dash.");
    }
  }

  private void job(String path, Node node, Map<String, Place> seen) {
    if (!(node instanceof Node.Mapping job)) {
      wrong(node, "an entry of " + path + " must be a mapping", "Add run: or job: to it.");
      return;
    }
    keys(path, job, JOB_KEYS);
    var entries = job.entries();
    var run = entries.get("run");
    var called = entries.get("job");
    if ((run == null) == (called == null)) {
      required(
          job.place(),
          "an entry of " + path + (run == null ? " has neither" : " has both") + " run and job",
          "Keep exactly one of them.");
    }
    strings(path + ".run", run, true);
    if (called != null && !(text(called) && JobDefinition.isName(((Node.Scalar) called).text()))) {
      wrong(called, path + ".job must be a job's name", "See gitvan job list.");
    }
    var inputs = entries.get("inputs");
    if (inputs != null && !(inputs instanceof Node.Mapping)) {
      wrong(inputs, path + ".inputs must be a mapping", "Write inputs: { name: value }.");
    }
    environment(path + ".env", entries.get("env"));
    strings(path + ".glob", entries.get("glob"), false);
    strings(path + ".exclude", entries.get("exclude"), false);
    fits(path + ".timeout", entries.get("timeout"), TIMEOUT);
    name(path, entries.get("name"), seen);
  }

  private void name(String path, Node node, Map<String, Place> seen) {
    if (node == null) {
      return;
    }
    if (!text(node) || ((Node.Scalar) node).text().isBlank()) {
      wrong(node, path + ".name must be a string", "It is used in reports and in GITVAN_SKIP.");
      return;
    }
    var name = ((Node.Scalar) node).text();
    var first = seen.putIfAbsent(name, node.place());
    if (first != null) {
      problems.accept(
          new Problem(
              Codes.CONFIG_DUPLICATE_KEY,
              node.place().toString(),
              "the name " + name + " is already on line " + first.line(),
              "Rename one of them."));
    }
  }

  private void environment(String path, Node node) {
    boolean fine =
        node == null
            || node instanceof Node.Mapping map
                && map.entries().values().stream()
                    .allMatch(
                        value -> value instanceof Node.Scalar scalar && scalar.value() != null);
    if (!fine) {
      wrong(node, path + " must be a mapping of strings", "Write env: { NAME: value }.");
    }
  }

  /** A string, or a list of strings. */
  private void strings(String path, Node node, boolean argv) {
    boolean list =
        node instanceof Node.Sequence items
            && !items.items().isEmpty()
            && items.items().stream().allMatch(Node.Scalar.class::isInstance);
    if (node != null && !list && (!text(node) || ((Node.Scalar) node).text().isBlank())) {
      wrong(
          node,
          path + " must be a string or a list of strings",
          argv ? "A list runs without a shell." : "Write a pattern such as \"*.java\".");
    }
  }

  private <T> void fits(String path, Node node, SettingType<T> type) {
    if (node == null) {
      return;
    }
    try {
      type.read(node);
    } catch (InvalidSettingException e) {
      problems.accept(
          new Problem(e.code(), node.place().toString(), path + " must be " + e.getMessage(), ""));
    }
  }

  private void keys(String path, Node.Mapping mapping, Set<String> known) {
    mapping
        .keyPlaces()
        .forEach(
            (key, place) -> {
              if (!known.contains(key)) {
                var sorted = new TreeSet<>(known);
                problems.accept(
                    new Problem(
                        Codes.CONFIG_UNKNOWN_KEY,
                        place.toString(),
                        "there is no key " + key + " in " + path,
                        Nearest.sentence(
                            key, sorted, "The keys are " + String.join(", ", sorted) + ".")));
              }
            });
  }

  private static boolean text(Node node) {
    return node instanceof Node.Scalar scalar && scalar.value() instanceof String;
  }

  private void wrong(Node node, String what, String remedy) {
    problems.accept(
        new Problem(
            Codes.CONFIG_TYPE,
            node.place().toString(),
            what + ", but is " + node.describe(),
            remedy));
  }

  private void required(Place place, String what, String remedy) {
    problems.accept(new Problem(Codes.CONFIG_REQUIRED, place.toString(), what, remedy));
  }
}
