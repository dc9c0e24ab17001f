package dev.gitvan.template.spi;

/**
 * Options of an engine's session.
 *
 * @param strict whether undefined variables are errors
 * @param autoescape whether output is escaped for HTML
 * @param maxRange items of one range
 * @param maxDepth nesting of includes, parents and macros
 * @param maxOutput bytes of one output. The caller counts what is written; the engine holds no more
 *     than this in memory, such as a macro's result or a variable that grows
 */
public record EngineOptions(
    boolean strict, boolean autoescape, int maxRange, int maxDepth, long maxOutput) {
  /**
   * Rounds of loops that one rendering may take and write nothing. What takes longer than a round,
   * such as the call of a macro, counts as several.
   */
  public long maxRounds() {
    return Math.max(10_000_000L, 1_000L * maxRange);
  }
}
