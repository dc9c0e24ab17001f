package dev.gitvan.itests;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/**
 * The components that are not available, as a tree: each with what it waits for, and why that is
 * missing.
 */
final class UnsatisfiedComponents {
  private final ServiceComponentRuntime runtime;
  private final Collection<ComponentDescriptionDTO> components;
  private final List<String> lines = new ArrayList<>();

  UnsatisfiedComponents(ServiceComponentRuntime runtime) {
    this.runtime = runtime;
    this.components = runtime.getComponentDescriptionDTOs();
  }

  /** Indented lines; empty when everything is satisfied. */
  List<String> lines() {
    for (ComponentDescriptionDTO component : components) {
      if (component.defaultEnabled) {
        explain(component, 0, new HashSet<>());
      }
    }
    return lines;
  }

  private void explain(ComponentDescriptionDTO component, int depth, Set<String> above) {
    if (!above.add(component.name)) {
      add(depth, component.name + " (a cycle)");
      return;
    }
    var configurations = runtime.getComponentConfigurationDTOs(component);
    if (configurations.isEmpty()) {
      add(depth, component.name + " has no configuration");
    }
    for (ComponentConfigurationDTO configuration : configurations) {
      switch (configuration.state) {
        case ComponentConfigurationDTO.SATISFIED, ComponentConfigurationDTO.ACTIVE -> {}
        case ComponentConfigurationDTO.FAILED_ACTIVATION ->
            add(depth, component.name + " failed: " + firstLine(configuration.failure));
        case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION ->
            add(depth, component.name + " waits for its configuration");
        default -> {
          add(depth, component.name + " waits");
          for (UnsatisfiedReferenceDTO reference : configuration.unsatisfiedReferences) {
            explain(component, reference, depth + 1, above);
          }
        }
      }
    }
    above.remove(component.name);
  }

  private void explain(
      ComponentDescriptionDTO component,
      UnsatisfiedReferenceDTO unsatisfied,
      int depth,
      Set<String> above) {
    for (ReferenceDTO reference : component.references) {
      if (reference.name.equals(unsatisfied.name)) {
        add(depth, "for " + reference.name + ": " + reference.interfaceName + filter(reference));
        for (ComponentDescriptionDTO provider : components) {
          if (List.of(provider.serviceInterfaces).contains(reference.interfaceName)) {
            explain(provider, depth + 1, above);
          }
        }
      }
    }
  }

  private static String filter(ReferenceDTO reference) {
    return reference.target == null ? "" : " " + reference.target;
  }

  private static String firstLine(String text) {
    return text == null ? "" : text.lines().findFirst().orElse("");
  }

  private void add(int depth, String text) {
    lines.add("  ".repeat(depth) + text);
  }
}
