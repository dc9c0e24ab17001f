package dev.gitvan.template.pebble.internal;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Recognizes date formats of other languages, which Java would take for its own: {@code YYYY} is
 * the year of a week, {@code DD} the day of a year, and {@code %Y} a percent sign and a year.
 */
final class ForeignDateFormat {
  private static final Pattern QUOTED = Pattern.compile("'[^']*'");

  /** From the first to the last character of a literal that means something in a format. */
  private static final Pattern MEANINGFUL =
      Pattern.compile("[A-Za-z\\[\\]{}#](.*[A-Za-z\\[\\]{}#])?");

  private static final Pattern STRFTIME = Pattern.compile("%([-_0^#]?)(:?[A-Za-z%])");
  private static final Map<String, String> STRFTIME_FIELDS =
      Map.ofEntries(
          Map.entry("Y", "yyyy"),
          Map.entry("y", "yy"),
          Map.entry("m", "MM"),
          Map.entry("B", "MMMM"),
          Map.entry("b", "MMM"),
          Map.entry("h", "MMM"),
          Map.entry("d", "dd"),
          Map.entry("e", "d"),
          Map.entry("j", "DDD"),
          Map.entry("A", "EEEE"),
          Map.entry("a", "EEE"),
          Map.entry("H", "HH"),
          Map.entry("k", "H"),
          Map.entry("I", "hh"),
          Map.entry("l", "h"),
          Map.entry("M", "mm"),
          Map.entry("S", "ss"),
          Map.entry("f", "SSSSSS"),
          Map.entry("p", "a"),
          Map.entry("z", "xx"),
          Map.entry(":z", "xxx"),
          Map.entry("Z", "zzz"),
          Map.entry("F", "yyyy-MM-dd"),
          Map.entry("T", "HH:mm:ss"),
          Map.entry("R", "HH:mm"),
          Map.entry("D", "MM/dd/yy"),
          Map.entry("%", "%"));

  private static final Pattern GO =
      Pattern.compile(
          "January|Jan|Monday|Mon|2006|01|02|15|03|04|05|06|PM|MST|Z07:00|-07:00|-0700|[1-5]");
  private static final Map<String, String> GO_FIELDS =
      Map.ofEntries(
          Map.entry("2006", "yyyy"),
          Map.entry("06", "yy"),
          Map.entry("January", "MMMM"),
          Map.entry("Jan", "MMM"),
          Map.entry("01", "MM"),
          Map.entry("1", "M"),
          Map.entry("Monday", "EEEE"),
          Map.entry("Mon", "EEE"),
          Map.entry("02", "dd"),
          Map.entry("2", "d"),
          Map.entry("15", "HH"),
          Map.entry("03", "hh"),
          Map.entry("3", "h"),
          Map.entry("04", "mm"),
          Map.entry("4", "m"),
          Map.entry("05", "ss"),
          Map.entry("5", "s"),
          Map.entry("PM", "a"),
          Map.entry("MST", "zzz"),
          Map.entry("Z07:00", "XXX"),
          Map.entry("-07:00", "xxx"),
          Map.entry("-0700", "xx"));

  private static final Pattern PHP = Pattern.compile("[A-Za-z]");
  private static final Map<String, String> PHP_FIELDS =
      Map.ofEntries(
          Map.entry("Y", "yyyy"),
          Map.entry("y", "yy"),
          Map.entry("F", "MMMM"),
          Map.entry("M", "MMM"),
          Map.entry("m", "MM"),
          Map.entry("n", "M"),
          Map.entry("l", "EEEE"),
          Map.entry("D", "EEE"),
          Map.entry("d", "dd"),
          Map.entry("j", "d"),
          Map.entry("H", "HH"),
          Map.entry("G", "H"),
          Map.entry("h", "hh"),
          Map.entry("g", "h"),
          Map.entry("i", "mm"),
          Map.entry("s", "ss"),
          Map.entry("A", "a"),
          Map.entry("a", "a"),
          Map.entry("T", "zzz"),
          Map.entry("P", "xxx"),
          Map.entry("O", "xx"));

  private static final Pattern RUN = Pattern.compile("([A-Za-z])\\1");
  private static final String HOURS = "HhKk";

  private static final Pattern MOMENT = Pattern.compile("'[^']*'|\\[([^\\]]*)\\]|([A-Za-z])\\2*");

  private ForeignDateFormat() {}

