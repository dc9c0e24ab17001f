package dev.gitvan.template.internal;

import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Place;
import java.util.function.Supplier;

/** Tells failures where somebody wrote what leads to them, and not where they think that it is. */
final class Placed {
  private Placed() {}

  /**
   * Calls something.
   *
   * @param place where it is written
   * @param thought the place that a failure has: a path, or the name of a text
   */
  static <T> T at(Place place, String thought, Supplier<T> call) {
    try {
      return call.get();
    } catch (GitVanException e) {
      var problem = e.problem();
      var where = place.toString();
      if (problem.place().startsWith(where)) {
        // A text that stands at a place is named after it, and its lines are counted from there.
        throw new Problem(problem.code(), where, problem.what(), problem.remedy()).toException(e);
      }
      if (problem.place().equals(thought)) {
        throw new Problem(problem.code(), where, thought + ": " + problem.what(), problem.remedy())
            .toException(e);
      }
      throw e;
    }
  }
}
