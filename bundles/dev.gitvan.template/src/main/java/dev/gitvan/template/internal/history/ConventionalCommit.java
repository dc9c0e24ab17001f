package dev.gitvan.template.internal.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A commit message as <a href="https://www.conventionalcommits.org/en/v1.0.0/">Conventional Commits
 * 1.0.0</a> reads it. A message that does not follow the convention has no type, and its subject is
 * the description; its footers are read anyway. Immutable.
 *
 * @param type in lower case, because the specification does not distinguish case; empty if there is
 *     none
 * @param scope as written; empty if there is none
 * @param breaking whether it is marked with {@code !} or a footer
 * @param breakingDescription the footer's value, else the description; empty if it is not breaking
 * @param description the subject without type and scope
 */
public record ConventionalCommit(
    String type,
    String scope,
    boolean breaking,
    String breakingDescription,
    String description,
    List<Footer> footers) {
  private static final Pattern HEADER =
      Pattern.compile(
          "(?<type>[\\p{L}\\p{N}][\\p{L}\\p{N}_-]*)(?:\\((?<scope>[^()]*[^()\\s][^()]*)\\))?"
              + "(?<breaking>!)?: +(?<description>\\S.*)");

  /** The message that {@code git revert} writes. */
  private static final Pattern REVERT = Pattern.compile("Revert \"(?<reverted>.+)\"");

  private static final Pattern REVERTED = Pattern.compile("(?m)^This reverts commit \\p{XDigit}+");

  /** {@code BREAKING CHANGE} is the one token with a space, and the one whose case matters. */
  private static final Pattern FOOTER =
      Pattern.compile(
          "(?<token>BREAKING CHANGE|[\\p{L}\\p{N}][\\p{L}\\p{N}-]*)(?<separator>: | #)(?<value>.*)");

  /**
   * A footer.
   *
   * @param separator {@code ": "} or {@code " #"}
   * @param value may have several lines
   */
  public record Footer(String token, String separator, String value) {
    /** Whether it describes a breaking change. */
    public boolean isBreaking() {
      return token.equals("BREAKING CHANGE") || token.equals("BREAKING-CHANGE");
    }
  }

  /**
   * Reads a message.
   *
   * @param subject its first paragraph, on one line
   * @param body the rest, without surrounding blank lines
   */
  public static ConventionalCommit of(String subject, String body) {
    var footers = footers(body);
    var note = footers.stream().filter(Footer::isBreaking).findFirst();
    var header = HEADER.matcher(subject);
    if (!header.matches()) {
      var revert = REVERT.matcher(subject);
      boolean reverts = revert.matches() && REVERTED.matcher(body).find();
      return new ConventionalCommit(
          reverts ? "revert" : "",
          "",
          note.isPresent(),
          note.map(Footer::value).orElse(""),
          reverts ? revert.group("reverted") : subject,
          footers);
    }
    var scope = header.group("scope");
    var description = header.group("description").strip();
    boolean breaking = header.group("breaking") != null || note.isPresent();
    return new ConventionalCommit(
        header.group("type").toLowerCase(Locale.ROOT),
        scope == null ? "" : scope.strip(),
        breaking,
        breaking ? note.map(Footer::value).orElse(description) : "",
        description,
        footers);
  }

  /**
   * From the first paragraph that begins with a footer to the end. A value ends where the next
   * footer begins.
   */
  private static List<Footer> footers(String body) {
    var footers = new ArrayList<Footer>();
    Footer footer = null;
    var more = new StringBuilder();
    boolean afterBlank = true;
    for (var line : (Iterable<String>) body.lines()::iterator) {
      var match = FOOTER.matcher(line);
      if ((footer != null || afterBlank) && match.matches()) {
        add(footers, footer, more);
        footer =
            new Footer(
                match.group("token"), match.group("separator"), match.group("value").strip());
      } else if (footer != null) {
        more.append(line).append('\n');
      }
      afterBlank = line.isBlank();
    }
    add(footers, footer, more);
    return List.copyOf(footers);
  }

  private static void add(List<Footer> footers, Footer footer, StringBuilder more) {
    if (footer != null) {
      var value = (footer.value() + "\n" + more.toString().stripTrailing().stripIndent()).strip();
      footers.add(new Footer(footer.token(), footer.separator(), value));
      more.setLength(0);
    }
  }
}
