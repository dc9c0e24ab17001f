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

  /**
   * How often it does the operation before it is measured.
   *
   * @param times what the workload wants for what is compiled while it runs
   */
  default int warmUp(int times) {
    return times;
  }

  @Override
  default void close() throws Exception {}
}
