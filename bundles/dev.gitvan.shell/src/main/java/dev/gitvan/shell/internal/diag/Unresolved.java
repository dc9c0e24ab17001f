package dev.gitvan.shell.internal.diag;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;

/** Explains why a bundle is not resolved. */
final class Unresolved {
  /** Packages of one artifact that are named; the others are counted. */
  private static final int MAX_NAMED = 3;

  private final Bundle bundle;
  private final Bundles bundles;
  private final Artifacts artifacts;
  private final List<String> details = new ArrayList<>();
  private final Set<String> remedies = new LinkedHashSet<>();
  private final Set<Bundle> causes = new LinkedHashSet<>();

  Unresolved(Bundle bundle, Bundles bundles, Artifacts artifacts) {
    this.bundle = bundle;
    this.bundles = bundles;
    this.artifacts = artifacts;
    var missingPackages = new LinkedHashMap<String, List<RequirementText>>();
    Bundles.mandatoryRequirements(bundle).forEach(each -> explain(each, missingPackages));
    missingPackages.forEach(this::explainPackages);
  }

  /** One sentence for each requirement that is not met; empty when each by itself is. */
  List<String> details() {
    return List.copyOf(details);
  }

  /** The next steps. */
  String remedy() {
    if (!remedies.isEmpty()) {
      return String.join(" ", remedies);
    }
    return "Remove " + Bundles.name(bundle) + ", or install a compatible version.";
  }

  /** Bundles that have what it needs, and are not resolved either. */
  Set<Bundle> causes() {
    return causes;
  }

  private void explain(
      BundleRequirement requirement, Map<String, List<RequirementText>> missingPackages) {
    var needed = RequirementText.of(requirement);
    var providers = bundles.capabilities(needed.namespace()).filter(requirement::matches).toList();
    if (!providers.isEmpty()) {
      explainUnresolvedProviders(needed, providers);
      return;
    }
    var others = bundles.capabilities(needed.namespace()).filter(needed::hasNameOf).toList();
    if (needed.isPackage() && others.isEmpty()) {
      var artifact = artifacts.ofPackage(needed.name()).orElse("");
      missingPackages.computeIfAbsent(artifact, key -> new ArrayList<>()).add(needed);
    } else if (needed.namespace().equals(RequirementText.EXECUTION_ENVIRONMENT)) {
      details.add("it needs " + needed.words() + ", but this is Java " + feature());
      remedies.add("Run GitVan with " + needed.words() + " or newer.");
    } else if (others.isEmpty()) {
      details.add("it needs " + needed.words() + ", which is not installed");
      remedies.add("Install " + needed.words() + ", or " + another("does without") + ".");
    } else {
      explainOtherVersion(needed, others.get(0));
    }
  }

  private void explainUnresolvedProviders(
      RequirementText needed, List<BundleCapability> providers) {
    var owners = providers.stream().map(Unresolved::owner).distinct().toList();
    if (owners.stream().allMatch(o -> o.getState() == Bundle.INSTALLED && !o.equals(bundle))) {
      details.add("it needs " + needed.words() + " of " + Bundles.name(owners.get(0)));
      causes.addAll(owners);
    }
  }

  private void explainOtherVersion(RequirementText needed, BundleCapability other) {
    var version = version(other);
    var has = Bundles.name(owner(other)) + " has version " + version;
    if (needed.isPackage() && needed.name().startsWith(Bundles.GITVAN)) {
      details.add(
          "it needs "
              + needed.words()
              + ": it was made for API "
              + needed.floor().getMajor()
              + ", this is API "
              + version.getMajor()
              + " ("
              + has
              + ")");
      boolean isOlder = needed.floor().compareTo(version) < 0;
      remedies.add(
          (isOlder ? "Install " : "Update GitVan, or install ")
              + another("was made for API " + version.getMajor())
              + ".");
      return;
    }
    details.add("it needs " + needed.words() + ", but " + has);
    var artifact =
        needed.isPackage() ? artifacts.ofPackage(needed.name()) : Optional.<String>empty();
    remedies.add(
        "Install "
            + artifact
                .map(found -> "a version of " + Artifacts.words(found) + " that provides it")
                .orElse(needed.words())
            + ", or "
            + another("does without")
            + ".");
  }

  private void explainPackages(String artifact, List<RequirementText> packages) {
    var single = packages.size() == 1;
    var what = single ? packages.get(0).words() : "the packages " + names(packages);
    if (artifact.isEmpty()) {
      details.add("it needs " + what + ", which no installed bundle provides");
      remedies.add(
          "Install a bundle that provides "
              + (single ? "it" : "them")
              + ", or "
              + another("does without")
              + ".");
    } else {
      details.add(
          "it needs "
              + what
              + (single ? ", which is in " : ", which are in ")
              + Artifacts.id(artifact));
      remedies.add("Install " + Artifacts.words(artifact) + ".");
    }
  }

  private static String names(List<RequirementText> packages) {
    var names = packages.stream().map(RequirementText::name).toList();
    int more = names.size() - MAX_NAMED;
    return more > 0
        ? String.join(", ", names.subList(0, MAX_NAMED)) + " and " + more + " more"
        : String.join(", ", names.subList(0, names.size() - 1))
            + " and "
            + names.get(names.size() - 1);
  }

  /** Another version of the bundle. */
  private String another(String that) {
    return "a version of " + bundle.getSymbolicName() + " that " + that;
  }

  private static int feature() {
    return Runtime.version().feature();
  }

  private static Bundle owner(BundleCapability capability) {
    return capability.getRevision().getBundle();
  }

  private static Version version(BundleCapability capability) {
    for (var attribute : List.of(Constants.VERSION_ATTRIBUTE, Constants.BUNDLE_VERSION_ATTRIBUTE)) {
      if (capability.getAttributes().get(attribute) instanceof Version version) {
        return version;
      }
    }
    return Version.emptyVersion;
  }
}
