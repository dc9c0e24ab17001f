package dev.gitvan.diagnostics.spi;

import dev.gitvan.job.spi.RequireGitVan;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** Names the prefix of an {@link ErrorCodes} service. Use it with {@code @Component}. */
@ComponentPropertyType
@RequireGitVan
public @interface GitVanErrorCodes {
  /** Prefix of the service properties. */
  String PREFIX_ = "gitvan.error.";

  /** First part of all names, such as {@code ACME} for {@code ACME_TOKEN_MISSING}. */
  String prefix();
}
