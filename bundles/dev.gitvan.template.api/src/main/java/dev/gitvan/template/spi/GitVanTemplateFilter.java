package dev.gitvan.template.spi;

import dev.gitvan.job.spi.RequireGitVan;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** Names a {@link TemplateFilter} service. */
@ComponentPropertyType
@RequireGitVan
public @interface GitVanTemplateFilter {
  /** Prefix of the service properties. */
  String PREFIX_ = "gitvan.template.filter.";

  /**
   * Name in templates, such as {@code shout}: letters, digits and underscores. A name that an
   * engine has built in is rejected.
   */
  String name();

  /** Names of the parameters, in the order of positional arguments. Each may be left out. */
  String[] parameters() default {};

  /**
   * Whether the result depends on nothing but the input, the arguments, and the versions of this
   * bundle and of those that it imports packages from: no time, no chance, no file, no service.
   * Then outputs of templates that use it may be kept.
   */
  boolean reproducible() default false;
}
