package dev.gitvan.shell.internal.diag;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/** Reads what installed bundles declare. */
final class Bundles {
  static final String GITVAN = "dev.gitvan.";
  private static final String SERVICE_COMPONENT = "Service-Component";

  private final BundleContext context;

  Bundles(BundleContext context) {
    this.context = context;
  }

  List<Bundle> all() {
    return List.of(context.getBundles());
  }

  Optional<Bundle> get(long id) {
    return Optional.ofNullable(context.getBundle(id));
  }

  /** The capabilities of a namespace that installed bundles declare, resolved or not. */
  Stream<BundleCapability> capabilities(String namespace) {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> bundle.getState() != Bundle.UNINSTALLED)
        .flatMap(bundle -> revision(bundle).stream())
        .flatMap(revision -> revision.getDeclaredCapabilities(namespace).stream());
  }

  /**
   * The bundles that declare to provide a service.
   *
   * @param type name of the service's interface
   */
  Stream<Bundle> providersOf(String type) {
    return capabilities(RequirementText.SERVICE)
        .filter(capability -> names(capability).contains(type))
        .map(capability -> capability.getRevision().getBundle())
        .distinct();
  }

  private static List<?> names(BundleCapability capability) {
    var names = capability.getAttributes().get(Constants.OBJECTCLASS);
    return names instanceof List<?> list ? list : List.of(String.valueOf(names));
  }

  static Optional<BundleRevision> revision(Bundle bundle) {
    return Optional.ofNullable(bundle.adapt(BundleRevision.class));
  }

  /** What must be there for the bundle to resolve: neither optional, dynamic nor for services. */
  static Stream<BundleRequirement> mandatoryRequirements(Bundle bundle) {
    return revision(bundle).stream()
        .flatMap(revision -> revision.getDeclaredRequirements(null).stream())
        .filter(
            requirement ->
                isDefault(requirement, Constants.RESOLUTION_DIRECTIVE, "mandatory")
                    && isDefault(requirement, Constants.EFFECTIVE_DIRECTIVE, "resolve"));
  }

  private static boolean isDefault(BundleRequirement requirement, String directive, String value) {
    return requirement.getDirectives().getOrDefault(directive, value).equals(value);
  }

  /** Whether a bundle uses a contract of GitVan, or is a part of it. */
  static boolean takesPart(Bundle bundle) {
    return String.valueOf(bundle.getSymbolicName()).startsWith(GITVAN)
        || revision(bundle).stream()
            .flatMap(r -> r.getDeclaredRequirements(PackageNamespace.PACKAGE_NAMESPACE).stream())
            .anyMatch(requirement -> RequirementText.of(requirement).name().startsWith(GITVAN));
  }

  /** Whether starting a bundle does something, other than for one that only has classes. */
  static boolean doesSomething(Bundle bundle) {
    var headers = bundle.getHeaders("");
    return headers.get(Constants.FRAGMENT_HOST) == null
        && (headers.get(Constants.BUNDLE_ACTIVATOR) != null
            || headers.get(SERVICE_COMPONENT) != null);
  }

  static String name(Bundle bundle) {
    return bundle.getSymbolicName() == null
        ? file(bundle)
        : bundle.getSymbolicName() + " " + bundle.getVersion();
  }

  /** The file that a bundle was installed from, without its folder. */
  static String file(Bundle bundle) {
    var location = bundle.getLocation();
    return location.substring(location.lastIndexOf('/') + 1);
  }
}
