package dev.gitvan.jobs.file.internal.run;

import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.document.Place;
import java.util.function.Function;

/**
 * Templates and expressions that stand in a job file. The engine counts lines within the text; a
 * error names the location in the file, which is worth more.
 */
final class Inline {
  private Inline() {}

  /**
   * Calls the engine.
   *
   * @param call given the name by which it knows the text
   */
  static <T> T at(Place place, Function<String, T> call) {
    var name = place.toString();
    try {
      return call.apply(name);
    } catch (GitVanException e) {
      var problem = e.problem();
      if (!problem.place().startsWith(name + ":")) {
        throw e;
      }
      throw problem.at(name).toException(e);
    }
  }
}
