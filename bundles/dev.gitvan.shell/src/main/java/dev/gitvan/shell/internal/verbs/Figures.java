package dev.gitvan.shell.internal.verbs;

import java.util.Locale;

/** Metrics in the forms in which people read them. */
final class Figures {
  private Figures() {}

  /** A time: three digits and the unit that suits it. */
  static String human(double seconds) {
    if (seconds >= 1) {
      return digits(seconds) + " s";
    }
    if (seconds >= 1e-3) {
      return digits(seconds * 1e3) + " ms";
    }
    return seconds >= 1e-6 ? digits(seconds * 1e6) + " µs" : Math.round(seconds * 1e9) + " ns";
  }

  /** A number in a unit, which may be empty. Sizes and times get the unit that suits them. */
  static String human(double value, String unit) {
    return switch (unit) {
      case "bytes" -> CacheFigures.bytes(Math.round(value));
      case "seconds" -> human(value);
      default -> (number(value) + " " + unit).strip();
    };
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.3f", value);
  }

  private static String digits(double value) {
    int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
