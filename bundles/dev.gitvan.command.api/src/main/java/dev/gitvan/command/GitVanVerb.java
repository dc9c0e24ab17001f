package dev.gitvan.command;

import dev.gitvan.job.spi.RequireGitVan;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Declares the name of a {@link Verb} service; the same as in its {@code @Command}. It is read
 * without an instance, so that a command line activates only the verb that it calls.
 */
@ComponentPropertyType
@RequireGitVan
public @interface GitVanVerb {
  /** Prefix of the service properties. */
  String PREFIX_ = "gitvan.verb.";

  /** The verb's name. */
  String name();

  /** One-line description, shown by {@code gitvan --help}. */
  String description();
}
