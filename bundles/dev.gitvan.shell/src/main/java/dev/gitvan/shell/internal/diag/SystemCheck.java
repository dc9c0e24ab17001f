package dev.gitvan.shell.internal.diag;

import dev.gitvan.diagnostics.Problem;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.diagnostics.RejectionSource;
import dev.gitvan.shell.internal.diag.Finding.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Finds what does not work in the running system, and traces it to its causes. */
public final class SystemCheck {
  private final BundleContext context;
  private final ServiceComponentRuntime runtime;
  private final List<RejectionSource> sources;

  public SystemCheck(
      BundleContext context, ServiceComponentRuntime runtime, List<RejectionSource> sources) {
    this.context = context;
    this.runtime = runtime;
    this.sources = List.copyOf(sources);
  }

  /** The number of installed bundles. */
  public int bundles() {
    return context.getBundles().length;
  }

  /** The number of components that started bundles have. */
  public int components() {
    return runtime.getComponentDescriptionDTOs().size();
  }

  /**
   * What does not work, one tree for each cause; empty when everything works.
   *
   * @param checks results of the health checks
   * @param repository why the repository of the working directory cannot be opened; empty if it can
   */
  public List<FindingTree> run(List<CheckResult> checks, Optional<Problem> repository) {
    resolveAll();
    var graph = bundleFindings(context);
    var components = new ComponentCheck(context, runtime, new Artifacts(), graph);
    components.probe();
    components.run();
    rejections()
        .filter(rejection -> !rejection.isIntended())
        .forEach(rejection -> graph.add("rejection:" + rejection, finding(rejection)));
    for (var check : checks) {
      if (!check.isHealthy()) {
        graph.add("health:" + check.name(), finding(check));
      }
    }
    repository.ifPresent(problem -> graph.add("repository", finding(problem)));
    return graph.trees();
  }

  /** What plugins replace in GitVan, as the user allows. */
  public List<Rejection> replacements() {
    return rejections().filter(Rejection::isIntended).toList();
  }

  private Stream<Rejection> rejections() {
    return sources.stream().flatMap(source -> source.rejections().stream());
  }

  /** What is wrong with a bundle; empty when it works. */
  public static Optional<Finding> findingOf(BundleContext context, Bundle bundle) {
    return bundleFindings(context).find(BundleCheck.key(bundle));
  }

  /** The first cause of a component not being available; empty when none is known. */
  public static Optional<Finding> causeOf(
      BundleContext context, ServiceComponentRuntime runtime, ComponentDescriptionDTO component) {
    var graph = bundleFindings(context);
    new ComponentCheck(context, runtime, new Artifacts(), graph).run();
    return graph.rootOf(ComponentCheck.key(component));
  }

  private static FindingGraph bundleFindings(BundleContext context) {
    var graph = new FindingGraph();
    var report = LaunchReport.read(context);
    new BundleCheck(new Bundles(context), report, new Artifacts(), graph).run();
    return graph;
  }

  /** Some bundles have only not been needed yet, such as those of the interactive shell. */
  private void resolveAll() {
    var unresolved =
        Arrays.stream(context.getBundles())
            .filter(bundle -> bundle.getState() == Bundle.INSTALLED)
            .toList();
    if (!unresolved.isEmpty()) {
      context.getBundle(0).adapt(FrameworkWiring.class).resolveBundles(unresolved);
    }
  }

  private static Finding finding(CheckResult check) {
    return new Finding(
        Kind.HEALTH,
        "health check " + check.name(),
        check.words(),
        List.of("it comes from " + check.bundle()),
        check.health().nextStep(),
        check.trace());
  }

  private static Finding finding(Problem repository) {
    return new Finding(
        Kind.REPOSITORY,
        "repository " + repository.place(),
        "cannot be opened: " + repository.what(),
        List.of(),
        repository.remedy());
  }

  private static Finding finding(Rejection rejection) {
    boolean shadowed = rejection.code().equals("SHADOWED");
    return new Finding(
        Kind.CONTRIBUTION,
        rejection.registry() + " " + rejection.contribution(),
        "was rejected with " + rejection.code() + ": " + rejection.reason(),
        List.of("contributed by " + rejection.bundle()),
        shadowed
            ? "Rename one of the two, or uninstall a bundle."
            : "Correct it in " + rejection.bundle() + ", or uninstall that bundle.");
  }
}
