package dev.gitvan.diagnostics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A failure that is shown to users in one line: the location, what is wrong and what to do.
 *
 * @param code stable upper-case code, one of {@link Codes} or a plugin's own
 * @param place {@code file:line:column}, a job, a path or a ref; empty if there is no location
 * @param what what is wrong: a sentence without the full stop
 * @param remedy what to do: a complete sentence; empty if nothing can be done
 */
public record Problem(String code, String place, String what, String remedy) {
  public Problem {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(remedy, "remedy");
  }

  /** The exit status of a command that ends with this problem. */
  public int exitStatus() {
    return ExitStatus.of(code);
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
    map.put("code", code);
    map.put("place", place);
    map.put("message", what);
    map.put("remedy", remedy);
    return map;
  }

  /** One line: {@code CODE location: what. Remedy.} Control characters are replaced. */
  @Override
  public String toString() {
    var line = new StringBuilder(code);
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
