package dev.gitvan.template.spi;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/** A compiled condition. Safe for any thread. */
@ConsumerType
@FunctionalInterface
public interface Condition {
  /**
   * Tests it.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code TEMPLATE_*}
   */
  boolean test(Map<String, ?> data);
}
