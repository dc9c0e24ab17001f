package dev.gitvan.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Durations such as {@code 250ms 30s 5m 2h 1d} and sizes such as {@code 64KiB 256MiB}. */
public final class Quantities {
  /** A regular expression for {@link #duration}, as JSON Schema needs it. */
  public static final String DURATION_PATTERN = "^[0-9]{1,12}(ms|s|m|h|d)$";

  private static final Pattern DURATION = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,12})(B|KiB|MiB|GiB)?");

  private Quantities() {}

  /** Parses a duration; empty when the string is not a duration. */
  public static Optional<Duration> duration(String text) {
    var match = DURATION.matcher(text.strip());
    if (!match.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(match.group(1));
    return Optional.of(
        switch (match.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        });
  }

  /** Parses a number of bytes; empty when the string is not a size, or exceeds a long. */
  public static Optional<Long> size(String text) {
    var match = SIZE.matcher(text.strip());
    if (!match.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(match.group(1));
    var unit = match.group(2) == null ? "B" : match.group(2);
    int shift =
        switch (unit) {
          case "KiB" -> 10;
          case "MiB" -> 20;
          case "GiB" -> 30;
          default -> 0;
        };
    return number > Long.MAX_VALUE >> shift ? Optional.empty() : Optional.of(number << shift);
  }

  /** Formats a duration in the largest unit that is exact. */
  public static String format(Duration duration) {
    long millis = duration.toMillis();
    if (millis == 0 || millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds % 60 != 0) {
      return seconds + "s";
    }
    return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds / 60 + "m";
  }

  /** Formats a number of bytes in the largest unit that is exact. */
  public static String format(long bytes) {
    var units = new String[] {"B", "KiB", "MiB", "GiB"};
    int unit = 0;
    while (unit < units.length - 1 && bytes != 0 && bytes % 1024 == 0) {
      bytes /= 1024;
      unit++;
    }
    return bytes + units[unit];
  }
}
