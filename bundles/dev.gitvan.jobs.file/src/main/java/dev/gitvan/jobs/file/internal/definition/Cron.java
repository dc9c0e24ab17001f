package dev.gitvan.jobs.file.internal.definition;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Checks cron expressions of five fields: minute, hour, day of month, month, day of week; with
 * lists, ranges, steps, and names of months and days.
 */
final class Cron {
  private static final List<String> MONTHS =
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
  private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

  /** Days of each month, from 1, in the year that has most of them. */
  private static final int[] LENGTHS = {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private record Field(String name, int min, int max, List<String> names) {}

  private static final List<Field> FIELDS =
      List.of(
          new Field("minute", 0, 59, List.of()),
          new Field("hour", 0, 23, List.of()),
          new Field("day of month", 1, 31, List.of()),
          new Field("month", 1, 12, MONTHS),
          new Field("day of week", 0, 7, DAYS));

  private static final class Wrong extends Exception {
    private static final long serialVersionUID = 1L;

    Wrong(String message) {
      super(message);
    }
  }

  private Cron() {}

  /** What is wrong with an expression; empty when nothing is. */
  static Optional<String> problem(String expression) {
    var words = expression.strip().split("\\s+");
    if (expression.strip().startsWith("@")) {
      return Optional.of("abbreviations such as " + words[0] + " are not known");
    }
    if (words.length != FIELDS.size()) {
      return Optional.of("a schedule has five fields, but this one has " + words.length);
    }
    var sets = new ArrayList<BitSet>();
    try {
      for (int i = 0; i < words.length; i++) {
        sets.add(field(FIELDS.get(i), words[i]));
      }
    } catch (Wrong e) {
      return Optional.of(e.getMessage());
    }
    // With a day of week beside it, either of the two days is enough.
    return words[4].equals("*") && !anyDay(sets.get(2), sets.get(3))
        ? Optional.of("none of these months has a day " + words[2])
        : Optional.empty();
  }

  private static boolean anyDay(BitSet days, BitSet months) {
    return months.stream().anyMatch(month -> days.nextSetBit(1) <= LENGTHS[month]);
  }

  private static BitSet field(Field field, String text) throws Wrong {
    var set = new BitSet();
    for (var part : text.split(",", -1)) {
      part(field, part, set);
    }
    return set;
  }

  private static void part(Field field, String part, BitSet set) throws Wrong {
    int slash = part.indexOf('/');
    var range = slash < 0 ? part : part.substring(0, slash);
    int step = slash < 0 ? 1 : step(field, part.substring(slash + 1));
    int first = field.min();
    int last = field.max();
    if (!range.equals("*")) {
      int dash = range.indexOf('-');
      first = number(field, dash < 0 ? range : range.substring(0, dash));
      if (dash >= 0) {
        last = number(field, range.substring(dash + 1));
      } else if (slash < 0) {
        last = first;
      }
      if (last < first) {
        throw new Wrong(
            field.name() + " " + range + " is reversed: write two ranges separated by a comma");
      }
    }
    for (int i = first; i <= last; i += step) {
      set.set(i);
    }
  }

  private static int step(Field field, String text) throws Wrong {
    int step = digits(text);
    if (step < 1 || step > field.max()) {
      throw new Wrong(
          "the step of " + field.name() + " must be 1–" + field.max() + ", but is " + shown(text));
    }
    return step;
  }

  private static int number(Field field, String text) throws Wrong {
    int named = field.names().indexOf(text.toUpperCase(Locale.ROOT));
    if (named >= 0) {
      return named + field.min();
    }
    int number = digits(text);
    if (number < field.min() || number > field.max()) {
      throw new Wrong(
          field.name()
              + " must be "
              + field.min()
              + "–"
              + field.max()
              + (field.names().isEmpty()
                  ? ""
                  : " or "
                      + field.names().get(0)
                      + "–"
                      + field.names().get(field.names().size() - 1))
              + ", but is "
              + shown(text));
    }
    return number;
  }

  private static int digits(String text) {
    return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : -1;
  }

  private static String shown(String text) {
    return text.isEmpty() ? "empty" : text;
  }
}
