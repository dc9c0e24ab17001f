package dev.gitvan.shell.internal.diag;

import dev.gitvan.shell.internal.diag.Finding.Kind;
import java.util.List;
import org.osgi.framework.Bundle;

/** Files that are no bundles, and bundles that are not resolved or not started. */
final class BundleCheck {
  private final Bundles bundles;
  private final LaunchReport report;
  private final Artifacts artifacts;
  private final FindingGraph graph;

  BundleCheck(Bundles bundles, LaunchReport report, Artifacts artifacts, FindingGraph graph) {
    this.bundles = bundles;
    this.report = report;
    this.artifacts = artifacts;
    this.graph = graph;
  }

  static String key(Bundle bundle) {
    return "bundle:" + bundle.getBundleId();
  }

  void run() {
    report
        .unreadable()
        .forEach(
            (file, reason) ->
                graph.add(
                    "file:" + file,
                    new Finding(
                        Kind.FILE,
                        file,
                        reason,
                        List.of(),
                        "Replace it with a working copy of the bundle, or delete it.")));
    for (var bundle : bundles.all()) {
      if (bundle.getSymbolicName() == null) {
        graph.add(key(bundle), notABundle(bundle));
      } else if (bundle.getState() == Bundle.INSTALLED) {
        graph.add(key(bundle), unresolved(bundle));
      } else if (isMissed(bundle)) {
        graph.add(key(bundle), notStarted(bundle));
      }
    }
  }

  private static Finding notABundle(Bundle bundle) {
    return new Finding(
        Kind.FILE,
        Bundles.file(bundle),
        "is not an OSGi bundle: its manifest has no Bundle-SymbolicName",
        List.of("other bundles cannot import its packages"),
        "Use a version that is a bundle, or add the manifest headers with bnd.");
  }

  private Finding unresolved(Bundle bundle) {
    var explanation = new Unresolved(bundle, bundles, artifacts);
    explanation.causes().forEach(cause -> graph.addCause(key(bundle), key(cause)));
    var trace = report.failures().getOrDefault(bundle.getBundleId(), "");
    var details = explanation.details();
    if (details.isEmpty()) {
      details =
          List.of(
              trace.isEmpty()
                  ? "each of its requirements is provided, but no choice of providers satisfies all of them"
                  : RealCause.of(trace).words());
    }
    return new Finding(
        Kind.BUNDLE, Bundles.name(bundle), "is not resolved", details, explanation.remedy(), trace);
  }

  /** Whether a bundle should have been started, and is not. */
  private boolean isMissed(Bundle bundle) {
    boolean stopped = bundle.getState() == Bundle.RESOLVED && Bundles.doesSomething(bundle);
    return stopped
        && (report.isPresent()
            ? !report.idle().contains(bundle.getBundleId())
            : Bundles.takesPart(bundle));
  }

  private Finding notStarted(Bundle bundle) {
    var trace = report.failures().get(bundle.getBundleId());
    if (trace == null) {
      return stopped(bundle);
    }
    return new Finding(
        Kind.BUNDLE,
        Bundles.name(bundle),
        "could not be started",
        List.of(RealCause.of(trace).words()),
        "Remove the cause and run the command again; in the shell: "
            + start(bundle)
            + " If it is a bug in the bundle, report it to its author: gitvan -v diag prints the"
            + " stack trace.",
        trace);
  }

  static Finding stopped(Bundle bundle) {
    return new Finding(
        Kind.BUNDLE,
        Bundles.name(bundle),
        "is stopped",
        List.of(),
        "To use it, start it in the shell: " + start(bundle));
  }

  private static String start(Bundle bundle) {
    return "start " + bundle.getBundleId() + ".";
  }
}
