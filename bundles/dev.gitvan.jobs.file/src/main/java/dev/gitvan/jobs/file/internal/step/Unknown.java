package dev.gitvan.jobs.file.internal.step;

/**
 * What a dry run cannot know: what commands print, and the ids of objects that it does not make.
 */
final class Unknown {
  /** Stands in the outputs of steps, and so in what later steps render. */
  static final String VALUE = "[unknown until run]";

  private Unknown() {}

  /** Whether text was rendered from an unknown value. */
  static boolean isIn(String text) {
    return text.contains(VALUE);
  }
}
