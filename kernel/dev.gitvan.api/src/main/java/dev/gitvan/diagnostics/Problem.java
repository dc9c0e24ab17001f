package dev.gitvan.diagnostics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A failure that is shown to users in one line: the location, what is wrong and what to do.
 *
 * @param code one of {@link Codes} or a plugin's own
 * @param place {@code file:line:column}, a job, a path or a ref; empty if there is no location
 * @param what what is wrong: a sentence without the full stop
 * @param remedy what to do: a complete sentence; empty if nothing can be done
 * @param retryable whether the same call may succeed when it is repeated unchanged
 */
public record Problem(ErrorCode code, String place, String what, String remedy, boolean retryable) {
  public Problem {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(remedy, "remedy");
  }

  /** A problem that is worth a retry if its code is. */
  public Problem(ErrorCode code, String place, String what, String remedy) {
    this(code, place, what, remedy, code.retryable());
  }

  /** This problem at another location. */
  public Problem at(String location) {
    return at(location, what);
  }

  /** This problem at another location, with other words for what is wrong. */
  public Problem at(String location, String cause) {
    return new Problem(code, location, cause, remedy, retryable);
  }

  /** This problem, worth a retry or not, whatever its code says. */
  public Problem withRetry(boolean worthwhile) {
    return new Problem(code, place, what, remedy, worthwhile);
  }

  /** This problem with a function applied to its location, what is wrong, and what to do. */
  public Problem withTexts(UnaryOperator<String> function) {
    return new Problem(
        code, function.apply(place), function.apply(what), function.apply(remedy), retryable);
  }

  /** The exit status of a command that ends with this problem. */
  public int exitStatus() {
    return code.exitStatus();
  }

  /** This problem as an exception. */
  public GitVanException toException() {
    return new GitVanException(this);
  }

  /** This problem as an exception with a cause. */
  public GitVanException toException(Throwable cause) {
    return new GitVanException(this, cause);
  }

  /** The fields in their stable order, as {@code --json} prints them. */
  public Map<String, Object> toMap() {
    var map = new LinkedHashMap<String, Object>();
    map.put("code", code.name());
    map.put("place", place);
    map.put("message", what);
    map.put("remedy", remedy);
    return map;
  }

  /** One line: {@code CODE location: what. Remedy.} Control characters are replaced. */
  @Override
  public String toString() {
    var line = new StringBuilder(code.name());
    if (!place.isEmpty()) {
      line.append(' ').append(place);
    }
    line.append(": ").append(what);
    if (!what.endsWith(".") && !what.endsWith("?")) {
      line.append('.');
    }
    if (!remedy.isEmpty()) {
      line.append(' ').append(remedy);
    }
    return oneLine(line);
  }

  private static String oneLine(CharSequence text) {
    var clean = new StringBuilder(text.length());
    text.chars().forEach(c -> clean.append(Character.isISOControl(c) ? ' ' : (char) c));
    return clean.toString();
  }
}
