package dev.gitvan.template.mustache.internal;

import java.util.List;

/**
 * A name with dots. The first part is looked for from the innermost context outwards, the others in
 * what was found.
 *
 * @param parts none: the innermost context itself
 */
record Name(List<String> parts) {
  static Name of(String text) {
    return text.equals(".") ? new Name(List.of()) : new Name(List.of(text.split("\\.", -1)));
  }

  /** Whether it can be looked up at all. */
  boolean isValid() {
    return parts.stream().noneMatch(String::isEmpty);
  }

  @Override
  public String toString() {
    return parts.isEmpty() ? "." : String.join(".", parts);
  }
}
