package dev.gitvan.job;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** The step types that are installed. A shared service. Safe for any thread. */
@ProviderType
public interface StepCatalog {
  /** The schemas of the step types, by key. */
  Map<String, StepSchema> schemas();
}
