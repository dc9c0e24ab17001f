package dev.gitvan.template.spi;

import dev.gitvan.job.spi.RequireGitVan;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Names a {@link TemplateEngine} service and the files it takes, and declares what it guarantees.
 *
 * <p>An engine that is not both {@link #bounded} and {@link #interruptible} is called on threads of
 * its own and has 30 seconds for each call. If it does not end within a second after it has been
 * interrupted, its thread is abandoned and the engine is quarantined until its bundle is replaced.
 */
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

  /**
   * Whether compiling and rendering always end, because the engine keeps the limits of {@link
   * EngineOptions}.
   */
  boolean bounded() default false;

  /** Whether compiling and rendering end soon after their thread has been interrupted. */
  boolean interruptible() default false;
}
