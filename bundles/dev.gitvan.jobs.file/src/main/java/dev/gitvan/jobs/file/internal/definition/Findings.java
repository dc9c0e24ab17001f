package dev.gitvan.jobs.file.internal.definition;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.Nearest;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Node;
import dev.gitvan.document.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Takes what is wrong with a job while it is read, so that all errors are reported at once. */
public final class Findings {
  private final List<Problem> problems = new ArrayList<>();

  /** What was found so far, in the order in which it was. */
  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  /** Adds a problem. */
  public void add(Problem problem) {
    problems.add(problem);
  }

  /** Adds a problem at a place. */
  public void add(ErrorCode code, Place place, String what, String remedy) {
    problems.add(new Problem(code, place.toString(), what, remedy));
  }

  /** A value is of another type than it must be. */
  public void type(Node node, String key, String wanted) {
    add(
        Codes.CONFIG_TYPE,
        node.place(),
        key + " must be " + wanted + ", but is " + describe(node),
        "Write " + wanted + ".");
  }

  /** A key that must be there is not. */
  public void required(Place place, String what, String remedy) {
    add(Codes.CONFIG_REQUIRED, place, what, remedy);
  }

  /** Complains about keys of a mapping that are not known. */
  public void unknownKeys(Node.Mapping mapping, Collection<String> known, String owner) {
    mapping
        .keyPlaces()
        .forEach(
            (key, place) -> {
              if (!known.contains(key)) {
                var sorted = new TreeSet<>(known);
                add(
                    Codes.CONFIG_UNKNOWN_KEY,
                    place,
                    "there is no key " + key + " in " + owner,
                    Nearest.sentence(
                        key, sorted, "The keys are " + String.join(", ", sorted) + "."));
              }
            });
  }

  /** A value for people; see {@link Node#describe()}. */
  public static String describe(Node node) {
    return node.describe();
  }
}