  /** What to report of a format of another language; empty when it is one of Java's. */
  static Optional<BadArgument> problem(String format) {
    var plain = QUOTED.matcher(format).replaceAll("");
    if (STRFTIME.matcher(plain).find()) {
      return problem(format, "strftime", STRFTIME, ForeignDateFormat::strftime);
    }
    if (plain.contains("2006")) {
      return problem(format, "Go", GO, f -> GO_FIELDS.get(f.group()));
    }
    boolean runs = RUN.matcher(plain).find();
    if (!isOthers(plain)) {
      return hasMinutesOnly(plain)
          ? runs ? minutes(format) : problem(format, "PHP", PHP, f -> PHP_FIELDS.get(f.group()))
          : Optional.empty();
    }
    return runs
        ? problem(format, "moment.js", MOMENT, ForeignDateFormat::moment)
        : problem(format, "PHP", PHP, f -> PHP_FIELDS.get(f.group()));
  }

  /** Whether letters stand together that mean nothing together in Java. */
  private static boolean isOthers(String plain) {
    boolean yearOfNoWeek = has(plain, "Y") && !has(plain, "wW");
    boolean dayOfYearInMonth = has(plain, "D") && has(plain, "ML");
    boolean dayOfWeek = plain.contains("ddd");
    boolean milliOfDay = has(plain, "A") && has(plain, HOURS);
    return yearOfNoWeek || dayOfYearInMonth || dayOfWeek || milliOfDay;
  }

  /** Whether minutes stand where a month is meant. */
  private static boolean hasMinutesOnly(String plain) {
    return has(plain, "m") && has(plain, "yu") && !has(plain, HOURS);
  }

  private static Optional<BadArgument> minutes(String format) {
    return Optional.of(
        new BadArgument(
            "'" + Characters.shortened(format) + "' has minutes, but no hours",
            write(withMonths(format))));
  }

  private static String withMonths(String format) {
    var plain = QUOTED.matcher(format).replaceAll("");
    return hasMinutesOnly(plain) ? format.replace('m', 'M') : format;
  }

  private static String write(String format) {
    return "Write \"" + format + "\".";
  }

  private static boolean has(String plain, String letters) {
    return plain.chars().anyMatch(c -> letters.indexOf(c) >= 0);
  }

  private static Optional<BadArgument> problem(
      String format, String language, Pattern fields, Function<MatchResult, String> field) {
    var ours = translated(format, fields, field);
    return Optional.of(
        new BadArgument(
            "'" + Characters.shortened(format) + "' is a format of " + language,
            ours == null
                ? "Write a format of Java, for example \"yyyy-MM-dd\"."
                : write(withMonths(ours))));
  }

  /** The format in Java; null when it has a field that Java does not have. */
  private static String translated(
      String format, Pattern fields, Function<MatchResult, String> field) {
    var ours = new StringBuilder();
    int end = 0;
    for (var match = fields.matcher(format); match.find(); end = match.end()) {
      var translation = field.apply(match);
      if (translation == null) {
        return null;
      }
      ours.append(literal(format.substring(end, match.start()))).append(translation);
    }
    return ours.append(literal(format.substring(end))).toString();
  }

  private static String literal(String text) {
    return MEANINGFUL.matcher(text.replace("'", "''")).replaceFirst("'$0'");
  }

  private static String strftime(MatchResult field) {
    var ours = STRFTIME_FIELDS.get(field.group(2));
    boolean bare = field.group(1).equals("-") && ours != null && ours.matches("(.)\\1{1,2}");
    return bare ? ours.substring(0, 1) : ours;
  }

  private static String moment(MatchResult field) {
    var written = field.group();
    if (written.startsWith("'")) {
      return written;
    }
    if (field.group(1) != null) {
      return literal(field.group(1));
    }
    return switch (written) {
      case "YYYY", "Y" -> "yyyy";
      case "YY" -> "yy";
      case "D" -> "d";
      case "DD" -> "dd";
      case "DDD" -> "D";
      case "DDDD" -> "DDD";
      case "dd" -> "dd";
      case "ddd" -> "EEE";
      case "dddd" -> "EEEE";
      case "A" -> "a";
      case "Z" -> "xxx";
      case "ZZ" -> "xx";
      case "T" -> "'T'";
      default -> written.matches("[MdHhmsSaQyE]+") ? written : null;
    };
  }
}
