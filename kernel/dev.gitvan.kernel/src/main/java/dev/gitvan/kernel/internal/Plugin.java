package dev.gitvan.kernel.internal;

import dev.gitvan.extension.Extension.Answer;
import dev.gitvan.extension.Extension.Body;
import dev.gitvan.extension.ExtensionGoneException;
import dev.gitvan.kernel.internal.swap.Activities;
import dev.gitvan.kernel.internal.swap.Holdable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * A contributed service, and the only way to call it: each call is named, timed and isolated.
 *
 * <p>The service object is fetched at the first call and kept until the contribution is withdrawn
 * and the last call on it has ended: a call in flight ends on the object that it began with, and a
 * delayed component is not activated again for every call. No lock is held while plugin code runs.
 *
 * <p>A swap withdraws a contribution before its bundle goes. From then on only activities that
 * began earlier may use it, and when none does, it is retired: nobody can use it any more.
 *
 * @param <S> the service's type
 */
public final class Plugin<S> implements Holdable {
  private static final long IN_SERVICE = 0;

  private final Offer<S> offer;
  private final String name;
  private final Activities activities;
  private final AtomicReference<S> service = new AtomicReference<>();

  /** One for the registry, one for each call in flight and each activity; at 0 it is released. */
  private final AtomicInteger holders = new AtomicInteger(1);

  /** The number of its withdrawal. */
  private volatile long withdrawal = IN_SERVICE;

  private volatile boolean removed;
  private volatile boolean lost;

  Plugin(Offer<S> offer, String name, Activities activities) {
    this.offer = offer;
    this.name = name;
    this.activities = activities;
  }

  /** The contribution's name. */
  public String name() {
    return name;
  }

  /** Symbolic name and version of its bundle. */
  @Override
  public String bundle() {
    return offer.bundle();
  }

  @Override
  public long bundleId() {
    return offer.bundleId();
  }

  /** Calls the service; whatever it throws is in the answer. */
  public <R> Answer<R> call(Body<? super S, R> body) {
    return call(this::service, body, object -> {});
  }

  /**
   * As {@link #call}, with a service object that only this call uses, if the service's scope is
   * prototype.
   */
  public <R> Answer<R> callNew(Body<? super S, R> body) {
    return call(this::newService, body, this::unget);
  }

  /** How a call gets its service object. */
  @FunctionalInterface
  private interface Source<S> {
    S get() throws ExtensionGoneException;
  }

  private <R> Answer<R> call(Source<S> source, Body<? super S, R> body, Consumer<S> afterwards) {
    long start = System.nanoTime();
    var thread = Thread.currentThread();
    var loader = thread.getContextClassLoader();
    try (var hold = hold()) {
      if (hold == null) {
        throw gone(null);
      }
      var object = source.get();
      try {
        thread.setContextClassLoader(object.getClass().getClassLoader());
        return new Answer<>(body.call(object), null, System.nanoTime() - start);
      } finally {
        afterwards.accept(object);
      }
    } catch (Throwable failure) {
      return new Answer<>(null, failure, System.nanoTime() - start);
    } finally {
      thread.setContextClassLoader(loader);
    }
  }

  /**
   * Keeps the contribution callable, also when it is withdrawn meanwhile: on a thread that works
   * for an activity until that has ended, else until the hold is closed.
   *
   * @return null when this thread may not use it any more: the snapshot that it is from is out of
   *     date
   */
  public Hold hold() {
    if (!isUsableHere()) {
      return null;
    }
    var activity = activities.current();
    if (activity != null && activity.isKeeping()) {
      return activity.keep(this) ? Hold.BY_ACTIVITY : null;
    }
    return addHolder() ? this::release : null;
  }

  /** Whether this thread may use it: it is in service, or withdrawn after the activity began. */
  boolean isUsableHere() {
    long number = withdrawal;
    if (number == IN_SERVICE) {
      return true;
    }
    var activity = activities.current();
    return activity != null && activity.isOlderThan(number) && holders.get() > 0;
  }

