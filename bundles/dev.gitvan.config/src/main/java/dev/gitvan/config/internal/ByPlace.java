package dev.gitvan.config.internal;

import dev.gitvan.diagnostics.Problem;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** The order of problems: that of the files, then of the places in each. */
final class ByPlace {
  private static final Pattern PLACE = Pattern.compile("(.*):(\\d{1,9}):(\\d{1,9})");

  private record Position(int file, int line, int column) {}

  private ByPlace() {}

  static void sort(List<Problem> problems, List<String> files) {
    problems.sort(
        Comparator.comparing(
            problem -> position(problem.place(), files),
            Comparator.comparingInt(Position::file)
                .thenComparingInt(Position::line)
                .thenComparingInt(Position::column)));
  }

  private static Position position(String place, List<String> files) {
    var match = PLACE.matcher(place);
    return match.matches()
        ? new Position(
            files.indexOf(match.group(1)),
            Integer.parseInt(match.group(2)),
            Integer.parseInt(match.group(3)))
        : new Position(files.indexOf(place), 0, 0);
  }
}
