package dev.gitvan.itests;

import static org.junit.Assert.assertEquals;

import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.Git;
import dev.gitvan.job.JobOrder;
import dev.gitvan.job.JobRun;
import dev.gitvan.job.JobRunner;
import dev.gitvan.job.Receipt;
import dev.gitvan.repository.WorktreeId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.ToIntBiFunction;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.util.tracker.ServiceTracker;

/** The running system, as tests inside the framework see it. */
final class Framework {
  static final Duration LIMIT = Duration.ofSeconds(120);

  private static final String COMMAND_LINE =
      "(&(objectClass=" + ToIntBiFunction.class.getName() + ")(gitvan.command.line=true))";

  private final BundleContext context;
  private final Map<String, ServiceTracker<Object, Object>> trackers = new ConcurrentHashMap<>();

  Framework(BundleContext context) {
    this.context = context;
  }

  /** What a command line printed, and its exit status. */
  record Outcome(int status, String out, String err) {}

  /** Runs a command line in this process, through the service that the launcher uses. */
  Outcome command(String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    Map<String, Object> call = new HashMap<>();
    call.put("in", new ByteArrayInputStream(new byte[0]));
    call.put("out", new PrintStream(out, true, StandardCharsets.UTF_8));
    call.put("err", new PrintStream(err, true, StandardCharsets.UTF_8));
    call.put("cwd", repository());
    call.put("env", Map.of());
    call.put("onInterrupt", (Consumer<Runnable>) action -> {});
    call.put("startShell", (Callable<Integer>) () -> 0);
    ToIntBiFunction<List<String>, Map<String, Object>> service = filtered(COMMAND_LINE);
    int status = service.applyAsInt(List.of(arguments), call);
    return new Outcome(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  Path repository() {
    return Path.of(System.getProperty(WithRepository.REPOSITORY));
  }

  WorktreeId worktree() {
    return service(Git.class).discover(repository());
  }

  /** Submits a run of a job. */
  JobRun submit(String job, Map<String, Object> inputs) {
    return service(JobRunner.class)
        .submit(JobOrder.builder(worktree(), job).inputs(inputs).build());
  }

  /** Runs a job to its end. */
  Receipt run(String job, Map<String, Object> inputs) throws InterruptedException {
    return end(submit(job, inputs));
  }

  /** Waits for a run's end. */
  static Receipt end(JobRun run) throws InterruptedException {
    return run.await(LIMIT)
        .orElseThrow(() -> new AssertionError("the run has not ended: " + run.order()));
  }

  /** The code with which something is refused; empty when it is not. */
  static String code(Runnable action) {
    try {
      action.run();
      return "";
    } catch (GitVanException e) {
      return e.problem().code().name();
    }
  }

  /** A service, waited for. */
  <S> S service(Class<S> type) {
    return filtered("(objectClass=" + type.getName() + ")");
  }

  Bundle bundle(String symbolicName) {
    for (var bundle : context.getBundles()) {
      if (symbolicName.equals(bundle.getSymbolicName())) {
        return bundle;
      }
    }
    throw new AssertionError("no bundle " + symbolicName);
  }

  Bundle install(Path jar) throws BundleException {
    var bundle = context.installBundle(jar.toUri().toString());
    bundle.start();
    return bundle;
  }

  /** Uninstalls a bundle and releases what its wiring holds. */
  void uninstall(Bundle bundle) throws BundleException {
    bundle.uninstall();
    refresh(bundle);
  }

  /** Resolves a bundle again: it gets another class loader, and nothing holds the old one. */
  void refresh(Bundle bundle) {
    var wiring = context.getBundle(0).adapt(FrameworkWiring.class);
    var done = new AtomicBoolean();
    wiring.refreshBundles(
        List.of(bundle),
        event -> {
          if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
            done.set(true);
          }
        });
    await("the framework has refreshed", done::get);
    await("nothing is pending", () -> !wiring.getRemovalPendingBundles().contains(bundle));
  }

  /** How many services are registered that a filter takes. */
  int services(String filter) {
    try {
      var references = context.getAllServiceReferences(null, filter);
      return references == null ? 0 : references.length;
    } catch (InvalidSyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits for a condition; on timeout reports what is not satisfied. */
  void await(String what, BooleanSupplier condition) {
    if (!quietly(condition)) {
      throw new AssertionError("not within " + LIMIT + ": " + what + "\n" + unsatisfied());
    }
  }

  /** Every component is satisfied. */
  void assertWell() {
    quietly(() -> unsatisfied().isEmpty());
    assertEquals("", unsatisfied());
  }

  private String unsatisfied() {
    var reference = context.getServiceReference(ServiceComponentRuntime.class);
    if (reference == null) {
      return "no component runtime";
    }
    var components = context.getService(reference);
    return String.join("\n", new UnsatisfiedComponents(components).lines());
  }

  private static boolean quietly(BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      LockSupport.parkNanos(5_000_000);
    }
    return true;
  }

  /** The service stays in use: a component that nobody uses is deactivated. */
  @SuppressWarnings("unchecked")
  private <S> S filtered(String filter) {
    try {
      var service =
          (S) trackers.computeIfAbsent(filter, this::track).waitForService(LIMIT.toMillis());
      if (service == null) {
        throw new AssertionError("no service " + filter + "\n" + unsatisfied());
      }
      return service;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private ServiceTracker<Object, Object> track(String filter) {
    try {
      var tracker = new ServiceTracker<>(context, context.createFilter(filter), null);
      tracker.open();
      return tracker;
    } catch (InvalidSyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
