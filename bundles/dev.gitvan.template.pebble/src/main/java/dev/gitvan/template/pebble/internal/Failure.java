package dev.gitvan.template.pebble.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import io.pebbletemplates.pebble.error.PebbleException;
import java.util.regex.Pattern;

/** Turns what goes wrong inside Pebble into problems that say where and what, in people's words. */
final class Failure {
  private static final Pattern CLASS_NAME = Pattern.compile("\\b(?:[a-z]\\w*\\.){2,}\\w+");
  private static final Pattern NOT_A_NUMBER = Pattern.compile("For input string: \"(.*?)\".*");

  private Failure() {}

  /** {@code name:line}. */
  static String place(String template, Integer line) {
    return line == null || line <= 0 ? template : template + ":" + line;
  }

  static GitVanException of(ErrorCode code, String template, int line, String what, String remedy) {
    return GitVanException.of(code, place(template, line), what, remedy);
  }

  /**
   * A failure with its place, to be thrown on: one that has a place already keeps it, so that the
   * innermost wins.
   */
  static RuntimeException at(RuntimeException failure, String template, int line) {
    if (failure instanceof GitVanException
        || failure instanceof PebbleException known && known.getFileName() != null) {
      return failure;
    }
    if (failure instanceof PebbleException unplaced) {
      return new PebbleException(unplaced.getCause(), unplaced.getPebbleMessage(), line, template);
    }
    return new PebbleException(failure, reason(failure), line, template);
  }

  /** The problem that a rendering ended with. */
  static GitVanException rendering(RuntimeException failure, String template) {
    Throwable innermost = failure;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof GitVanException known) {
        return known;
      }
      if (t instanceof Undefined undefined) {
        return undefined(undefined);
      }
      if (t instanceof PebbleException) {
        innermost = t;
      }
    }
    if (innermost instanceof PebbleException pebble) {
      var cause = pebble.getCause() instanceof RuntimeException e ? e : null;
      return new Problem(
              Codes.TEMPLATE_FAILED,
              place(
                  pebble.getFileName() == null ? template : pebble.getFileName(),
                  pebble.getLineNumber()),
              cause == null ? cleaned(pebble.getPebbleMessage()) : reason(cause),
              remedy(cause))
          .toException(failure);
    }
    return new Problem(Codes.TEMPLATE_FAILED, template, reason(failure), remedy(failure))
        .toException(failure);
  }

  private static String remedy(RuntimeException failure) {
    return failure instanceof BadArgument bad ? bad.remedy() : BadArgument.CHECK;
  }

  private static GitVanException undefined(Undefined undefined) {
    var name = undefined.getAttributeName();
    return new Problem(
            Codes.TEMPLATE_UNDEFINED,
            place(undefined.getFileName(), undefined.getLineNumber()),
            undefined.what(),
            ForeignNames.VARIABLE.remedy(
                name, undefined.known(), "Define it, or give it a value with | default(\"...\")."))
        .toException(undefined);
  }

  /** What an exception of the platform means to somebody who writes a template. */
  static String reason(RuntimeException failure) {
    if (failure instanceof BadArgument) {
      return failure.getMessage();
    }
    if (failure instanceof PebbleException pebble) {
      return cleaned(pebble.getPebbleMessage());
    }
    if (failure instanceof ArithmeticException) {
      return "division by zero";
    }
    if (failure instanceof NumberFormatException) {
      var number = NOT_A_NUMBER.matcher(String.valueOf(failure.getMessage()));
      return number.matches()
          ? "'" + number.group(1) + "' is not a number"
          : "a string is not a number";
    }
    var message = failure.getMessage();
    if (failure instanceof ClassCastException) {
      return "a value has the wrong type";
    }
    if (message == null || CLASS_NAME.matcher(message).find()) {
      return "the expression cannot be evaluated";
    }
    return cleaned(message);
  }

  /** Without a full stop, and beginning in lower case as every problem does. */
  static String cleaned(String message) {
    var text = message.strip();
    while (text.endsWith(".")) {
      text = text.substring(0, text.length() - 1);
    }
    if (CLASS_NAME.matcher(text).find()) {
      return "the expression cannot be evaluated";
    }
    return text.isEmpty() || text.length() > 1 && Character.isUpperCase(text.charAt(1))
        ? text
        : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
