package dev.gitvan.shell.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.job.spi.RunTransactions;
import dev.gitvan.shell.internal.diag.SystemCheck;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/**
 * Verbs that are installed and cannot be called, because a service that they need is missing: they
 * are reported with the cause, not as unknown.
 */
final class UnsatisfiedVerbs {
  private static final String TRANSACTIONS = RunTransactions.class.getName();

  private final SortedMap<String, ComponentDescriptionDTO> verbs = new TreeMap<>();
  private final BundleContext context;
  private final ServiceComponentRuntime runtime;

  UnsatisfiedVerbs(BundleContext context, ServiceComponentRuntime runtime) {
    this.context = context;
    this.runtime = runtime;
    for (var component : runtime.getComponentDescriptionDTOs()) {
      if (component.properties.get("gitvan.verb.name") instanceof String name) {
        verbs.put(name, component);
      }
    }
  }

  /** Names of all verbs whose components are installed, satisfied or not. */
  Iterable<String> names() {
    return verbs.keySet();
  }

  /** Why a verb cannot be called; empty when no installed bundle has it. */
  Optional<Problem> explain(String name) {
    var component = verbs.get(name);
    if (component == null) {
      return Optional.empty();
    }
    var missing = new ArrayList<String>();
    for (var configuration : runtime.getComponentConfigurationDTOs(component)) {
      for (var reference : configuration.unsatisfiedReferences) {
        Arrays.stream(component.references)
            .filter(declared -> declared.name.equals(reference.name))
            .forEach(declared -> missing.add(declared.interfaceName));
      }
    }
    // What Git needs is a bundle that can be left out; all else belongs to every installation.
    var code = missing.equals(List.of(TRANSACTIONS)) ? Codes.NO_TRANSACTION : Codes.INTERNAL;
    var cause = SystemCheck.causeOf(context, runtime, component);
    return Optional.of(
        new Problem(
            code,
            "gitvan " + name,
            missing.isEmpty()
                ? "the verb cannot be started"
                    + cause.map(c -> ": " + first(c.details())).orElse("")
                : "the verb waits for the service "
                    + String.join(" and ", missing)
                    + cause.map(c -> ", because " + c.name() + " " + c.what()).orElse(""),
            cause.map(c -> c.remedy() + " ").orElse("") + "gitvan diag shows all causes."));
  }

  private static String first(List<String> details) {
    return details.isEmpty() ? "no reason is known" : details.get(0);
  }
}
