package dev.gitvan.jobs.file.internal.definition;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Node;
import dev.gitvan.event.TriggerParser.Syntax;
import dev.gitvan.event.TriggerParser.SyntaxCheck;
import java.util.Optional;

/** Checks the patterns, expressions and schedules of triggers. */
final class TriggerSyntax implements SyntaxCheck {
  @Override
  public Optional<Problem> check(Syntax syntax, String key, Node.Scalar value) {
    return switch (syntax) {
      case GLOB -> glob(key, value);
      case REGEX -> regex(value);
      case CRON -> cron(value);
    };
  }

  private static Optional<Problem> glob(String key, Node.Scalar value) {
    try {
      Glob.of(value.text());
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return problem(
          Codes.CONFIG_RANGE,
          value,
          key + " is not a pattern: " + e.getMessage(),
          "Write it like release/* or src/**.");
    }
  }

  private static Optional<Problem> regex(Node.Scalar value) {
    try {
      Pattern.compile(value.text());
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      return problem(
          Codes.JOB_REGEX_UNSUPPORTED,
          value,
          "this expression cannot be used: "
              + e.getDescription()
              + (e.getPattern() == null ? "" : " in " + e.getPattern()),
          "Use RE2 syntax, which has no back references and no look-around.");
    }
  }

  private static Optional<Problem> cron(Node.Scalar value) {
    return Cron.problem(value.text())
        .flatMap(
            what ->
                problem(
                    Codes.JOB_CRON,
                    value,
                    what,
                    "Write minute, hour, day of month, month, day of week: \"0 3 * * *\"."));
  }

  private static Optional<Problem> problem(
      ErrorCode code, Node.Scalar value, String what, String remedy) {
    return Optional.of(new Problem(code, value.place().toString(), what, remedy));
  }
}
