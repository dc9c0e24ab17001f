package dev.gitvan.kernel.internal.swap;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.GitVanException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

/** What a swap does to bundles, with the framework's failures in words. */
final class Bundles {
  /** How long components may take to become satisfied, and a refresh to be done. */
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(20);

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  /** Property of the service that says that a swap is under way. */
  static final String SWAPPING = "gitvan.swapping";

  private final BundleContext framework;

  /**
   * @param framework the framework's own context, which outlives any bundle's
   */
  Bundles(BundleContext framework) {
    this.framework = framework;
  }

  static String name(Bundle bundle) {
    return bundle.getSymbolicName() + " " + bundle.getVersion();
  }

  /**
   * Says that the kernel or an API is being replaced, to the kernel that comes up meanwhile: a
   * service of the framework's own, until it is unregistered.
   */
  ServiceRegistration<?> markSwapping(Bundle bundle) {
    var properties = new Hashtable<String, Object>();
    properties.put(SWAPPING, bundle.getSymbolicName());
    return framework.registerService(Object.class, new Object(), properties);
  }

  /** The bundles that are wired to a bundle, directly or not. */
  Set<Bundle> wiredTo(Bundle bundle) {
    var closure =
        framework.getBundle().adapt(FrameworkWiring.class).getDependencyClosure(List.of(bundle));
    return closure.stream().filter(each -> !each.equals(bundle)).collect(Collectors.toSet());
  }

  /** Installs and resolves a jar; it is uninstalled again when it does not resolve. */
  Bundle install(Path jar) {
    var location = "gitvan-swap:" + Long.toString(System.nanoTime(), 36) + ":" + jar.toUri();
    Bundle bundle;
    try (var content = Files.newInputStream(jar)) {
      bundle = framework.installBundle(location, content);
    } catch (IOException | BundleException e) {
      throw failed(Codes.PLUGIN_UNRESOLVED, jar.toString(), "cannot be installed", e);
    }
    if (!framework.getBundle().adapt(FrameworkWiring.class).resolveBundles(List.of(bundle))) {
      var reason = whyUnresolved(bundle);
      uninstall(bundle);
      throw GitVanException.of(
          Codes.PLUGIN_UNRESOLVED,
          name(bundle),
          "cannot be resolved: " + reason,
          "Install what it requires first; the old version stays in service.");
    }
    return bundle;
  }

  /** Checks that a jar would resolve here, and leaves nothing behind. */
  void prove(Path jar) {
    uninstall(install(jar));
  }

  /** Only starting a bundle reports why it does not resolve. */
  private static String whyUnresolved(Bundle bundle) {
    try {
      bundle.start();
      return "no reason is known";
    } catch (BundleException e) {
      return firstLine(e);
    }
  }

  void start(Bundle bundle) {
    try {
      bundle.start();
    } catch (BundleException e) {
      throw failed(Codes.PLUGIN_START_FAILED, name(bundle), "cannot be started", e);
    }
  }

  void stop(Bundle bundle) {
    try {
      bundle.stop();
    } catch (BundleException e) {
      throw failed(Codes.PLUGIN_START_FAILED, name(bundle), "cannot be stopped", e);
    }
  }

  /** Stops and starts a bundle, with those that are wired to it. */
  void restart(Bundle bundle) {
    boolean active = bundle.getState() == Bundle.ACTIVE;
    try {
      bundle.stop(Bundle.STOP_TRANSIENT);
      if (active) {
        bundle.start(Bundle.START_TRANSIENT);
      }
    } catch (BundleException e) {
      throw failed(Codes.PLUGIN_START_FAILED, name(bundle), "cannot be restarted", e);
    }
  }

  /** Updates a bundle itself and wires everything that is wired to it to the new content. */
  void update(Bundle bundle, Path jar) {
    try (var content = Files.newInputStream(jar)) {
      bundle.update(content);
    } catch (IOException | BundleException e) {
      throw failed(Codes.PLUGIN_START_FAILED, name(bundle), "cannot be updated", e);
    }
    refresh(bundle);
  }

  void uninstall(Bundle bundle) {
    try {
      bundle.uninstall();
    } catch (BundleException e) {
      throw failed(Codes.PLUGIN_START_FAILED, name(bundle), "cannot be uninstalled", e);
    }
    refresh(bundle);
  }

  /** Releases the old content, if anything has kept it; returns when the framework is done. */
  private void refresh(Bundle bundle) {
    var wiring = framework.getBundle().adapt(FrameworkWiring.class);
    if (!wiring.getRemovalPendingBundles().contains(bundle)) {
      return;
    }
    var done = new CountDownLatch(1);
    wiring.refreshBundles(
        List.of(bundle),
        event -> {
          if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
            done.countDown();
          }
        });
    try {
      done.await(LIMIT_NANOS, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits until all components of a bundle are satisfied.
   *
   * @param except names of those that need not be
   */
  void awaitSatisfied(Bundle bundle, Set<String> except) throws InterruptedException {
    long end = System.nanoTime() + LIMIT_NANOS;
    var unsatisfied = unsatisfied(bundle);
    while (!except.containsAll(unsatisfied)) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (System.nanoTime() - end > 0) {
        unsatisfied.removeAll(except);
        throw GitVanException.of(
            Codes.PLUGIN_START_FAILED,
            name(bundle),
            "these components are not satisfied: " + String.join(", ", unsatisfied),
            "gitvan diag shows why.");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
      unsatisfied = unsatisfied(bundle);
    }
  }

  /** Names of a bundle's components that are not satisfied, or have failed. */
  Set<String> unsatisfied(Bundle bundle) {
    var names = new TreeSet<String>();
    var reference = framework.getServiceReference(ServiceComponentRuntime.class);
    var runtime = reference == null ? null : framework.getService(reference);
    if (runtime == null || bundle.getState() != Bundle.ACTIVE) {
      return names;
    }
    for (var description : runtime.getComponentDescriptionDTOs(bundle)) {
      for (var configuration : runtime.getComponentConfigurationDTOs(description)) {
        if (configuration.state != ComponentConfigurationDTO.SATISFIED
            && configuration.state != ComponentConfigurationDTO.ACTIVE) {
          names.add(description.name);
        }
      }
    }
    return names;
  }

  private static GitVanException failed(ErrorCode code, String place, String what, Exception e) {
    return GitVanException.of(
        code, place, what + ": " + firstLine(e), "The old version stays in service.");
  }

  private static String firstLine(Exception e) {
    var message = e.getMessage();
    return message == null || message.isBlank()
        ? e.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
