package dev.gitvan.job.spi;

import org.osgi.service.component.annotations.ComponentPropertyType;

/** Names a {@link StepType} service: the key that stands for it in a job file. */
@ComponentPropertyType
@RequireGitVan
public @interface GitVanStep {
  /** Prefix of the service properties. */
  String PREFIX_ = "gitvan.step.";

  /** The type's key, such as {@code template}. */
  String type();
}
