package dev.gitvan.git.jgit.internal.text;

import java.time.OffsetDateTime;
import java.util.regex.Pattern;

/**
 * Who did something and when, as Git takes such a line apart (git:ident.c, split_ident_line).
 *
 * @param name without blanks at its end; may be empty
 * @param date the epoch if the line has none
 */
public record Ident(String name, String email, OffsetDateTime date) {
  /** What Git prints of a line that it cannot take apart. */
  public static final Ident NONE = new Ident("", "", GitDate.EPOCH);

  private static final String BLANK = "[ \t\r\n]*";
  private static final Pattern WHEN =
      Pattern.compile(BLANK + "([0-9]+)" + BLANK + "([+-][0-9]+).*", Pattern.DOTALL);

  /** Takes a line apart, without the key and the line end. */
  public static Ident of(String line) {
    int mail = line.indexOf('<') + 1;
    int end = line.indexOf('>', mail);
    if (mail == 0 || end < 0) {
      return NONE;
    }
    int name = mail - 1;
    while (name > 0 && Messages.isBlank(line.charAt(name - 1))) {
      name--;
    }
    var when = WHEN.matcher(line.substring(line.lastIndexOf('>') + 1));
    return new Ident(
        line.substring(0, name),
        line.substring(mail, end),
        when.matches() ? GitDate.of(when.group(1), when.group(2)) : GitDate.EPOCH);
  }
}
