package dev.gitvan.git.jgit.internal.settings;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.PersonIdent;

/**
 * Who writes: {@code GIT_AUTHOR_*} and {@code GIT_COMMITTER_*} of the environment, then {@code
 * author.*} and {@code committer.*}, then {@code user.*}, then {@code EMAIL}. Nothing is guessed
 * from the machine's names.
 */
public final class Identity {
  private static final Pattern RAW = Pattern.compile("@?(\\d+) ([+-])(\\d\\d)(\\d\\d)");

  private final Settings settings;
  private final Instant now;
  private final ZoneId zone;

  public Identity(Settings settings, Instant now) {
    this.settings = settings;
    this.now = now;
    this.zone =
        settings.user().variable("TZ").flatMap(Identity::zone).orElseGet(ZoneId::systemDefault);
  }

  /**
   * The author of a commit.
   *
   * @throws GitVanException {@code IDENTITY_MISSING}
   */
  public PersonIdent author() {
    return person("author", "AUTHOR").orElseThrow(Identity::missing);
  }

  /**
   * The committer of a commit, the tagger of a tag.
   *
   * @throws GitVanException {@code IDENTITY_MISSING}
   */
  public PersonIdent committer() {
    return person("committer", "COMMITTER").orElseThrow(Identity::missing);
  }

  /** The committer, or GitVan itself: receipts are written for every user. */
  public PersonIdent recorder() {
    return person("committer", "COMMITTER")
        .orElseGet(() -> new PersonIdent("GitVan", "gitvan@localhost", now, zone));
  }

  private Optional<PersonIdent> person(String section, String prefix) {
    var name = value(section, prefix, "name");
    var email = value(section, prefix, "email").or(() -> settings.user().variable("EMAIL"));
    if (name.isEmpty() || email.isEmpty()) {
      return Optional.empty();
    }
    var when =
        settings
            .user()
            .variable("GIT_" + prefix + "_DATE")
            .map(text -> date(text, "GIT_" + prefix + "_DATE"));
    return Optional.of(
        new PersonIdent(
            clean(name.get()),
            clean(email.get()),
            when.map(ZonedDateTime::toInstant).orElse(now),
            when.map(ZonedDateTime::getZone).orElse(zone)));
  }

  private Optional<String> value(String section, String prefix, String key) {
    var users = settings.all();
    return settings
        .user()
        .variable("GIT_" + prefix + "_" + key.toUpperCase(java.util.Locale.ROOT))
        .or(() -> Optional.ofNullable(users.getString(section, null, key)))
        .filter(v -> !clean(v).isEmpty())
        .or(() -> Optional.ofNullable(users.getString("user", null, key)))
        .filter(v -> !clean(v).isEmpty());
  }

  /** What Git strips from both ends and drops inside, so that the line stays parseable. */
  private static String clean(String value) {
    int start = 0;
    int end = value.length();
    while (start < end && crud(value.charAt(start))) {
      start++;
    }
    while (end > start && crud(value.charAt(end - 1))) {
      end--;
    }
    return value.substring(start, end).replaceAll("[\n<>]", "");
  }

  private static boolean crud(char c) {
    return c <= 32 || ".,:;<>\"\\'".indexOf(c) >= 0;
  }

  private static ZonedDateTime date(String text, String variable) {
    var raw = RAW.matcher(text.strip());
    try {
      if (raw.matches()) {
        int minutes = Integer.parseInt(raw.group(3)) * 60 + Integer.parseInt(raw.group(4));
        return Instant.ofEpochSecond(Long.parseLong(raw.group(1)))
            .atZone(ZoneOffset.ofTotalSeconds((raw.group(2).equals("-") ? -60 : 60) * minutes));
      }
      var iso = text.strip().replaceFirst("^(\\d{4}-\\d\\d-\\d\\d) ", "$1T");
      iso = iso.replaceFirst(" ?([+-]\\d\\d):?(\\d\\d)$", "$1:$2");
      return iso.contains("T")
          ? OffsetDateTime.parse(iso).toZonedDateTime()
          : ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
    } catch (DateTimeException | NumberFormatException e) {
      throw new GitVanException(
          new dev.gitvan.diagnostics.Problem(
              Codes.IDENTITY_MISSING,
              variable,
              "`" + text + "` is not a date",
              "Use `@seconds +hhmm`, ISO 8601 or RFC 2822, or unset it."),
          e);
    }
  }

  private static Optional<ZoneId> zone(String name) {
    try {
      return Optional.of(ZoneId.of(name));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static GitVanException missing() {
    return GitVanException.of(
        Codes.IDENTITY_MISSING,
        "user.name and user.email",
        "Git does not know who you are",
        "Run `git config --global user.name \"Your Name\"` and"
            + " `git config --global user.email you@example.org`.");
  }
}
