package dev.gitvan.metrics;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Records how long operations take and counts events. Safe for any thread.
 *
 * <p>Metrics are optional: refer to this service as to any other. While no bundle implements it,
 * nothing is recorded and everything that it returns is empty, as with {@link #NONE}.
 */
@ProviderType
public interface Metrics {
  /** Records nothing and returns nothing. */
  Metrics NONE =
      new Metrics() {
        @Override
        public Recorder recorder(Operation operation) {
          return nanos -> {};
        }

        @Override
        public Counter counter(CounterId counter) {
          return amount -> {};
        }

        @Override
        public List<OperationStats> stats() {
          return List.of();
        }

        @Override
        public List<OperationStats> history() {
          return List.of();
        }

        @Override
        public MetricSnapshot snapshot() {
          return MetricSnapshot.EMPTY;
        }

        @Override
        public Muting mute() {
          return () -> {};
        }
      };

  /**
   * Returns the recorder of an operation, which stays valid when the implementation is replaced.
   *
   * @return the same recorder for equal operations
   */
  Recorder recorder(Operation operation);

  /** Records one duration, in nanoseconds. */
  default void record(Operation operation, long nanos) {
    recorder(operation).record(nanos);
  }

  /**
   * Returns a counter, which stays valid when the implementation is replaced.
   *
   * @return the same counter for equal ids
   */
  Counter counter(CounterId counter);

  /** Durations measured in this process, ordered by operation. */
  List<OperationStats> stats();

  /**
   * Durations measured in this process and in processes that ended in the last seven days, ordered
   * by operation.
   */
  List<OperationStats> history();

  /**
   * Reads everything at once: durations and counters of this process and of processes that ended in
   * the last seven days, and the present values of all gauges. Waits for gauges at most a few
   * seconds; those that fail or do not answer in time are left out.
   */
  MetricSnapshot snapshot();

  /**
   * Stops recording and counting for the calling thread, as a dry run does. Close the result on the
   * same thread to go on. Calls nest.
   */
  Muting mute();

  /** A thread that records nothing until this is closed. */
  @FunctionalInterface
  interface Muting extends AutoCloseable {
    @Override
    void close();
  }
}
