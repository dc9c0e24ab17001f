package dev.gitvan.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.ToIntBiFunction;
import org.apache.felix.framework.Felix;
import org.apache.felix.framework.Logger;
import org.apache.felix.framework.util.FelixConstants;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.util.tracker.ServiceTracker;

/** The framework with the distribution's bundles in it. */
final class Kernel implements AutoCloseable {
  private static final String COMMAND_LINE =
      "(&("
          + Constants.OBJECTCLASS
          + "="
          + ToIntBiFunction.class.getName()
          + ")(gitvan.command.line=true))";

  private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

  private final Framework framework;
  private final List<Bundle> started = new ArrayList<>();
  private final List<Bundle> onDemand = new ArrayList<>();
  private final LaunchReport report = new LaunchReport();
  private final CountDownLatch closing = new CountDownLatch(1);

  private Kernel(Framework framework) {
    this.framework = framework;
  }

  /**
   * Starts the framework and the bundles. A file that is not a bundle and a bundle that does not
   * start stop nothing else: they are in the {@link LaunchReport}, and in the message of {@link
   * #commandLine} if nothing takes the command line.
   *
   * @param properties framework properties beside the launcher's own
   * @param plan the bundles in their order; the highest start level is where the framework runs
   */
  static Kernel start(
      Map<String, String> properties,
      List<StartPlan.Entry> plan,
      int startLevel,
      Path storage,
      Logger log)
      throws BundleException {
    Map<String, Object> configuration = new HashMap<>(properties);
    configuration.put(Constants.FRAMEWORK_STORAGE, storage.toString());
    configuration.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(startLevel));
    configuration.put(FelixConstants.LOG_LOGGER_PROP, log);
    var kernel = new Kernel(new Felix(configuration));
    kernel.framework.start();
    kernel.report.register(kernel.framework.getBundleContext());
    kernel.install(plan);
    kernel.startAll();
    return kernel;
  }

  /** New bundles take the initial start level, so that none is written twice to the storage. */
  private void install(List<StartPlan.Entry> plan) {
    var levels = framework.adapt(FrameworkStartLevel.class);
    for (StartPlan.Entry entry : plan) {
      if (levels.getInitialBundleStartLevel() != entry.level()) {
        levels.setInitialBundleStartLevel(entry.level());
      }
      install(entry.jar()).ifPresent(bundle -> add(bundle, entry.start()));
    }
  }

  private Optional<Bundle> install(Path jar) {
    var obstacle = BundleFile.obstacle(jar);
    if (obstacle.isPresent()) {
      report.unreadable(jar, obstacle.get());
      return Optional.empty();
    }
    try {
      var location = "reference:" + jar.toUri();
      return Optional.of(framework.getBundleContext().installBundle(location));
    } catch (BundleException | RuntimeException e) {
      if (WriteFailure.isDiskFull(e)) {
        throw new IllegalStateException(e);
      }
      report.unreadable(jar, BundleFile.reason(jar, e));
      return Optional.empty();
    }
  }

  private void add(Bundle bundle, StartPlan.Start start) {
    if (start == StartPlan.Start.AT_ONCE) {
      started.add(bundle);
      return;
    }
    report.idle(bundle);
    if (start == StartPlan.Start.WITH_THE_SHELL) {
      onDemand.add(bundle);
    }
  }

  /** Transient: the storage lives no longer than the process. */
  private void startAll() {
    for (Bundle bundle : started) {
      if (bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null) {
        try {
          bundle.start(Bundle.START_TRANSIENT);
        } catch (BundleException e) {
          report.failed(bundle, e);
        }
      }
    }
  }

  /**
   * The service that takes the command line: object class {@link ToIntBiFunction}, property {@code
   * gitvan.command.line=true}.
   *
   * <p>When every bundle has started and the service is still missing, it may be that a component
   * waits for its configuration; when a bundle has failed, waiting is of no use.
   */
  ToIntBiFunction<List<String>, Map<String, Object>> commandLine(Duration patience)
      throws LaunchException {
    BundleContext context = framework.getBundleContext();
    try {
      ServiceTracker<?, ToIntBiFunction<List<String>, Map<String, Object>>> tracker =
          new ServiceTracker<>(context, context.createFilter(COMMAND_LINE), null);
      tracker.open();
      var failures = report.failures();
      var service =
          failures.isEmpty() ? tracker.waitForService(patience.toMillis()) : tracker.getService();
      if (service != null) {
        return service;
      }
      throw LaunchException.internal(
          String.join(System.lineSeparator(), explanation()),
          failures.stream().findFirst().orElse(null));
    } catch (InvalidSyntaxException e) {
      throw LaunchException.internal("gitvan: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LaunchException(
          "INTERRUPTED", ExitStatus.INTERRUPTED, "gitvan: interrupted while it started.", e);
    }
  }

  private List<String> explanation() {
    List<String> reasons = new Diagnosis(framework.getBundleContext()).lines(started);
    for (BundleException failure : report.failures()) {
      if (failure.getType() != BundleException.RESOLVE_ERROR) {
        reasons.add("  " + failure.getMessage());
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add("gitvan: no bundle handles the command line. Reinstall GitVan.");
    unreadableFiles().forEach(file -> lines.add("  " + file));
    lines.addAll(reasons);
    return lines;
  }

  /** One sentence without full stop for each file that could not be installed. */
  List<String> unreadableFiles() {
    return report.unreadableFiles();
  }

  /**
   * Starts the bundles that are installed and not started.
   *
   * @param onInterrupt registers what to do when the process is to end
   */
  InteractiveShell interactiveShell(StandardStreams streams, Consumer<Runnable> onInterrupt) {
    return new InteractiveShell(framework, onDemand, streams, onInterrupt, closing);
  }

  /** Stops the bundles, the last started first, and waits for it, bounded. */
  @Override
  public void close() {
    closing.countDown();
    try {
      framework.stop();
      framework.waitForStop(STOP_PATIENCE.toMillis());
    } catch (BundleException e) {
      // It is in the framework's log, and the process ends.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
