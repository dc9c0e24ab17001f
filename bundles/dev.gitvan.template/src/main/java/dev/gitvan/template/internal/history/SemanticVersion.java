package dev.gitvan.template.internal.history;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A version, ordered by the precedence of <a href="https://semver.org/spec/v2.0.0.html">Semantic
 * Versioning 2.0.0</a>. Versions of two numbers, or of more than three, are ordered alike: a
 * missing number is 0. Build metadata does not count, so versions can be equal in order without
 * being equal. Immutable.
 */
public final class SemanticVersion implements Comparable<SemanticVersion> {
  private static final Pattern VERSION =
      Pattern.compile(
          "(?<numbers>[0-9]+(?:\\.[0-9]+)+)"
              + "(?:-(?<prerelease>[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?"
              + "(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?");

  private final String text;
  private final List<String> numbers;
  private final List<String> prerelease;

  private SemanticVersion(String text, List<String> numbers, List<String> prerelease) {
    this.text = text;
    this.numbers = numbers;
    this.prerelease = prerelease;
  }

  /**
   * Reads a version such as {@code 1.2.0-rc.1}, after a {@code v} or not.
   *
   * @return empty if it is not a version: a single number is not
   */
  public static Optional<SemanticVersion> of(String text) {
    var bare = text.startsWith("v") || text.startsWith("V") ? text.substring(1) : text;
    var match = VERSION.matcher(bare);
    if (!match.matches()) {
      return Optional.empty();
    }
    var prerelease = match.group("prerelease");
    return Optional.of(
        new SemanticVersion(
            bare,
            List.of(match.group("numbers").split("\\.")),
            prerelease == null ? List.of() : List.of(prerelease.split("\\."))));
  }

  /** Whether it has a part such as {@code -rc.1}. */
  public boolean isPrerelease() {
    return !prerelease.isEmpty();
  }

  @Override
  public int compareTo(SemanticVersion other) {
    for (int i = 0; i < Math.max(numbers.size(), other.numbers.size()); i++) {
      int order = compareNumbers(number(numbers, i), number(other.numbers, i));
      if (order != 0) {
        return order;
      }
    }
    if (isPrerelease() != other.isPrerelease()) {
      return isPrerelease() ? -1 : 1;
    }
    for (int i = 0; i < Math.min(prerelease.size(), other.prerelease.size()); i++) {
      int order = compareIdentifiers(prerelease.get(i), other.prerelease.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(prerelease.size(), other.prerelease.size());
  }

  private static String number(List<String> numbers, int index) {
    return index < numbers.size() ? numbers.get(index) : "0";
  }

  /** Numbers come before words. */
  private static int compareIdentifiers(String one, String other) {
    boolean numeric = isNumber(one);
    if (numeric != isNumber(other)) {
      return numeric ? -1 : 1;
    }
    return numeric ? compareNumbers(one, other) : one.compareTo(other);
  }

  private static boolean isNumber(String identifier) {
    return identifier.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** Of any length: dates and build numbers occur. */
  private static int compareNumbers(String one, String other) {
    var a = one.replaceFirst("^0+(?=.)", "");
    var b = other.replaceFirst("^0+(?=.)", "");
    return a.length() == b.length() ? a.compareTo(b) : Integer.compare(a.length(), b.length());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SemanticVersion version && text.equals(version.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** As it was written, without {@code v}. */
  @Override
  public String toString() {
    return text;
  }
}
