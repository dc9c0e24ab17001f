package dev.gitvan.shell.internal.verbs;

import dev.gitvan.config.Quantities;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** Moments as options name them. */
final class Moments {
  private static final DateTimeFormatter FOR_PEOPLE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private Moments() {}

  /** A time for people: in the local time zone, to the second. */
  static String format(Instant time) {
    return FOR_PEOPLE.format(time.atZone(ZoneId.systemDefault()));
  }

  /**
   * A day (its beginning in UTC), a time with its offset, or how long ago.
   *
   * @throws GitVanException {@code USAGE}
   */
  static Instant parse(String option, String text) {
    try {
      return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException e) {
      // no day
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      // no time
    }
    return Quantities.duration(text)
        .map(ago -> Instant.now().minus(ago))
        .orElseThrow(
            () ->
                GitVanException.of(
                    Codes.USAGE,
                    option + " " + text,
                    "invalid date, time or duration",
                    "Write for example 2026-01-31, 2026-01-31T12:00:00Z or 2h (ago)."));
  }
}
