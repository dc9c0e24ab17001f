package dev.gitvan.template.pebble.internal;

import dev.gitvan.template.pebble.internal.SimpleFilter.Arguments;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code now | date("yyyy-MM-dd")}: in UTC and in English unless a time zone is named, wherever it
 * runs. Takes dates, ISO-8601 strings, and numbers of seconds or milliseconds since 1970.
 */
final class DateFilter {
  /** Seconds reach this in the year 5138, milliseconds reached it in 1973. */
  private static final long FIRST_MILLIS = 100_000_000_000L;

  private static final int MAX_PATTERNS = 256;

  private final Map<String, DateTimeFormatter> formatters = new ConcurrentHashMap<>();

  Object apply(Object input, Arguments arguments) {
    var pattern = arguments.text("format", null);
    var zone = zone(arguments.text("timeZone", "UTC"));
    var date = date(input, arguments.text("existingFormat", null)).withZoneSameInstant(zone);
    try {
      return (pattern == null ? DateTimeFormatter.ISO_OFFSET_DATE_TIME : formatter(pattern))
          .format(date);
    } catch (DateTimeException e) {
      throw new BadArgument("the format '" + pattern + "' cannot format a date");
    }
  }

  private ZonedDateTime date(Object input, String existingFormat) {
    try {
      if (input instanceof Instant instant) {
        return instant.atZone(ZoneOffset.UTC);
      }
      if (input instanceof Date date) {
        return Instant.ofEpochMilli(date.getTime()).atZone(ZoneOffset.UTC);
      }
      if (input instanceof Number number) {
        long value = Numbers.toLong(number);
        return (Math.abs(value) < FIRST_MILLIS
                ? Instant.ofEpochSecond(value)
                : Instant.ofEpochMilli(value))
            .atZone(ZoneOffset.UTC);
      }
      if (input instanceof TemporalAccessor temporal) {
        return zoned(temporal);
      }
      var text = input.toString().strip();
      return zoned(
          existingFormat == null
              ? DateTimeFormatter.ISO_DATE_TIME.parseBest(
                  text.length() == 10 ? text + "T00:00:00Z" : text.replace(' ', 'T'),
                  ZonedDateTime::from,
                  OffsetDateTime::from,
                  LocalDateTime::from)
              : formatter(existingFormat).parse(text));
    } catch (DateTimeParseException e) {
      throw new BadArgument(
          "'"
              + e.getParsedString()
              + "' is not a date"
              + (existingFormat == null ? " in ISO-8601" : ""));
    } catch (DateTimeException e) {
      throw new BadArgument(Values.kind(input) + " that is not a date");
    }
  }

  /** What has no time is its day's beginning, what has no zone is UTC. */
  private static ZonedDateTime zoned(TemporalAccessor temporal) {
    if (temporal instanceof ZonedDateTime zoned) {
      return zoned;
    }
    if (temporal.isSupported(ChronoField.INSTANT_SECONDS)) {
      return Instant.from(temporal).atZone(ZoneOffset.UTC);
    }
    if (temporal.isSupported(ChronoField.HOUR_OF_DAY)) {
      return LocalDateTime.from(temporal).atZone(ZoneOffset.UTC);
    }
    return LocalDate.from(temporal).atStartOfDay(ZoneOffset.UTC);
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new BadArgument("there is no time zone " + name);
    }
  }

  private DateTimeFormatter formatter(String pattern) {
    var known = formatters.get(pattern);
    if (known != null) {
      return known;
    }
    ForeignDateFormat.problem(pattern)
        .ifPresent(
            problem -> {
              throw problem;
            });
    try {
      var fresh =
          new DateTimeFormatterBuilder()
              .parseCaseInsensitive()
              .appendPattern(pattern)
              .toFormatter(Locale.ENGLISH);
      if (formatters.size() >= MAX_PATTERNS) {
        formatters.clear();
      }
      formatters.put(pattern, fresh);
      return fresh;
    } catch (IllegalArgumentException e) {
      throw new BadArgument("'" + pattern + "' is not a date format such as yyyy-MM-dd");
    }
  }
}
