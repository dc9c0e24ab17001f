package dev.gitvan.metrics;

import java.util.Map;

/**
 * Identifies a counter: a stable name and, for a few, labels of small cardinality. Run ids, paths
 * and object ids are never labels. Ordered by name, then by labels.
 *
 * @param name words of lower-case letters, digits and underscores, separated by dots, such as
 *     {@code job.retries}; starts with the plugin's name in plugins
 * @param labels sorted by name; usually empty
 */
public record CounterId(String name, Map<String, String> labels) implements Comparable<CounterId> {
  /** Attempts of jobs after the first one. */
  public static final CounterId JOB_RETRIES = of("job.retries");

  /** Runs that were refused because the queue was full. */
  public static final CounterId QUEUE_REFUSED = of("queue.refused");

  /**
   * @throws IllegalArgumentException when the name is invalid
   */
  public CounterId {
    if (!MetricName.isValid(name)) {
      throw new IllegalArgumentException("invalid name of a counter: " + name);
    }
    labels = Labels.sorted(labels);
  }

  /** A counter without labels. */
  public static CounterId of(String name) {
    return new CounterId(name, Map.of());
  }

  @Override
  public int compareTo(CounterId other) {
    int order = name.compareTo(other.name);
    return order == 0 ? toString().compareTo(other.toString()) : order;
  }

  /** {@code name} or {@code name{key=value,...}}. */
  @Override
  public String toString() {
    return Labels.format(name, labels);
  }
}
