package dev.gitvan.shell.internal.verbs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

/** Bundles and components that do not run, with the reasons that the framework can give. */
final class Wiring {
  private static final Set<String> SATISFIED_BY_FRAMEWORK = Set.of("osgi.wiring.host", "osgi.ee");

  private final BundleContext context;
  private final ServiceComponentRuntime runtime;

  Wiring(BundleContext context, ServiceComponentRuntime runtime) {
    this.context = context;
    this.runtime = runtime;
  }

  int bundles() {
    return context.getBundles().length;
  }

  int components() {
    return runtime.getComponentDescriptionDTOs().size();
  }

  /**
   * Bundles that do not resolve; each with the requirements nobody provides. Some have only not
   * been needed yet, such as those of the interactive shell: they are resolved now.
   */
  List<Fault> unresolvedBundles() {
    var faults = new ArrayList<Fault>();
    var unresolved =
        Arrays.stream(context.getBundles())
            .filter(bundle -> bundle.getState() == Bundle.INSTALLED)
            .toList();
    if (!unresolved.isEmpty()) {
      context.getBundle(0).adapt(FrameworkWiring.class).resolveBundles(unresolved);
    }
    for (var bundle : context.getBundles()) {
      if (bundle.getState() == Bundle.INSTALLED) {
        faults.add(new Fault(name(bundle), missing(bundle)));
      }
    }
    return faults;
  }

  /** Components with a mandatory reference that nothing satisfies, or that failed to start. */
  List<Fault> unsatisfiedComponents() {
    var faults = new ArrayList<Fault>();
    for (var description : runtime.getComponentDescriptionDTOs()) {
      var configurations = runtime.getComponentConfigurationDTOs(description);
      if (configurations.isEmpty() && "require".equals(description.configurationPolicy)) {
        faults.add(new Fault(description.name, List.of("waits for a configuration")));
      }
      for (var configuration : configurations) {
        var reasons = reasons(configuration);
        if (!reasons.isEmpty()) {
          faults.add(new Fault(description.name, reasons));
        }
      }
    }
    return faults;
  }

  private static List<String> reasons(ComponentConfigurationDTO configuration) {
    var reasons = new ArrayList<String>();
    for (var reference : configuration.unsatisfiedReferences) {
      var description = configuration.description;
      for (var declared : description.references) {
        if (declared.name.equals(reference.name)) {
          reasons.add(
              "nothing provides "
                  + declared.interfaceName
                  + (reference.target == null ? "" : " " + reference.target));
        }
      }
    }
    if (configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
      var failure = configuration.failure;
      reasons.add(
          "failed to start: "
              + (failure == null ? "no reason known" : failure.lines().findFirst().orElse("")));
    }
    return reasons;
  }

  private List<String> missing(Bundle bundle) {
    var revision = bundle.adapt(BundleRevision.class);
    if (revision == null) {
      return List.of("not resolved");
    }
    var reasons = new ArrayList<String>();
    for (var requirement : revision.getDeclaredRequirements(null)) {
      if (SATISFIED_BY_FRAMEWORK.contains(requirement.getNamespace())
          || !isMandatory(requirement)) {
        continue;
      }
      boolean provided =
          Arrays.stream(context.getBundles())
              .map(other -> other.adapt(BundleRevision.class))
              .filter(Objects::nonNull)
              .flatMap(other -> other.getDeclaredCapabilities(requirement.getNamespace()).stream())
              .anyMatch(requirement::matches);
      if (!provided) {
        reasons.add(
            "nothing provides "
                + requirement.getNamespace()
                + " "
                + requirement.getDirectives().getOrDefault(Constants.FILTER_DIRECTIVE, ""));
      }
    }
    return reasons.isEmpty() ? List.of("its requirements cannot be met together") : reasons;
  }

  /** Neither optional nor, as for DynamicImport-Package, dynamic. */
  private static boolean isMandatory(BundleRequirement requirement) {
    var resolution =
        requirement
            .getDirectives()
            .getOrDefault(Constants.RESOLUTION_DIRECTIVE, Constants.RESOLUTION_MANDATORY);
    return Constants.RESOLUTION_MANDATORY.equals(resolution);
  }

  private static String name(Bundle bundle) {
    return bundle.getSymbolicName() + " " + bundle.getVersion();
  }

  /**
   * Something that does not run.
   *
   * @param reasons never empty
   */
  record Fault(String subject, List<String> reasons) {
    Map<String, Object> toMap() {
      var map = new LinkedHashMap<String, Object>();
      map.put("name", subject);
      map.put("reasons", reasons);
      return map;
    }
  }
}
