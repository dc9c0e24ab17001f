package dev.gitvan.shell.internal.diag;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * Gets services once. Declarative Services constructs a component when its service is first used,
 * so that the service of one whose constructor fails is registered like any other.
 */
final class ActivationProbe implements AutoCloseable {
  private final BundleContext context;
  private final Duration patience;
  private final ExecutorService threads;

  /** What came of getting a service. */
  enum Outcome {
    WORKS,
    /** The service is registered, and nobody can get it. */
    FAILED,
    /** Its component has not been constructed in time. */
    TIMEOUT
  }

  ActivationProbe(BundleContext context, Duration patience) {
    this.context = context;
    this.patience = patience;
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              var thread = new Thread(task, "gitvan-diag");
              thread.setDaemon(true);
              thread.setContextClassLoader(null);
              return thread;
            });
  }

  /** Gets a service and gives it back. */
  Outcome probe(long serviceId) {
    var attempt = threads.submit(() -> get(serviceId));
    try {
      return attempt.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      return Outcome.FAILED;
    } catch (TimeoutException e) {
      attempt.cancel(true);
      return Outcome.TIMEOUT;
    } catch (InterruptedException e) {
      attempt.cancel(true);
      Thread.currentThread().interrupt();
      return Outcome.WORKS;
    }
  }

  private Outcome get(long serviceId) throws InvalidSyntaxException {
    var filter = "(" + Constants.SERVICE_ID + "=" + serviceId + ")";
    var references = context.getAllServiceReferences(null, filter);
    return references == null ? Outcome.WORKS : get(references[0]);
  }

  private <S> Outcome get(ServiceReference<S> reference) {
    var objects = context.getServiceObjects(reference);
    if (objects == null) {
      return Outcome.WORKS;
    }
    S service = objects.getService();
    if (service == null) {
      return Outcome.FAILED;
    }
    objects.ungetService(service);
    return Outcome.WORKS;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
