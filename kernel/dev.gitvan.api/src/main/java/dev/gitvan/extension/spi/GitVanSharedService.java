package dev.gitvan.extension.spi;

import dev.gitvan.job.spi.RequireGitVan;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** Names the interface that a {@link SharedService} implements. */
@ComponentPropertyType
@RequireGitVan
@Capability(namespace = "osgi.service", effective = "active")
public @interface GitVanSharedService {
  /** Prefix of the service properties. */
  String PREFIX_ = "gitvan.shared.";

  /** The interface; callers find the service under its name. */
  @Attribute("objectClass")
  Class<?> type();
}
