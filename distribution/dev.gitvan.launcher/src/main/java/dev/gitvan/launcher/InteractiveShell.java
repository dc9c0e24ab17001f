package dev.gitvan.launcher;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.BundleWiring;

/**
 * The interactive Gogo shell: starts the bundles that commands do without, and returns when the
 * user has left, or the process is to end. Gogo stops the framework when its session ends; nothing
 * in it stops before the command that opened the shell has returned, since that one and those that
 * go on in the background need what is there to end well.
 *
 * <p>JLine finds its terminal through the thread context class loader; with any other it falls back
 * to a dumb terminal without completion.
 */
final class InteractiveShell implements Callable<Integer> {
  private static final String JLINE = "org.jline";

  /** A command that does not return by then is left alone. */
  private static final Duration COMMAND_PATIENCE = Duration.ofSeconds(15);

  private final Framework framework;
  private final List<Bundle> bundles;
  private final StandardStreams streams;
  private final Consumer<Runnable> onInterrupt;
  private final CountDownLatch commandReturned;
  private final CountDownLatch left = new CountDownLatch(1);
  private volatile boolean terminalIsTaken;

  /**
   * @param onInterrupt registers what to do when the process is to end
   * @param commandReturned counted down when the command has returned that calls this
   */
  InteractiveShell(
      Framework framework,
      List<Bundle> bundles,
      StandardStreams streams,
      Consumer<Runnable> onInterrupt,
      CountDownLatch commandReturned) {
    this.framework = framework;
    this.bundles = bundles;
    this.streams = streams;
    this.onInterrupt = onInterrupt;
    this.commandReturned = commandReturned;
  }

  @Override
  public Integer call() throws BundleException, InterruptedException {
    SynchronousBundleListener whenStopping = this::whenStopping;
    framework.getBundleContext().addBundleListener(whenStopping);
    onInterrupt.accept(this::interrupted);
    // Gogo takes what these are when it starts for the terminal.
    System.setIn(streams.in());
    System.setOut(whileTerminalIsThere(streams.out()));
    System.setErr(whileTerminalIsThere(streams.err()));
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
    left.await();
    return 0;
  }

  /** The line editor lets go of the terminal by itself when the process is to end. */
  private void interrupted() {
    terminalIsTaken = true;
    left.countDown();
  }

  /** Gogo complains of a terminal that was taken from it. */
  private PrintStream whileTerminalIsThere(PrintStream stream) {
    var target =
        new FilterOutputStream(stream) {
          @Override
          public void write(int b) throws IOException {
            if (isTerminalThere()) {
              out.write(b);
            }
          }

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            if (isTerminalThere()) {
              out.write(bytes, offset, length);
            }
          }
        };
    return new PrintStream(target, true, StandardCharsets.UTF_8);
  }

  private boolean isTerminalThere() {
    return !terminalIsTaken && commandReturned.getCount() > 0;
  }

  /** Called by the thread that then stops the bundles. */
  private void whenStopping(BundleEvent event) {
    if (event.getType() == BundleEvent.STOPPING && event.getBundle() == framework) {
      left.countDown();
      try {
        commandReturned.await(COMMAND_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
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
