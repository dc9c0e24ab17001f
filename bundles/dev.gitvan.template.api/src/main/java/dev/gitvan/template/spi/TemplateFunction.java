package dev.gitvan.template.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A function for templates of every engine. Register it as a service with {@link
 * GitVanTemplateFunction}. Its arguments and its result are plain values, as those of a {@link
 * TemplateFilter}. Safe for any thread.
 */
@ConsumerType
@FunctionalInterface
public interface TemplateFunction {
  /**
   * Returns the function's value.
   *
   * @return a plain value, or null
   * @throws IllegalArgumentException when it cannot work with an argument; the message is for the
   *     template's author
   * @throws Exception when it fails otherwise: the rendering ends as {@code TEMPLATE_FAILED}
   */
  Object call(Arguments arguments) throws Exception;
}
