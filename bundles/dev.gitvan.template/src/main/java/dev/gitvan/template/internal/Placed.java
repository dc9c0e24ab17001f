package dev.gitvan.template.internal;

import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.Place;
import java.util.function.Supplier;

/** Maps a failure to the location in the file that caused it. */
final class Placed {
  private Placed() {}

  /**
   * Calls something.
   *
   * @param place where it is written
   * @param thought the place that a failure has: a path, or the name of an inline template
   */
  static <T> T at(Place place, String thought, Supplier<T> call) {
    try {
      return call.get();
    } catch (GitVanException e) {
      var problem = e.problem();
      var where = place.toString();
      if (problem.place().startsWith(where)) {
        // A template at a place in a file is named after it, and its lines are counted from there.
        throw problem.at(where).toException(e);
      }
      if (problem.place().equals(thought)) {
        throw problem.at(where, thought + ": " + problem.what()).toException(e);
      }
      throw e;
    }
  }
}
