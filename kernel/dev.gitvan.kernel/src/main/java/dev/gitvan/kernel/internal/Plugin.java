package dev.gitvan.kernel.internal;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A contributed service, and the only way to call it: each call is named, timed and isolated.
 *
 * <p>The service object is fetched at the first call and kept until the contribution is withdrawn
 * and the last call on it has ended: a call in flight ends on the object that it began with, and a
 * delayed component is not activated anew for every call. No lock is held while plugin code runs.
 *
 * @param <S> the service's type
 */
public final class Plugin<S> {
  private final Offer<S> offer;
  private final String name;
  private final AtomicReference<S> service = new AtomicReference<>();

  /** One for the registry, one for each call in flight; at 0 the object goes back. */
  private final AtomicInteger holders = new AtomicInteger(1);

  Plugin(Offer<S> offer, String name) {
    this.offer = offer;
    this.name = name;
  }

  /** The contribution's name. */
  public String name() {
    return name;
  }

  /** Symbolic name and version of its bundle. */
  public String bundle() {
    return offer.bundle();
  }

  /** What is called. */
  @FunctionalInterface
  public interface Body<S, R> {
    R call(S service) throws Exception;
  }

  /**
   * What a call led to.
   *
   * @param value what it returned; null when it failed, or returned null
   * @param failure what it threw; null when it returned
   * @param nanos how long it took, in nanoseconds
   */
  public record Answer<R>(R value, Throwable failure, long nanos) {
    /** Whether the service had gone before it could be called. */
    public boolean isGone() {
      return failure instanceof Gone;
    }
  }

  /** The service has gone, or cannot be activated. */
  public static final class Gone extends Exception {
    private static final long serialVersionUID = 1L;

    Gone(String message) {
      super(message);
    }
  }

  /** Calls the service; whatever it throws is in the answer. */
  public <R> Answer<R> call(Body<? super S, R> body) {
    long start = System.nanoTime();
    var thread = Thread.currentThread();
    var loader = thread.getContextClassLoader();
    var held = false;
    try {
      var object = acquire();
      held = true;
      thread.setContextClassLoader(object.getClass().getClassLoader());
      return new Answer<>(body.call(object), null, System.nanoTime() - start);
    } catch (Throwable failure) {
      return new Answer<>(null, failure, System.nanoTime() - start);
    } finally {
      thread.setContextClassLoader(loader);
      if (held) {
        release();
      }
    }
  }

  /**
   * Keeps the contribution callable until {@link #release}, also when it is withdrawn meanwhile:
   * for those that take a snapshot and call what is in it a moment later.
   *
   * @return false when it was withdrawn already: the snapshot is out of date
   */
  public boolean hold() {
    for (int count = holders.get(); count > 0; count = holders.get()) {
      if (holders.compareAndSet(count, count + 1)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The service object, to be given back with {@link #release}: for objects that live on between
   * calls, such as a tier's regions.
   */
  public S acquire() throws Gone {
    if (!hold()) {
      throw gone();
    }
    var object = service.get();
    if (object != null) {
      return object;
    }
    try {
      object = offer.get().get();
    } catch (RuntimeException | LinkageError e) {
      release();
      throw gone();
    }
    if (object == null) {
      release();
      throw gone();
    }
    if (!service.compareAndSet(null, object)) {
      // Another call was first; each fetched object is given back once.
      unget(object);
    }
    return service.get();
  }

  /** Ends a {@link #hold}, or gives back what {@link #acquire} gave. */
  public void release() {
    if (holders.decrementAndGet() == 0) {
      var object = service.getAndSet(null);
      if (object != null) {
        unget(object);
      }
    }
  }

  private Gone gone() {
    return new Gone(name + " of " + bundle() + " has gone, or cannot be activated");
  }

  private void unget(S object) {
    try {
      offer.unget().accept(object);
    } catch (RuntimeException e) {
      // The framework took it back already: the service is unregistered.
    }
  }

  @Override
  public String toString() {
    return name + " of " + bundle();
  }
}
