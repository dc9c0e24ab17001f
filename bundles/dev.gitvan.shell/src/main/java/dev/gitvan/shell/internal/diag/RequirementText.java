package dev.gitvan.shell.internal.diag;

import java.util.Optional;
import java.util.regex.Pattern;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;

/**
 * What a bundle requires, read from the LDAP filter of the requirement.
 *
 * @param namespace such as {@code osgi.wiring.package}
 * @param name value of the attribute that is named like the namespace; empty when the filter has
 *     none
 * @param versions accepted versions; empty when any will do
 * @param filter the filter itself
 */
record RequirementText(
    String namespace, String name, Optional<VersionRange> versions, String filter) {
  static final String SERVICE = "osgi.service";
  static final String EXECUTION_ENVIRONMENT = "osgi.ee";

  private static final Pattern COMPARISON =
      Pattern.compile("(\\(!)?\\(([^()=<>~]+)(>=|<=|=)([^()]*)\\)");

  static RequirementText of(BundleRequirement requirement) {
    var filter = requirement.getDirectives().getOrDefault(Constants.FILTER_DIRECTIVE, "");
    return of(requirement.getNamespace(), filter);
  }

  static RequirementText of(String namespace, String filter) {
    var name = "";
    char floorType = VersionRange.LEFT_CLOSED;
    Version floor = null;
    char ceilingType = VersionRange.RIGHT_CLOSED;
    Version ceiling = null;
    var comparisons = COMPARISON.matcher(filter);
    while (comparisons.find()) {
      boolean negated = comparisons.group(1) != null;
      var attribute = comparisons.group(2).strip();
      var operator = comparisons.group(3);
      var value = comparisons.group(4).strip();
      boolean ofService = namespace.equals(SERVICE) && attribute.equals(Constants.OBJECTCLASS);
      if (attribute.equals(namespace) || ofService) {
        name = value;
      } else if (attribute.equals("version") || attribute.equals("bundle-version")) {
        var version = version(value);
        if (version == null) {
          continue;
        }
        if (operator.equals("=") && !negated) {
          floor = version;
          ceiling = version;
        } else if (operator.equals(">=") == !negated) {
          floor = version;
          floorType = negated ? VersionRange.LEFT_OPEN : VersionRange.LEFT_CLOSED;
        } else {
          ceiling = version;
          ceilingType = negated ? VersionRange.RIGHT_OPEN : VersionRange.RIGHT_CLOSED;
        }
      }
    }
    boolean any = ceiling == null && (floor == null || floor.equals(Version.emptyVersion));
    var range =
        any
            ? null
            : new VersionRange(
                floorType, floor == null ? Version.emptyVersion : floor, ceiling, ceilingType);
    return new RequirementText(namespace, name, Optional.ofNullable(range), filter);
  }

  private static Version version(String value) {
    try {
      return Version.parseVersion(value);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  boolean isPackage() {
    return namespace.equals(PackageNamespace.PACKAGE_NAMESPACE);
  }

  /** Whether a capability has the name that is required, in whatever version. */
  boolean hasNameOf(BundleCapability capability) {
    return !name.isEmpty() && name.equals(capability.getAttributes().get(namespace));
  }

  /** The lowest accepted version. */
  Version floor() {
    return versions.map(VersionRange::getLeft).orElse(Version.emptyVersion);
  }

  /** A noun phrase, such as {@code the package org.example, version [1.0.0,2.0.0)}. */
  String words() {
    if (name.isEmpty()) {
      return namespace + " " + filter;
    }
    return switch (namespace) {
      case PackageNamespace.PACKAGE_NAMESPACE -> "the package " + name + inVersion();
      case BundleNamespace.BUNDLE_NAMESPACE -> "the bundle " + name + inVersion();
      case HostNamespace.HOST_NAMESPACE -> "the bundle " + name + inVersion();
      case SERVICE -> "the service " + name;
      case EXECUTION_ENVIRONMENT -> name.equals("JavaSE") ? "Java " + java() : name + inVersion();
      default ->
          "the " + namespace.substring(namespace.lastIndexOf('.') + 1) + " " + name + inVersion();
    };
  }

  /** 17, not 17.0.0. */
  private String java() {
    var floor = floor();
    return floor.getMinor() == 0
        ? String.valueOf(floor.getMajor())
        : floor.getMajor() + "." + floor.getMinor();
  }

  private String inVersion() {
    return versions.map(range -> ", version " + inWords(range)).orElse("");
  }

  private static String inWords(VersionRange range) {
    if (range.getRight() == null) {
      return range.getLeft() + " or newer";
    }
    return range.isExact() ? range.getLeft().toString() : range.toString();
  }
}
