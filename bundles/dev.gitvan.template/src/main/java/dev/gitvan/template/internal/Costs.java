package dev.gitvan.template.internal;

/**
 * What the outputs of a template cost: to render, and to look for and keep. A small template that
 * is compiled renders faster than its data can be compared, so that a cache would only slow it
 * down. Averages over the last renderings. Threads may overwrite each other's measurements: one
 * more or less does not matter.
 */
final class Costs {
  /** So many renderings are measured before anything is decided: the first are not compiled yet. */
  static final int ENOUGH = 64;

  /** Part of the average that a measurement is: the first ones are soon forgotten. */
  private static final double PART = 1.0 / 16;

  private volatile int measured;
  private volatile double rendering;
  private volatile double caching;

  /** Whether an output that is found could save any time. */
  boolean isWorthCaching() {
    return measured < ENOUGH || rendering > caching;
  }

  /**
   * Takes a rendering whose output was looked for and kept.
   *
   * @param renderNanos what rendering took
   * @param cacheNanos what looking and keeping took
   */
  void measured(long renderNanos, long cacheNanos) {
    rendered(renderNanos);
    caching = average(caching, cacheNanos);
  }

  /** Takes a rendering that no cache was asked for. */
  void rendered(long renderNanos) {
    rendering = average(rendering, renderNanos);
    if (measured < ENOUGH) {
      measured++;
    }
  }

  private double average(double soFar, long nanos) {
    return measured == 0 ? nanos : soFar + (nanos - soFar) * PART;
  }
}
