package dev.gitvan.metrics;

import java.util.regex.Pattern;

/** The syntax that names of counters and gauges have, so that every exporter can write them. */
public final class MetricName {
  private static final Pattern VALID = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");

  private MetricName() {}

  /** Whether a name is words of lower-case letters, digits and underscores, separated by dots. */
  public static boolean isValid(String name) {
    return VALID.matcher(name).matches();
  }
}
