package dev.gitvan.metrics;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Records how long operations take and tells their figures. Safe for any thread.
 *
 * <p>Where no provider is present, use {@link #NONE}: nobody checks for null.
 */
@ProviderType
public interface Metrics {
  /** Records nothing. */
  Metrics NONE =
      new Metrics() {
        @Override
        public Recorder recorder(Operation operation) {
          return nanos -> {};
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
        public List<OperationHistogram> histograms(List<Double> bounds) {
          return List.of();
        }

        @Override
        public Silence silence() {
          return () -> {};
        }
      };

  /** The recorder of an operation; the same one for equal operations. */
  Recorder recorder(Operation operation);

  /** Records one duration, in nanoseconds. */
  default void record(Operation operation, long nanos) {
    recorder(operation).record(nanos);
  }

  /** This process's figures, ordered by operation. */
  List<OperationStats> stats();

  /** This process's figures merged with those that earlier processes left, ordered by operation. */
  List<OperationStats> history();

  /**
   * What {@link #history} counts, by duration.
   *
   * @param bounds upper bounds in seconds, ascending
   * @return ordered by operation
   */
  List<OperationHistogram> histograms(List<Double> bounds);

  /**
   * Until it is closed, nothing that the calling thread measures is recorded: a dry run touches no
   * metric. Close it on the thread that opened it; calls nest.
   */
  Silence silence();

  /** See {@link Metrics#silence()}. */
  @FunctionalInterface
  interface Silence extends AutoCloseable {
    @Override
    void close();
  }
}
