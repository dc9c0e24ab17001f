package dev.gitvan.bench.internal;

/** One way to do a workload's operation: GitVan's, or a peer's. */
interface Contender extends AutoCloseable {
  /** {@code gitvan}, {@code git}, {@code nunjucks}, ... */
  String name();

  /**
   * Does the operation so many times.
   *
   * @param samples takes the duration of each
   */
  void run(int times, Samples samples) throws Exception;

  @Override
  default void close() throws Exception {}
}
