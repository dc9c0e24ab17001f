package dev.gitvan.diagnostics;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Receives debug output of one part of the system. A service with the property {@link #PART},
 * registered while debugging is enabled, for example by {@code GITVAN_DEBUG_TEMPLATES=true}. Lines
 * contain names and figures, never contents. Safe for any thread.
 */
@ConsumerType
@FunctionalInterface
public interface DebugLines {
  /** Service property: the part, such as {@code templates}. */
  String PART = "gitvan.debug";

  /** Receives one line. */
  void line(String line);
}
