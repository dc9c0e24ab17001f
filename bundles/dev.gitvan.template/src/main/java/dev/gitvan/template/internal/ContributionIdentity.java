package dev.gitvan.template.internal;

import dev.gitvan.extension.Extension;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/**
 * What the results of an engine, filter or function depend on besides their input, as SHA-256: its
 * name; its bundle and the bundles whose packages that uses, with their versions; for an engine
 * also those whose services its bundle uses, and this bundle; the version of Java, whose dates and
 * numbers differ; the process's locale and time zone.
 *
 * <p>A version stands for a bundle's content, but for snapshots. For those the file stands, or,
 * where there is none, the time of installation.
 */
final class ContributionIdentity implements Supplier<String> {
  private final String name;
  private final Bundle bundle;
  private final Bundle host;
  private volatile String identity;

  /**
   * @param name of the contribution
   * @param bundle that contributes it
   * @param host this bundle, for an engine; null for a filter or function, which uses no services
   */
  private ContributionIdentity(String name, Bundle bundle, Bundle host) {
    this.name = name;
    this.bundle = bundle;
    this.host = host;
  }

  /**
   * The identity of an engine.
   *
   * @param host this bundle, which has a part in every output
   */
  static Supplier<String> ofEngine(Extension<?, ?> engine, Bundle host) {
    return of(engine, host);
  }

  /** The identity of a filter or function that declares its results to be reproducible. */
  static Supplier<String> ofExtension(Extension<?, ?> extension) {
    return of(extension, null);
  }

  /** Outside of a framework a name and a version are all there is. */
  private static Supplier<String> of(Extension<?, ?> contribution, Bundle host) {
    return contribution
        .contributor()
        .<Supplier<String>>map(b -> new ContributionIdentity(contribution.name(), b, host))
        .orElse(() -> contribution.name() + " " + contribution.bundle());
  }

  /** The identity as it was at the first call. An engine is in use by then. */
  @Override
  public String get() {
    var known = identity;
    if (known == null) {
      known = read();
      identity = known;
    }
    return known;
  }

  private String read() {
    var bundles = new HashSet<Bundle>();
    collect(bundle, bundles);
    if (host != null) {
      collect(host, bundles);
    }
    var used = host == null ? null : bundle.getServicesInUse();
    if (used != null) {
      for (var service : used) {
        var provider = service.getBundle();
        if (provider != null) {
          collect(provider, bundles);
        }
      }
    }
    var lines = new TreeSet<String>();
    bundles.forEach(each -> lines.add(describe(each)));
    var text =
        String.join(
            "\n",
            name,
            Runtime.version().toString(),
            Locale.getDefault().toString(),
            ZoneId.systemDefault().toString(),
            String.join("\n", lines));
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void collect(Bundle bundle, Set<Bundle> into) {
    if (!into.add(bundle)) {
      return;
    }
    var wiring = bundle.adapt(BundleWiring.class);
    var wires = wiring == null ? null : wiring.getRequiredWires(null);
    if (wires != null) {
      wires.forEach(wire -> collect(wire.getProvider().getBundle(), into));
    }
  }

  private static String describe(Bundle bundle) {
    var version = bundle.getVersion();
    var name = bundle.getSymbolicName() + " " + version;
    return version.getQualifier().contains("SNAPSHOT") ? name + " " + stamp(bundle) : name;
  }

  private static String stamp(Bundle bundle) {
    try {
      var location = bundle.getLocation();
      var file =
          Path.of(
              URI.create(
                  location.startsWith("reference:")
                      ? location.substring("reference:".length())
                      : location));
      return Files.size(file) + " " + Files.getLastModifiedTime(file);
    } catch (java.io.IOException | RuntimeException e) {
      return "installed " + bundle.getLastModified();
    }
  }
}
