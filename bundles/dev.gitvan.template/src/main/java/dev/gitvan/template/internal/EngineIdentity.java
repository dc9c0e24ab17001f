package dev.gitvan.template.internal;

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
 * What an engine's outputs depend on beside templates, data and options, as SHA-256: its name; its
 * bundle, the bundles whose packages that uses, and those whose services it uses, with their
 * versions; the version of Java, whose dates and numbers differ; the process's locale and time
 * zone.
 *
 * <p>A version stands for a bundle's content, but for snapshots. Of those the file tells, or, where
 * there is none, when it was installed.
 */
final class EngineIdentity implements Supplier<String> {
  private final String engine;
  private final Bundle bundle;
  private final Bundle self;
  private volatile String identity;

  /**
   * @param bundle the engine's
   * @param self this bundle, which has a part in every output
   */
  EngineIdentity(String engine, Bundle bundle, Bundle self) {
    this.engine = engine;
    this.bundle = bundle;
    this.self = self;
  }

  /** The identity as it was at the first call: the engine is in use by then. */
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
    collect(self, bundles);
    collect(bundle, bundles);
    var used = bundle.getServicesInUse();
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
            engine,
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
