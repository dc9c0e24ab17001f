package dev.gitvan.hook.spi;

import dev.gitvan.job.spi.RequireGitVan;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Says where a {@link Hook} service is called. Put it beside {@code @Component}; it also makes the
 * bundle require the kernel.
 */
@ComponentPropertyType
@RequireGitVan
public @interface GitVanHook {
  /** Prefix of the service properties. */
  String PREFIX_ = "gitvan.hook.";

  /** Points, such as {@code job:before} or {@code pre-commit}. */
  String[] on();

  /** The hook's name in reports; empty: the component's name. */
  String name() default "";

  /** Limit of one call, such as {@code 5s}. */
  String timeout() default "10s";
}
