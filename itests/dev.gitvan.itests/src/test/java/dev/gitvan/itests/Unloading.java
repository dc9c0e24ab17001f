package dev.gitvan.itests;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.management.JMException;
import javax.management.ObjectName;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWiring;

/** Whether the class loader of a bundle goes when the bundle goes. */
final class Unloading {
  private static final int COLLECTIONS = 100;
  private static final long PAUSE_NANOS = 20_000_000;

  private final String name;
  private final WeakReference<ClassLoader> loader;

  Unloading(Bundle bundle) {
    name = bundle.getSymbolicName();
    loader = new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader());
  }

  /**
   * Collects garbage until the class loader is gone, a bounded number of times.
   *
   * @throws AssertionError with what can be found out about who keeps it, and a heap dump
   */
  void assertCollected(BundleContext context) {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      if (loader.get() == null) {
        return;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    throw new AssertionError(
        "the class loader of "
            + name
            + " is still there; kept by\n"
            + String.join("\n", suspects(context)));
  }

  private List<String> suspects(BundleContext context) {
    var suspects = new ArrayList<String>();
    for (var stack : Thread.getAllStackTraces().entrySet()) {
      var thread = stack.getKey();
      if (thread.getContextClassLoader() == loader.get()) {
        suspects.add("  context class loader of thread " + thread.getName());
      }
      for (var frame : stack.getValue()) {
        if (frame.getClassName().startsWith(name)) {
          suspects.add("  thread " + thread.getName() + " at " + frame);
        }
      }
    }
    for (var bundle : context.getBundles()) {
      var used = bundle.getServicesInUse();
      for (var reference : used == null ? new org.osgi.framework.ServiceReference<?>[0] : used) {
        if (reference.getBundle() == null) {
          suspects.add("  bundle " + bundle + " still uses " + reference);
        }
      }
    }
    suspects.add("  see the paths to its roots in " + dump());
    return suspects;
  }

  private String dump() {
    var file = Path.of(System.getProperty("gitvan.tests.work"), "gitvan-itests-" + name + ".hprof");
    try {
      Files.deleteIfExists(file);
      ManagementFactory.getPlatformMBeanServer()
          .invoke(
              new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
              "dumpHeap",
              new Object[] {file.toString(), true},
              new String[] {"java.lang.String", "boolean"});
      return file.toString();
    } catch (IOException | JMException e) {
      return "no heap dump: " + e;
    }
  }
}
