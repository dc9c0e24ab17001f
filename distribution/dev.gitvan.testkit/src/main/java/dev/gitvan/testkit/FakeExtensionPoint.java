package dev.gitvan.testkit;

import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.extension.Extension;
import dev.gitvan.extension.ExtensionPoint;
import dev.gitvan.extension.Selection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;

/**
 * An extension point without a kernel. Extensions are in the order of their addition, and calls are
 * not isolated from each other. Safe for any thread.
 *
 * @param <S> the services' type
 * @param <D> the description from the services' properties
 */
public final class FakeExtensionPoint<S, D> implements ExtensionPoint<S, D> {
  private static final AtomicLong IDS = new AtomicLong(1);

  private volatile List<Extension<S, D>> extensions = List.of();

  /** Adds an extension with one service object; returns it, for {@link #remove}. */
  public Extension<S, D> add(String name, D description, S service) {
    return add(name, description, () -> service);
  }

  /** Adds an extension that has a service object of its own for each caller that opens it. */
  public Extension<S, D> add(String name, D description, Supplier<S> services) {
    return add("org.example.fake 1.0.0", name, description, services);
  }

  /**
   * Adds an extension of a bundle.
   *
   * @param bundle symbolic name and version
   */
  public synchronized Extension<S, D> add(
      String bundle, String name, D description, Supplier<S> services) {
    var extension = new Fake(bundle, name, description, services);
    var more = new ArrayList<>(extensions);
    more.add(extension);
    extensions = List.copyOf(more);
    return extension;
  }

  /** Removes an extension. */
  public synchronized void remove(Extension<S, D> extension) {
    extensions = extensions.stream().filter(other -> other != extension).toList();
  }

  @Override
  public List<Extension<S, D>> list() {
    return extensions;
  }

  /** All of them: nothing is selected here. */
  @Override
  public List<Extension<S, D>> list(Selection selection) {
    return extensions;
  }

  @Override
  public List<Extension<S, D>> present() {
    return extensions;
  }

  @Override
  public <R> List<Extension.Answer<R>> callAll(
      List<Extension<S, D>> called, Extension.Body<? super S, R> body, Duration limit) {
    var threads = Executors.newCachedThreadPool(FakeExtensionPoint::daemon);
    try {
      var calls = called.stream().map(extension -> call(extension, body)).toList();
      var answers = new ArrayList<Extension.Answer<R>>();
      for (var result : threads.invokeAll(calls, limit.toNanos(), TimeUnit.NANOSECONDS)) {
        answers.add(
            result.isCancelled()
                ? new Extension.Answer<>(null, new TimeoutException("no answer"), limit.toNanos())
                : result.get());
      }
      return answers;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      threads.shutdown();
    }
  }

  private static <S, D, R> Callable<Extension.Answer<R>> call(
      Extension<S, D> extension, Extension.Body<? super S, R> body) {
    return () -> extension.call(body);
  }

  private static Thread daemon(Runnable work) {
    var thread = new Thread(work, "fake-extension");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public boolean isSettled() {
    return true;
  }

  @Override
  public Optional<Extension<S, D>> find(String name) {
    return extensions.stream().filter(extension -> extension.name().equals(name)).findFirst();
  }

  @Override
  public List<Rejection> rejections() {
    return List.of();
  }

  @Override
  public synchronized void close() {
    extensions = List.of();
  }

  private final class Fake implements Extension<S, D> {
    private final String bundle;
    private final String name;
    private final D description;
    private final Supplier<S> services;
    private final long id = IDS.getAndIncrement();

    Fake(String bundle, String name, D description, Supplier<S> services) {
      this.bundle = bundle;
      this.name = name;
      this.description = description;
      this.services = services;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public D description() {
      return description;
    }

    @Override
    public String bundle() {
      return bundle;
    }

    @Override
    public boolean isBuiltIn() {
      return false;
    }

    @Override
    public Optional<Bundle> contributor() {
      return Optional.empty();
    }

    @Override
    public long serviceId() {
      return id;
    }

    @Override
    public <R> Answer<R> call(Body<? super S, R> body) {
      long start = System.nanoTime();
      try {
        return new Answer<>(body.call(services.get()), null, System.nanoTime() - start);
      } catch (Throwable failure) {
        return new Answer<>(null, failure, System.nanoTime() - start);
      }
    }

    @Override
    public <R> Answer<R> callNew(Body<? super S, R> body) {
      return call(body);
    }

    @Override
    public S open() {
      return isActive() ? services.get() : null;
    }

    @Override
    public void close(S instance) {
      // Nothing counts its uses.
    }

    @Override
    public boolean isActive() {
      return extensions.contains(this);
    }

    @Override
    public void quarantine(String reason) {
      remove(this);
    }
  }
}
