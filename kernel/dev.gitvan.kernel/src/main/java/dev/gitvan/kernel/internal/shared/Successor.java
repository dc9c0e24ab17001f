package dev.gitvan.kernel.internal.shared;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * The service that the next kernel registers, for callers that waited while this one was replaced.
 * Looks through the framework's own context, which outlives the bundle's. Safe for any thread.
 */
public final class Successor {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final BundleContext framework;

  public Successor(BundleContext context) {
    this.framework = context.getBundle(0).getBundleContext();
  }

  /** The service; null when none comes within half a minute, or the framework stops. */
  public Object await(String type, String filter) {
    long end = System.nanoTime() + LIMIT_NANOS;
    try {
      while (System.nanoTime() - end < 0 && !Thread.currentThread().isInterrupted()) {
        ServiceReference<?>[] references = framework.getAllServiceReferences(type, filter);
        var service = references == null ? null : framework.getService(references[0]);
        if (service != null) {
          return service;
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      return null;
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException(e);
    } catch (IllegalStateException e) {
      return null;
    }
  }
}
