package dev.gitvan.template.spi;

import dev.gitvan.job.spi.RequireGitVan;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** Names a {@link TemplateEngine} service and the files it takes. */
@ComponentPropertyType
@RequireGitVan
public @interface GitVanTemplateEngine {
  /** Prefix of the service properties. */
  String PREFIX_ = "gitvan.template.";

  /** Name, as {@code templates.engine} has it. */
  String engine();

  /** File extensions without the dot, such as {@code peb}. */
  String[] extensions();

  /**
   * Whether an output depends on nothing but the templates, the data, the options and this bundle's
   * version: no time, no chance, no file. Then it may be kept and taken again.
   */
  boolean reproducible() default false;
}
