package dev.gitvan.launcher;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Why the command line does not come up, as a tree: bundles that do not resolve, with what they
 * miss, and services that running bundles need and nobody registers.
 *
 * <p>Uses nothing but the framework, since it has to work when nothing else does. The services come
 * from the {@code osgi.service} requirements and capabilities that bnd writes for components.
 */
final class Diagnosis {
  private static final String SERVICE = "osgi.service";

  /** {@code (name=x)} and {@code (&(name=x)(version>=1)(!(version>=2)))}. */
  private static final Pattern SIMPLE =
      Pattern.compile(
          "(?:\\(&)?\\([^()=]+=(?<name>[^()=]+)\\)"
              + "(?:\\([a-z-]*version>=(?<from>[^()]+)\\))?"
              + "(?:\\(!\\([a-z-]*version>=(?<to>[^()]+)\\)\\))?\\)?");

  private final BundleContext context;
  private final List<String> lines = new ArrayList<>();
  private final Set<BundleRequirement> told = new HashSet<>();

  Diagnosis(BundleContext context) {
    this.context = context;
  }

  /** The reasons for these bundles, indented; empty when there is nothing to say. */
  List<String> lines(Collection<Bundle> bundles) {
    for (Bundle bundle : bundles) {
      if (bundle.getState() == Bundle.INSTALLED) {
        add(1, name(bundle) + " does not resolve");
        explain(bundle, 2);
      } else {
        for (BundleRequirement requirement : requirements(bundle, SERVICE)) {
          if (isUnregistered(requirement) && told.add(requirement)) {
            add(1, name(bundle) + " waits");
            tellService(requirement, 2);
          }
        }
      }
    }
    return lines;
  }

  private void explain(Bundle bundle, int depth) {
    for (BundleRequirement requirement : requirements(bundle, null)) {
      boolean ofService = SERVICE.equals(requirement.getNamespace());
      if (!ofService && !provides(bundle, requirement) && !isMet(requirement)) {
        if (told.add(requirement)) {
          tellWiring(requirement, depth);
        }
      }
    }
  }

  private void tellWiring(BundleRequirement requirement, int depth) {
    add(depth, "needs " + describe(requirement));
    for (Bundle provider : context.getBundles()) {
      if (provides(provider, requirement)) {
        add(depth + 1, name(provider) + " provides it but cannot be resolved either");
        explain(provider, depth + 2);
      }
    }
  }

  private void tellService(BundleRequirement requirement, int depth) {
    add(depth, "needs " + describe(requirement));
    for (Bundle provider : context.getBundles()) {
      if (provides(provider, requirement)) {
        add(depth + 1, name(provider) + " declares it but has not registered it");
        for (BundleRequirement further : requirements(provider, SERVICE)) {
          if (isUnregistered(further) && told.add(further)) {
            tellService(further, depth + 2);
          }
        }
      }
    }
  }

  /** Whether a resolved bundle provides what is required. */
  private boolean isMet(BundleRequirement requirement) {
    for (Bundle bundle : context.getBundles()) {
      if (bundle.getState() != Bundle.INSTALLED && provides(bundle, requirement)) {
        return true;
      }
    }
    return false;
  }

  private boolean isUnregistered(BundleRequirement requirement) {
    String filter = requirement.getDirectives().get(Constants.FILTER_DIRECTIVE);
    try {
      return filter != null && context.getAllServiceReferences(null, filter) == null;
    } catch (InvalidSyntaxException e) {
      return false;
    }
  }

  private static List<BundleRequirement> requirements(Bundle bundle, String namespace) {
    List<BundleRequirement> mandatory = new ArrayList<>();
    var revision = bundle.adapt(BundleRevision.class);
    if (revision != null) {
      for (BundleRequirement requirement : revision.getDeclaredRequirements(namespace)) {
        Map<String, String> directives = requirement.getDirectives();
        if (!Constants.RESOLUTION_OPTIONAL.equals(directives.get(Constants.RESOLUTION_DIRECTIVE))) {
          mandatory.add(requirement);
        }
      }
    }
    return mandatory;
  }

  private static boolean provides(Bundle bundle, BundleRequirement requirement) {
    var revision = bundle.adapt(BundleRevision.class);
    if (revision == null) {
      return false;
    }
    for (BundleCapability capability :
        revision.getDeclaredCapabilities(requirement.getNamespace())) {
      if (requirement.matches(capability)) {
        return true;
      }
    }
    return false;
  }

  /** In words, for the filters that frameworks and bnd write; else the filter itself. */
  private static String describe(BundleRequirement requirement) {
    String namespace = requirement.getNamespace();
    String filter = String.valueOf(requirement.getDirectives().get(Constants.FILTER_DIRECTIVE));
    Matcher simple = SIMPLE.matcher(filter);
    if (!simple.matches()) {
      return namespace + " " + filter;
    }
    String kind =
        switch (namespace) {
          case PackageNamespace.PACKAGE_NAMESPACE -> "the package ";
          case BundleNamespace.BUNDLE_NAMESPACE, HostNamespace.HOST_NAMESPACE -> "the bundle ";
          case SERVICE -> "the service ";
          default -> namespace + " ";
        };
    String from = simple.group("from");
    String to = simple.group("to");
    String versions =
        from == null
            ? ""
            : to == null ? ", version " + from : ", version [" + from + "," + to + ")";
    return kind + simple.group("name") + versions;
  }

  private static String name(Bundle bundle) {
    return bundle.getSymbolicName() + " " + bundle.getVersion();
  }

  private void add(int depth, String text) {
    lines.add("  ".repeat(depth) + text);
  }
}
