package dev.gitvan.hook.spi;

import dev.gitvan.job.spi.RequireGitVan;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Names the point of a {@link HookPointProvider} service. Use it with {@code @Component}; it also
 * makes the bundle require the kernel.
 */
@ComponentPropertyType
@RequireGitVan
public @interface GitVanHookPoint {
  /** Prefix of the service properties. */
  String PREFIX_ = "gitvan.hook.point.";

  /** The point's name; see {@link dev.gitvan.hook.HookPoint#isExtensionName}. */
  String name();
}
