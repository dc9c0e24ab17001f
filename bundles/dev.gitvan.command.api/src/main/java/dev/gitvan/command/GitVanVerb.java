package dev.gitvan.command;

import dev.gitvan.job.spi.RequireGitVan;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Names a {@link Verb} service; the same name as in its {@code @Command}. Known without making an
 * instance, so that a command line starts no verb but its own.
 */
@ComponentPropertyType
@RequireGitVan
public @interface GitVanVerb {
  /** Prefix of the service properties. */
  String PREFIX_ = "gitvan.verb.";

  /** The verb's name. */
  String name();

  /** One line for {@code gitvan --help}. */
  String description();
}
