package dev.gitvan.git.jgit.internal.text;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Dates of commits, tags and reflogs: seconds since the epoch, and an offset that is only shown.
 * Dates that cannot be are moved to the nearest ones that can, or to the epoch where Git does so
 * (git:date.c, git:pretty.c).
 */
final class GitDate {
  static final OffsetDateTime EPOCH = OffsetDateTime.ofInstant(Instant.EPOCH, ZoneOffset.UTC);

  /** The last second of Git's last year, which is what a C int holds. */
  private static final long LAST_OF_GIT = 67_767_976_233_532_799L;

  private static final long LAST = LocalDateTime.MAX.minusDays(1).toEpochSecond(ZoneOffset.UTC);

  private static final int MAX_OFFSET = 18 * 60;

  private GitDate() {}

  /**
   * A date.
   *
   * @param seconds digits
   * @param offset a sign and digits, of which the last two are minutes; or empty
   */
  static OffsetDateTime of(String seconds, String offset) {
    long value = number(seconds);
    if (value > LAST_OF_GIT) {
      return EPOCH;
    }
    return OffsetDateTime.ofInstant(
        Instant.ofEpochSecond(Math.min(value, LAST)),
        ZoneOffset.ofTotalSeconds(60 * minutes(offset)));
  }

  private static int minutes(String offset) {
    if (offset.isEmpty()) {
      return 0;
    }
    long value = number(offset.substring(1));
    int minutes =
        value >= Integer.MAX_VALUE ? 0 : (int) Math.min(value / 100 * 60 + value % 100, MAX_OFFSET);
    return offset.startsWith("-") ? -minutes : minutes;
  }

  /** The value of digits, at most that of a long. */
  private static long number(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }
}
