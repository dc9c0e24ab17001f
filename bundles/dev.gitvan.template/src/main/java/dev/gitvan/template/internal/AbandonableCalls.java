package dev.gitvan.template.internal;

import dev.gitvan.config.Quantities;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/**
 * Calls an engine on a thread of its own, which works for the caller's run and sees what the caller
 * sees. It is interrupted at a time limit, and when the caller is interrupted; if it does not end
 * within a grace period it is abandoned, and the engine is quarantined. Safe for any thread.
 */
final class AbandonableCalls {
  /** How long calls may take. */
  record Limits(Duration time, Duration grace) {
    static final Limits DEFAULT = new Limits(Duration.ofSeconds(30), Duration.ofSeconds(1));
  }

  private final InstalledEngine engine;
  private final FileTemplateLoader loader;
  private final UnaryOperator<Runnable> carrier;
  private final Limits limits;

  /**
   * @param carrier makes work on another thread part of the caller's run
   */
  AbandonableCalls(
      InstalledEngine engine,
      FileTemplateLoader loader,
      UnaryOperator<Runnable> carrier,
      Limits limits) {
    this.engine = engine;
    this.loader = loader;
    this.carrier = carrier;
    this.limits = limits;
  }

  /**
   * Calls the engine.
   *
   * @param name the template, for errors
   * @throws GitVanException {@code TEMPLATE_TIMEOUT}, {@code INTERRUPTED}, or what the call threw
   */
  <T> T call(String name, Callable<T> work) {
    try {
      return callWriting(name, work);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As {@link #call}, for work that writes. */
  <T> T callWriting(String name, Callable<T> work) throws IOException {
    var task = new FutureTask<>(work);
    var thread = new Thread(carrier.apply(loader.shared(task)), "gitvan-engine-" + engine.name());
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(limits.time().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (TimeoutException e) {
      end(thread);
      throw GitVanException.of(
          Codes.TEMPLATE_TIMEOUT,
          name,
          "the template engine "
              + engine.name()
              + " took over "
              + Quantities.format(limits.time())
              + ", the limit of an engine that is not bounded",
          "Make the template do less.");
    } catch (InterruptedException e) {
      end(thread);
      Thread.currentThread().interrupt();
      throw GitVanException.of(Codes.INTERRUPTED, name, "rendering was interrupted", "");
    }
  }

  private static RuntimeException failure(Throwable cause) throws IOException {
    if (cause instanceof IOException io) {
      throw io;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(cause);
  }

  /** Interrupts a thread; abandons it and its engine when it does not end. */
  private void end(Thread thread) {
    thread.interrupt();
    boolean interrupted = false;
    long deadline = System.nanoTime() + limits.grace().toNanos();
    while (thread.isAlive() && deadline - System.nanoTime() > 0) {
      try {
        TimeUnit.NANOSECONDS.timedJoin(thread, deadline - System.nanoTime());
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (thread.isAlive()) {
      engine
          .extension()
          .quarantine(
              "it did not end within "
                  + Quantities.format(limits.grace())
                  + " after it was interrupted");
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
