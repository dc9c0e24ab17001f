package dev.gitvan.launcher;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.BundleWiring;

/**
 * The interactive Gogo shell: starts the bundles that commands do without, and returns when the
 * user has left.
 *
 * <p>JLine finds its terminal through the thread context class loader; with any other it falls back
 * to a dumb terminal without completion.
 */
final class InteractiveShell implements Callable<Integer> {
  private static final String JLINE = "org.jline";

  private final Framework framework;
  private final List<Bundle> bundles;
  private final StandardStreams streams;

  InteractiveShell(Framework framework, List<Bundle> bundles, StandardStreams streams) {
    this.framework = framework;
    this.bundles = bundles;
    this.streams = streams;
  }

  /** Gogo stops the framework when its session ends. */
  @Override
  public Integer call() throws BundleException, InterruptedException {
    var ended = new CountDownLatch(1);
    SynchronousBundleListener untilStopping =
        event -> {
          if (event.getType() == BundleEvent.STOPPING && event.getBundle() == framework) {
            ended.countDown();
          }
        };
    framework.getBundleContext().addBundleListener(untilStopping);
    // Gogo takes what these are when it starts for the terminal.
    System.setIn(streams.in());
    System.setOut(streams.out());
    System.setErr(streams.err());
    var thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(terminalProviders(before));
    try {
      for (Bundle bundle : bundles) {
        bundle.start(Bundle.START_TRANSIENT);
      }
    } finally {
      thread.setContextClassLoader(before);
    }
    ended.await();
    return 0;
  }

  private ClassLoader terminalProviders(ClassLoader fallback) throws BundleException {
    for (Bundle bundle : bundles) {
      if (JLINE.equals(bundle.getSymbolicName())) {
        bundle.start(Bundle.START_TRANSIENT);
        return bundle.adapt(BundleWiring.class).getClassLoader();
      }
    }
    return fallback;
  }
}
