package dev.gitvan.template.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A filter for templates of every engine: a function of a value and arguments. Register it as a
 * service with {@link GitVanTemplateFilter}. Safe for any thread.
 *
 * <p>Values are plain: strings, numbers, booleans, lists, maps with string keys, and null inside
 * lists and maps. Lists and maps that it is given are unmodifiable copies.
 */
@ConsumerType
@FunctionalInterface
public interface TemplateFilter {
  /**
   * Returns the filtered value.
   *
   * @param input never null: the result for null is null, without a call
   * @return a plain value, or null
   * @throws IllegalArgumentException when it cannot work with the input or an argument; the message
   *     is for the template's author
   * @throws Exception when it fails otherwise: the rendering ends as {@code TEMPLATE_FAILED}
   */
  Object apply(Object input, Arguments arguments) throws Exception;
}
