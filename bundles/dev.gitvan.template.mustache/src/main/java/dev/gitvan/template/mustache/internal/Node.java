package dev.gitvan.template.mustache.internal;

import java.util.List;

/** A part of a parsed template. Immutable. */
sealed interface Node {
  /** Text as it is. */
  record Text(String text) implements Node {}

  /**
   * The value of a name.
   *
   * @param escaped whether it is escaped where values are
   */
  record Variable(Name name, boolean escaped, int line) implements Node {}

  /**
   * What is rendered for each item, or if there is none.
   *
   * @param inverted whether it is for what is false
   */
  record Section(Name name, boolean inverted, List<Node> body, int line) implements Node {}

  /**
   * Another template.
   *
   * @param reference as it is written
   * @param indent what stands before it in its line; it goes before each line of that template
   */
  record Partial(String reference, String indent, int line) implements Node {}
}
