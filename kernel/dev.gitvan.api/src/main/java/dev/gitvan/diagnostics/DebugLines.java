package dev.gitvan.diagnostics;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Takes lines about what a part of the system does. A service with the property {@link #PART},
 * there for as long as somebody wants to know: {@code GITVAN_DEBUG_TEMPLATES=true} and the like.
 * Lines have names and figures, never contents. Safe for any thread.
 */
@ConsumerType
@FunctionalInterface
public interface DebugLines {
  /** Service property: the part, such as {@code templates}. */
  String PART = "gitvan.debug";

  /** Takes one line. */
  void line(String line);
}
