package dev.gitvan.template.spi;

import dev.gitvan.diagnostics.Problem;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A {@link TemplateFilter} or {@link TemplateFunction} that a bundle contributes, as engines call
 * it. It belongs to the rendering or compilation that asked for it: an engine keeps its name, not
 * the object.
 */
@ProviderType
public interface TemplateExtension {
  /**
   * Finds out whether it can be called with some arguments.
   *
   * @param place of the call: name:line of the template
   * @param positional how many positional arguments there are
   * @param named names of the named arguments
   * @return what is wrong; empty when nothing is
   */
  Optional<Problem> check(String place, int positional, Collection<String> named);

  /**
   * Calls it, isolated and timed by the kernel.
   *
   * @param place of the call: name:line of the template
   * @param input of a filter; null for a function
   * @return a plain value: string, number, boolean, list, map or null
   * @throws dev.gitvan.diagnostics.GitVanException {@code TEMPLATE_SYNTAX} for arguments that it
   *     does not take; {@code TEMPLATE_FAILED} when it fails, with its name and its bundle; {@code
   *     INTERRUPTED}
   */
  Object call(String place, Object input, List<?> positional, Map<String, ?> named);
}
