package dev.gitvan.template.spi;

/**
 * Options of an engine's session.
 *
 * @param strict whether undefined variables are errors
 * @param autoescape whether output is escaped for HTML
 * @param maxRange items of one range
 * @param maxDepth nesting of includes, parents and macros
 */
public record EngineOptions(boolean strict, boolean autoescape, int maxRange, int maxDepth) {}
