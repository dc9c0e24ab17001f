package dev.gitvan.job.spi;

import org.osgi.service.component.annotations.ComponentPropertyType;

/** Names a {@link RunStore} service, for the user's setting {@code queue.store}. */
@ComponentPropertyType
@RequireGitVan
public @interface GitVanRunStore {
  /** Prefix of the service properties. */
  String PREFIX_ = "gitvan.run.store.";

  /** The store's name, such as {@code local}. */
  String name();
}