  /** Adds a holder; false when it is retired or removed. */
  @Override
  public boolean addHolder() {
    for (int count = holders.get(); count > 0; count = holders.get()) {
      if (holders.compareAndSet(count, count + 1)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The service object, to be given back with {@link #release}: for objects that live on between
   * calls, whatever activity they began in, such as a tier's regions.
   */
  public S acquire() throws ExtensionGoneException {
    if (withdrawal != IN_SERVICE || !addHolder()) {
      throw gone(null);
    }
    try {
      return service();
    } catch (ExtensionGoneException e) {
      release();
      throw e;
    }
  }

  /** The service object, for a caller that {@linkplain #hold holds} the plugin. */
  public S service() throws ExtensionGoneException {
    var object = service.get();
    if (object != null) {
      return object;
    }
    object = newService();
    if (!service.compareAndSet(null, object)) {
      // Another call was first; each fetched object is given back once.
      unget(object);
    }
    return service.get();
  }

  private S newService() throws ExtensionGoneException {
    S object;
    try {
      object = offer.get().get();
    } catch (RuntimeException | LinkageError e) {
      throw gone(e);
    }
    if (object == null) {
      throw gone(null);
    }
    return object;
  }

  /**
   * An instance of its own for the caller where the service is of prototype scope, to be given back
   * with {@link #close}, whatever activity it began in; null when it is gone. The activity keeps
   * the contribution, too.
   */
  public S open() {
    try (var hold = hold()) {
      if (hold == null || !addHolder()) {
        return null;
      }
    }
    try {
      return newService();
    } catch (ExtensionGoneException e) {
      release();
      return null;
    }
  }

  /** Gives back what {@link #open} gave. */
  public void close(S instance) {
    unget(instance);
    release();
  }

  /** Removes a holder, or gives back what {@link #acquire} gave. */
  @Override
  public void release() {
    if (holders.decrementAndGet() == 0) {
      var object = service.getAndSet(null);
      if (object != null) {
        unget(object);
      }
    }
    if (withdrawal != IN_SERVICE) {
      activities.changed();
    }
  }

  /** Takes it away from all activities that begin after this withdrawal. */
  void withdraw(long number) {
    withdrawal = number;
  }

  /** Undoes a withdrawal. */
  void restore() {
    revive();
    withdrawal = IN_SERVICE;
  }

  /** Whether nobody uses it. */
  boolean isIdle() {
    return holders.get() <= 1;
  }

  /** Undoes {@link #retire}. */
  void revive() {
    if (!removed) {
      holders.compareAndSet(0, 1);
    }
  }

  boolean isWithdrawn() {
    return withdrawal != IN_SERVICE;
  }

  /** Ends its use for good if nobody uses it; false when somebody does. */
  boolean retire() {
    if (holders.get() == 0) {
      return true;
    }
    if (!holders.compareAndSet(1, 0)) {
      return false;
    }
    var object = service.getAndSet(null);
    if (object != null) {
      unget(object);
    }
    return true;
  }

  /** Whether its registration is gone, or its use has ended for good. */
  public boolean isGone() {
    return removed || holders.get() == 0;
  }

  /** Its registration is gone: the registry's own hold ends, unless it was retired before. */
  void remove() {
    removed = true;
    if (holders.get() > 0) {
      lost = withdrawal == IN_SERVICE && holders.get() > 1;
      release();
    }
  }

  /** Whether it was removed while somebody used it, without a withdrawal that waited for them. */
  @Override
  public boolean isLost() {
    return lost;
  }

  private ExtensionGoneException gone(Throwable cause) {
    var what = cause == null ? " is gone or cannot be activated" : " cannot be activated: " + cause;
    return new ExtensionGoneException(name + " of " + bundle() + what, cause);
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
