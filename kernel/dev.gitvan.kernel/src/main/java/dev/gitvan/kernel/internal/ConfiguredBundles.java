package dev.gitvan.kernel.internal;

import dev.gitvan.config.Configurations;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.extension.BundleSettings;
import dev.gitvan.extension.Selection;
import dev.gitvan.kernel.internal.swap.Kernel;
import dev.gitvan.repository.WorktreeId;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reads for the registries where plugins act, and what they may replace. */
@Component(service = ConfiguredBundles.class, immediate = true)
public final class ConfiguredBundles {
  private final Configurations configurations;

  @Activate
  public ConfiguredBundles(@Reference Kernel kernel, @Reference Configurations configurations) {
    this.configurations = configurations;
    kernel.configure(this::replacements, this::selection);
  }

  private Map<String, String> replacements() {
    try {
      return configurations.ofUser().get(BundleSettings.REPLACE);
    } catch (GitVanException e) {
      if (e.code().equals(Codes.SERVICE_MISSING)) {
        return Map.of(); // Without a configuration nothing is allowed.
      }
      throw e;
    }
  }

  private Selection selection(WorktreeId worktree) {
    return Selection.of(configurations.load(worktree));
  }
}
