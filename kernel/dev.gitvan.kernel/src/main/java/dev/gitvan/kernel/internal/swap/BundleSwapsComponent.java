package dev.gitvan.kernel.internal.swap;

import dev.gitvan.config.Quantities;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.swap.BundleSwaps;
import dev.gitvan.swap.SwapRequest;
import dev.gitvan.swap.SwapRequest.Kind;
import dev.gitvan.swap.SwapResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Swaps bundles. Uses the framework's own context and nothing of a component once the bundle is
 * being changed, since that may be this very bundle.
 */
@Component(service = BundleSwaps.class)
public final class BundleSwapsComponent implements BundleSwaps {
  private final Kernel kernel;
  private final Bundles bundles;
  private final long self;
  private final ReentrantLock one = new ReentrantLock(true);

  @Activate
  public BundleSwapsComponent(BundleContext context, @Reference Kernel kernel) {
    this.kernel = kernel;
    this.bundles = new Bundles(context.getBundle(0).getBundleContext());
    this.self = context.getBundle().getBundleId();
  }

  @Override
  public void swapAfterCommand(SwapRequest request, Consumer<SwapResult> done) {
    var caller = kernel.activities().current();
    if (caller == null || caller.thread() == null) {
      throw new IllegalStateException("not called from a command's thread");
    }
    caller.afterwards(
        () -> {
          var result = swap(request);
          try {
            done.accept(result);
          } catch (RuntimeException | LinkageError e) {
            // The code that asked has been replaced itself; the stages were reported before.
          }
        });
  }

  @Override
  public SwapResult swap(SwapRequest request) {
    var caller = kernel.activities().current();
    if (caller != null && caller.thread() == null) {
      throw GitVanException.of(
          Codes.USAGE,
          request.bundle().getSymbolicName(),
          "a run cannot swap bundles: it would wait for itself",
          "Use the shell, or a plugin's own thread.");
    }
    try {
      one.lockInterruptibly();
    } catch (InterruptedException e) {
      throw Activities.interrupted(request.bundle().getSymbolicName());
    }
    if (caller != null) {
      // The command that asks would else wait for itself.
      caller.park(true);
    }
    var thread = Thread.currentThread();
    var loader = thread.getContextClassLoader();
    kernel.activities().swapping(thread);
    // What starts here may look into the context class loader: not into that of a bundle that goes.
    thread.setContextClassLoader(Bundle.class.getClassLoader());
    try {
      return new Swap(request).run();
    } finally {
      thread.setContextClassLoader(loader);
      kernel.activities().swapping(null);
      if (caller != null) {
        caller.park(false);
      }
      one.unlock();
    }
  }

  /** One swap. */
  private final class Swap {
    private final SwapRequest request;
    private final Bundle bundle;
    private final String name;
    private final long start = System.nanoTime();

    Swap(SwapRequest request) {
      this.request = request;
      this.bundle = request.bundle();
      this.name = Bundles.name(bundle);
    }

    SwapResult run() {
      if (bundle.getState() == Bundle.UNINSTALLED) {
        throw GitVanException.of(
            Codes.PLUGIN_NOT_FOUND, name, "the bundle is uninstalled", "Name another bundle.");
      }
      var users = bundles.wiredTo(bundle);
      boolean exclusive = bundle.getBundleId() == self || !users.isEmpty();
      if (request.kind() == Kind.UNINSTALL && !users.isEmpty()) {
        throw GitVanException.of(
            Codes.USAGE,
            name,
            "other bundles are wired to it: "
                + users.stream().map(Bundles::name).sorted().collect(Collectors.joining(", ")),
            "Uninstall those bundles first, or replace this one.");
      }
      try {
        if (request.kind() == Kind.REPLACE && !exclusive) {
          return nextToIt();
        }
        return exclusive ? alone(users) : inPlace();
      } catch (InterruptedException e) {
        throw Activities.interrupted(name);
      }
    }

    /** Starts the new version next to the old one, which goes when nothing uses it. */
    private SwapResult nextToIt() throws InterruptedException {
      var before = bundles.unsatisfied(bundle);
      report("starting the new version");
      var next = bundles.install(request.jar().orElseThrow());
      boolean swapped = false;
      try {
        bundles.start(next);
        bundles.awaitSatisfied(next, before);
        withdraw(bundle, false);
        var waited = drain(bundle);
        swapped = true;
        bundles.uninstall(bundle);
        report(Bundles.name(next) + " is in service");
        return new SwapResult(next, waited, false);
      } finally {
        settle(bundle);
        if (!swapped) {
          takeBack(next);
        }
      }
    }

