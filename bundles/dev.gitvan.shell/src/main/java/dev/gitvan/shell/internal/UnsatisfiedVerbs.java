package dev.gitvan.shell.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.job.spi.RunTransactions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/**
 * Verbs that are installed and not there, because a service that they need is missing: their users
 * are told that, not that there is no such verb.
 */
final class UnsatisfiedVerbs {
  private static final String TRANSACTIONS = RunTransactions.class.getName();

  private final SortedMap<String, ComponentDescriptionDTO> verbs = new TreeMap<>();
  private final ServiceComponentRuntime runtime;

  UnsatisfiedVerbs(ServiceComponentRuntime runtime) {
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

  /** Why a verb is not there; empty when no installed bundle has it. */
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
    var what =
        missing.isEmpty()
            ? "the verb does not start"
            : "the verb waits for " + String.join(" and ", missing);
    // What Git needs is a bundle that can be left out; all else belongs to every installation.
    var code = missing.equals(List.of(TRANSACTIONS)) ? Codes.NO_TRANSACTION : Codes.INTERNAL;
    return Optional.of(
        new Problem(code, "gitvan " + name, what, "gitvan diag tells what is wrong."));
  }
}
