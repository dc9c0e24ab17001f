package dev.gitvan.itests.cli;

import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.ToIntBiFunction;
import org.apache.felix.framework.Felix;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Runs command lines on the distribution's bundles in a Felix that knows nothing of GitVan but what
 * its bundles require: no directories, no start levels, no launcher. The arguments are the folder
 * of the bundles, the framework's storage, and one command line each, its words separated by
 * spaces.
 */
final class PlainFelix {
  private static final String COMMAND_LINE =
      "(&(objectClass=" + ToIntBiFunction.class.getName() + ")(gitvan.command.line=true))";

  private PlainFelix() {}

  public static void main(String[] arguments) throws Exception {
    var slf4j = ";version=2.0.20";
    var framework =
        new Felix(
            new HashMap<>(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    arguments[1],
                    Constants.FRAMEWORK_BOOTDELEGATION,
                    "sun.misc",
                    Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                    "org.slf4j"
                        + slf4j
                        + ",org.slf4j.event"
                        + slf4j
                        + ",org.slf4j.helpers"
                        + slf4j
                        + ",org.slf4j.spi"
                        + slf4j,
                    "gosh.args",
                    "--nointeractive",
                    "felix.log.level",
                    "1")));
    framework.start();
    var installed = new ArrayList<Bundle>();
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(Path.of(arguments[0]), "*.jar")) {
      for (var jar : jars) {
        installed.add(framework.getBundleContext().installBundle(jar.toUri().toString()));
      }
    }
    for (var bundle : installed) {
      start(bundle);
    }
    int status = 0;
    for (var line : List.of(arguments).subList(2, arguments.length)) {
      status = Math.max(status, run(framework, List.of(line.split(" "))));
    }
    framework.stop();
    framework.waitForStop(30_000);
    System.exit(status);
  }

  /** Ehcache is left alone, as the launcher does: it finds its parts without its components. */
  private static void start(Bundle bundle) throws BundleException {
    if (!"org.ehcache".equals(bundle.getSymbolicName())) {
      bundle.start();
    }
  }

  private static int run(Felix framework, List<String> words) throws Exception {
    var context = framework.getBundleContext();
    var tracker =
        new ServiceTracker<Object, ToIntBiFunction<List<String>, Map<String, Object>>>(
            context, context.createFilter(COMMAND_LINE), null);
    tracker.open();
    Map<String, Object> call = new HashMap<>();
    call.put("in", System.in);
    call.put("out", System.out);
    call.put("err", System.err);
    call.put("cwd", Path.of("").toAbsolutePath());
    call.put("env", System.getenv());
    call.put("onInterrupt", (Consumer<Runnable>) action -> {});
    call.put("startShell", (Callable<Integer>) () -> 0);
    return tracker.waitForService(30_000).applyAsInt(words, call);
  }
}
