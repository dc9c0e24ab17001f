package dev.gitvan.shell.internal.diag;

import dev.gitvan.shell.internal.diag.ActivationProbe.Outcome;
import dev.gitvan.shell.internal.diag.Finding.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** Components that wait for something or cannot be constructed. Run it after the bundles. */
final class ComponentCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Set<String> NAMES =
      Set.of("gitvan.verb.name", "gitvan.job.name", "gitvan.hook.name");

  private final BundleContext context;
  private final Bundles bundles;
  private final ServiceComponentRuntime runtime;
  private final Artifacts artifacts;
  private final FindingGraph graph;
  private final Collection<ComponentDescriptionDTO> components;
  private final Map<String, Outcome> outcomes = new HashMap<>();

  ComponentCheck(
      BundleContext context,
      ServiceComponentRuntime runtime,
      Artifacts artifacts,
      FindingGraph graph) {
    this.context = context;
    this.bundles = new Bundles(context);
    this.runtime = runtime;
    this.artifacts = artifacts;
    this.graph = graph;
    this.components =
        runtime.getComponentDescriptionDTOs().stream()
            .sorted(Comparator.comparing(component -> component.name))
            .toList();
  }

  static String key(ComponentDescriptionDTO component) {
    return "component:" + component.bundle.id + ":" + component.name;
  }

  /** Constructs every component of GitVan and its plugins that has not been constructed yet. */
  void probe() {
    try (var probe = new ActivationProbe(context, PATIENCE)) {
      for (var component : components) {
        if (component.factory == null && takesPart(component)) {
          for (var configuration : runtime.getComponentConfigurationDTOs(component)) {
            boolean isLazy = configuration.state == ComponentConfigurationDTO.SATISFIED;
            if (isLazy && configuration.service != null) {
              var outcome = probe.probe(configuration.service.id);
              outcomes.merge(key(component), outcome, (a, b) -> a == Outcome.WORKS ? b : a);
            }
          }
        }
      }
    }
  }

  private boolean takesPart(ComponentDescriptionDTO component) {
    return bundles.get(component.bundle.id).filter(Bundles::takesPart).isPresent();
  }

  void run() {
    components.forEach(this::check);
  }

  private void check(ComponentDescriptionDTO component) {
    if (!runtime.isComponentEnabled(component)) {
      return;
    }
    var configurations = runtime.getComponentConfigurationDTOs(component);
    if (configurations.isEmpty() && "require".equals(component.configurationPolicy)) {
      waitsForConfiguration(component);
    }
    for (var configuration : configurations) {
      switch (configuration.state) {
        case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION ->
            waitsForConfiguration(component);
        case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
            waitsForServices(component, configuration);
        case ComponentConfigurationDTO.FAILED_ACTIVATION -> failed(component, configuration);
        default -> notConstructed(component);
      }
    }
  }

  private void waitsForConfiguration(ComponentDescriptionDTO component) {
    add(
        component,
        "waits for a configuration",
        List.of(),
        "Provide a configuration with the PID "
            + String.join(" or ", component.configurationPid)
            + ".",
        "");
  }

  private void waitsForServices(
      ComponentDescriptionDTO component, ComponentConfigurationDTO configuration) {
    var missing = new LinkedHashSet<String>();
    for (var unsatisfied : configuration.unsatisfiedReferences) {
      reference(component, unsatisfied)
          .ifPresent(r -> missing.add(wait(component, r, unsatisfied)));
    }
    add(component, "waits for " + services(List.copyOf(missing)), List.of(), "", "");
  }

  private static String services(List<String> types) {
    int last = types.size() - 1;
    return switch (types.size()) {
      case 0 -> "a service";
      case 1 -> "the service " + types.get(0);
      default ->
          "the services " + String.join(", ", types.subList(0, last)) + " and " + types.get(last);
    };
  }

  private static Optional<ReferenceDTO> reference(
      ComponentDescriptionDTO component, UnsatisfiedReferenceDTO unsatisfied) {
    return Arrays.stream(component.references)
        .filter(declared -> declared.name.equals(unsatisfied.name))
        .findFirst();
  }

  /** Traces a missing service to its cause; returns what is waited for. */
  private String wait(
      ComponentDescriptionDTO component,
      ReferenceDTO reference,
      UnsatisfiedReferenceDTO unsatisfied) {
    var type = reference.interfaceName;
    var target = unsatisfied.target == null ? "" : " " + unsatisfied.target;
    var key = key(component);
    boolean traced = false;
    for (var provider : components) {
      if (provides(provider, reference) && !provider.equals(component)) {
        graph.addCause(key, key(provider));
        traced |= isBroken(provider);
      }
    }
    for (var provider : bundles.providersOf(type).toList()) {
      if (provider.getState() == Bundle.INSTALLED || provider.getState() == Bundle.RESOLVED) {
        // Of a bundle outside of GitVan that is stopped it is reported only now that it is missed.
        graph.add(BundleCheck.key(provider), BundleCheck.stopped(provider));
        graph.addCause(key, BundleCheck.key(provider));
        traced = true;
      }
    }
    if (!traced) {
      var service = "service:" + type + target;
      graph.add(service, missing(type, target));
      graph.addCause(key, service);
    }
    return type + target;
  }

  private boolean isBroken(ComponentDescriptionDTO component) {
    return runtime.isComponentEnabled(component)
        && runtime.getComponentConfigurationDTOs(component).stream()
            .anyMatch(
                configuration ->
                    configuration.state != ComponentConfigurationDTO.ACTIVE
                        && configuration.state != ComponentConfigurationDTO.SATISFIED);
  }

  private Finding missing(String type, String target) {
    var artifact = target.isEmpty() ? artifacts.ofService(type) : Optional.<String>empty();
    return new Finding(
        Kind.SERVICE,
        type + target,
        "is a service that no installed bundle provides",
        List.of(),
        artifact
            .map(
                found ->
                    "Install "
                        + Artifacts.id(found)
                        + ", which is part of GitVan, or reinstall GitVan.")
            .orElse("Install a bundle that provides it."));
  }

  private void failed(ComponentDescriptionDTO component, ComponentConfigurationDTO configuration) {
    var trace = configuration.failure == null ? "" : configuration.failure;
    var cause = RealCause.of(trace);
    var details = new ArrayList<String>();
    details.add(cause.words());
    var remedy = faultOf(component);
    if (cause.missingClass().isPresent()) {
      var name = cause.missingClass().get();
      var packageName = name.substring(0, Math.max(0, name.lastIndexOf('.')));
      var from = artifacts.ofPackage(packageName);
      remedy =
          "Import the package "
              + packageName
              + from.map(artifact -> ", which is in " + Artifacts.id(artifact)).orElse("")
              + ", in the manifest of "
              + component.bundle.symbolicName
              + ".";
    }
    traceToFailedProviders(component);
    add(component, "could not be started", details, remedy, trace);
  }

  private void notConstructed(ComponentDescriptionDTO component) {
    var outcome = outcomes.getOrDefault(key(component), Outcome.WORKS);
    if (outcome == Outcome.TIMEOUT) {
      add(
          component,
          "was not started within " + PATIENCE.toSeconds() + " seconds",
          List.of(),
          faultOf(component),
          "");
    } else if (outcome == Outcome.FAILED) {
      boolean traced = traceToFailedProviders(component);
      var details = traced ? List.<String>of() : List.of("see the log for the reason");
      add(component, "could not be started", details, faultOf(component), "");
    }
  }

  /** A service that is registered and cannot be got fails those that need it. */
  private boolean traceToFailedProviders(ComponentDescriptionDTO component) {
    boolean traced = false;
    for (var reference : component.references) {
      for (var provider : components) {
        if (provides(provider, reference) && !provider.equals(component) && hasFailed(provider)) {
          graph.addCause(key(component), key(provider));
          traced = true;
        }
      }
    }
    return traced;
  }

  private boolean hasFailed(ComponentDescriptionDTO component) {
    return outcomes.getOrDefault(key(component), Outcome.WORKS) != Outcome.WORKS
        || runtime.getComponentConfigurationDTOs(component).stream()
            .anyMatch(c -> c.state == ComponentConfigurationDTO.FAILED_ACTIVATION);
  }

  private static boolean provides(ComponentDescriptionDTO component, ReferenceDTO reference) {
    return List.of(component.serviceInterfaces).contains(reference.interfaceName);
  }

  private static String faultOf(ComponentDescriptionDTO component) {
    return "Remove the cause. If it is a bug in "
        + component.bundle.symbolicName
        + ", report it to its author: gitvan -v diag prints the stack trace.";
  }

  private void add(
      ComponentDescriptionDTO component,
      String what,
      List<String> details,
      String remedy,
      String trace) {
    graph.add(
        key(component), new Finding(Kind.COMPONENT, name(component), what, details, remedy, trace));
  }

  /** Its name, and what users know it by. */
  private static String name(ComponentDescriptionDTO component) {
    for (var key : NAMES) {
      if (component.properties.get(key) instanceof String name) {
        var kind = key.split("\\.")[1];
        return component.name + " (" + kind + " " + name + ")";
      }
    }
    return component.name;
  }
}
