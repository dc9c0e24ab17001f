package dev.gitvan.template.internal;

import dev.gitvan.extension.InvalidExtensionException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the service properties of a filter or function say.
 *
 * @param parameters names, in the order of positional arguments
 * @param reproducible whether outputs of templates that use it may be kept
 */
record ExtensionProperties(String name, List<String> parameters, boolean reproducible) {
  private static final String IDENTIFIER = "[A-Za-z_][A-Za-z0-9_]*";

  static ExtensionProperties read(ExtensionKind<?> kind, Map<String, Object> properties)
      throws InvalidExtensionException {
    if (!(properties.get(kind.prefix() + "name") instanceof String name)
        || !name.matches(IDENTIFIER)) {
      throw new InvalidExtensionException(
          "NAME_INVALID", "a " + kind.word() + " needs a name of letters, digits and underscores");
    }
    var parameters = parameters(properties.get(kind.prefix() + "parameters"));
    if (Set.copyOf(parameters).size() < parameters.size()
        || !parameters.stream().allMatch(parameter -> parameter.matches(IDENTIFIER))) {
      throw new InvalidExtensionException(
          "PARAMETER_INVALID",
          "the parameters must have different names of letters, digits and underscores");
    }
    return new ExtensionProperties(
        name, parameters, Boolean.TRUE.equals(properties.get(kind.prefix() + "reproducible")));
  }

  private static List<String> parameters(Object property) {
    if (property instanceof String[] several) {
      return List.of(several);
    }
    return property instanceof String one ? List.of(one) : List.of();
  }
}