    /**
     * Removes a new version again. Runs may use it already: they end first, and where they do not
     * in time, it stays next to the old one.
     */
    private void takeBack(Bundle next) throws InterruptedException {
      withdraw(next, false);
      try {
        if (kernel.activities().await(() -> isUnused(next), request.limit())) {
          bundles.uninstall(next);
        } else {
          report(Bundles.name(next) + " stays in service because runs use it");
        }
      } finally {
        settle(next);
      }
    }

    /** Changes the bundle itself once nothing uses it. */
    private SwapResult inPlace() throws InterruptedException {
      prove();
      boolean returns = request.kind() != Kind.STOP && request.kind() != Kind.UNINSTALL;
      var before = bundles.unsatisfied(bundle);
      withdraw(bundle, returns);
      try {
        var result = new SwapResult(bundle, drain(bundle), true);
        change();
        if (returns) {
          bundles.awaitSatisfied(bundle, before);
        }
        return done(result);
      } finally {
        settle(bundle);
      }
    }

    /** Changes a bundle that everything depends on: when nothing runs, and while nothing begins. */
    private SwapResult alone(Set<Bundle> users) throws InterruptedException {
      prove();
      var affected = new ArrayList<Bundle>(users);
      affected.add(bundle);
      affected.removeIf(each -> each.getState() != Bundle.ACTIVE);
      var activities = kernel.activities();
      activities.closeGate();
      var mark = bundles.markSwapping(bundle);
      try {
        report("waiting for all runs to end");
        if (!activities.await(() -> activities.active(a -> true).isEmpty(), request.limit())) {
          throw busy(activities.active(a -> true));
        }
        // Made before the change: afterwards this bundle's old content loads no class any more.
        var result = new SwapResult(bundle, Duration.ofNanos(System.nanoTime() - start), true);
        change();
        if (request.kind() != Kind.STOP) {
          for (var each : affected) {
            bundles.awaitSatisfied(each, Set.of());
          }
        }
        return done(result);
      } finally {
        mark.unregister();
        activities.openGate();
      }
    }

    private SwapResult done(SwapResult result) {
      report(Bundles.name(bundle) + (isGone() ? " is out of service" : " is in service"));
      return result;
    }

    private boolean isGone() {
      return request.kind() == Kind.STOP || request.kind() == Kind.UNINSTALL;
    }

    private void prove() {
      request.jar().ifPresent(bundles::prove);
    }

    private void change() {
      report(name + " is no longer in use");
      switch (request.kind()) {
        case REPLACE, UPDATE -> bundles.update(bundle, request.jar().orElseThrow());
        case RESTART -> bundles.restart(bundle);
        case STOP -> bundles.stop(bundle);
        case UNINSTALL -> bundles.uninstall(bundle);
      }
    }

    private void withdraw(Bundle which, boolean returns) {
      long number = kernel.activities().nextWithdrawal();
      for (var registry : kernel.registries()) {
        registry.withdraw(which.getBundleId(), number, returns);
      }
    }

    private void settle(Bundle which) {
      kernel.registries().forEach(registry -> registry.settle(which.getBundleId()));
      kernel.activities().changed();
    }

    /** Waits until nothing uses a bundle; returns how long that took. */
    private Duration drain(Bundle which) throws InterruptedException {
      report("waiting for users of " + name);
      if (!kernel.activities().await(() -> isUnused(which), request.limit())) {
        throw busy(kernel.activities().active(a -> a.uses(which.getBundleId())));
      }
      return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Whether nothing used a bundle; if so, nothing can any more. */
    private boolean isUnused(Bundle which) {
      long id = which.getBundleId();
      if (!kernel.registries().stream().allMatch(registry -> registry.isIdle(id))) {
        return false;
      }
      if (kernel.registries().stream().allMatch(registry -> registry.retire(id))) {
        return true;
      }
      // Used again since: all of it stays usable for the users of one part.
      kernel.registries().forEach(registry -> registry.revive(id));
      return false;
    }

    private GitVanException busy(List<Activity> users) {
      var who =
          users.isEmpty()
              ? "a call in flight"
              : users.stream().map(Activity::toString).collect(Collectors.joining(", "));
      return new GitVanException(
          new Problem(
              Codes.SWAP_BUSY,
              name,
              "still in use after " + Quantities.format(request.limit()) + " by " + who,
              "Wait for it, cancel it, or raise the limit."));
    }

    private void report(String line) {
      request.progress().accept(line);
    }
  }
}
