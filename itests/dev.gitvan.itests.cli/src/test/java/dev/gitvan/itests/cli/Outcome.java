package dev.gitvan.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;

/** What a command line left: its exit status and what it printed. */
record Outcome(List<String> arguments, int status, String out, String err) {
  private static final Pattern PROBLEM =
      Pattern.compile("(?<code>[A-Z][A-Z0-9_]+)(?: (?<place>.+?))?: (?<message>.+[.?])");

  /** An error as the user reads it: {@code CODE place: what is wrong. What to do.} */
  record Problem(String code, String place, String message) {}

  /** It ended well. */
  Outcome ok() {
    assertThat(status).as(toString()).isZero();
    assertThat(err).as(toString()).doesNotContain("\tat ", "Exception");
    return this;
  }

  /**
   * It ended with one problem: the exit status of the table, and on standard error one line and
   * nothing else.
   */
  Problem refused(String code) {
    var lines = err.lines().toList();
    var softly = new SoftAssertions();
    softly.assertThat(status).as("exit status of " + code).isEqualTo(ExitTable.of(code));
    softly.assertThat(lines).as("lines on standard error").hasSize(1);
    softly.assertThat(err).as("standard error").doesNotContain("\tat ", "Exception", "\u001b");
    var match = PROBLEM.matcher(lines.isEmpty() ? "" : lines.get(lines.size() - 1));
    softly.assertThat(match.matches()).as("CODE place: what. What to do.").isTrue();
    softly.assertThat(match.matches() ? match.group("code") : "").as("code").isEqualTo(code);
    softly.errorsCollected().stream()
        .findFirst()
        .ifPresent(
            first -> {
              throw new AssertionError(
                  softly.errorsCollected().stream().map(Throwable::getMessage).toList()
                      + "\n"
                      + this);
            });
    var place = match.group("place");
    return new Problem(code, place == null ? "" : place, match.group("message"));
  }

  /** Standard output as a JSON object of a schema. */
  Map<String, Object> json(String schema) {
    ok();
    var object = Json.object(out);
    assertThat(object).as(toString()).containsEntry("schema", schema);
    return object;
  }

  @Override
  public String toString() {
    return "gitvan %s: status %d\n--- out\n%s--- err\n%s"
        .formatted(String.join(" ", arguments), status, shortened(out), shortened(err));
  }

  private static String shortened(String text) {
    return text.length() <= 4000 ? text : text.substring(0, 4000) + "...\n";
  }
}
