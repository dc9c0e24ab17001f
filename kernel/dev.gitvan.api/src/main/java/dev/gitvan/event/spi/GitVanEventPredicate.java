package dev.gitvan.event.spi;

import dev.gitvan.job.spi.RequireGitVan;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Names an {@link EventPredicate} service. Use it with {@code @Component}; it also makes the bundle
 * require the kernel.
 */
@ComponentPropertyType
@RequireGitVan
public @interface GitVanEventPredicate {
  /** Prefix of the service properties. */
  String PREFIX_ = "gitvan.event.predicate.";

  /** The predicate's name: lower-case letters, digits and dashes. */
  String name();
}
