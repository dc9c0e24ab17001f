package dev.gitvan.hook.spi;

import dev.gitvan.job.spi.RequireGitVan;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Describes a {@link Hook} service. Use it with {@code @Component}; it also makes the bundle
 * require the kernel.
 */
@ComponentPropertyType
@RequireGitVan
public @interface GitVanHook {
  /** Prefix of the service properties. */
  String PREFIX_ = "gitvan.hook.";

  /** Names of the points at which the hook is called, such as {@code job:before}. */
  String[] on();

  /** The hook's name in reports; empty: the component's name. */
  String name() default "";

  /** Maximum duration of one call, such as {@code 5s}. */
  String timeout() default "10s";

  /** Names of hooks or groups that start when this hook has ended. */
  String[] before() default {};

  /** Names of hooks or groups that have ended when this hook starts. */
  String[] after() default {};

  /** Hooks of one group run one after another; empty: none. */
  String group() default "";
}
