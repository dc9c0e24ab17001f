package dev.gitvan.extension;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.framework.Bundle;

/**
 * A contributed service, and the only way to call it: each call is isolated and timed, and counts
 * as a use of the contributing bundle until it ends. Safe for any thread.
 *
 * @param <S> the service's type
 * @param <D> the description from the service's properties
 */
@ProviderType
public interface Extension<S, D> {
  /** The extension's name. */
  String name();

  /** The description from the service's properties. */
  D description();

  /** Symbolic name and version of the contributing bundle. */
  String bundle();

  /** Whether the contributing bundle is part of GitVan rather than a plugin. */
  boolean isBuiltIn();

  /** The contributing bundle; empty outside of a framework. */
  Optional<Bundle> contributor();

  /** Id of the service; never reused. */
  long serviceId();

  /** Calls the service on this thread. An exception is part of the answer. */
  <R> Answer<R> call(Body<? super S, R> body);

  /** Like {@link #call}, on an instance of its own if the service's scope is prototype. */
  <R> Answer<R> callNew(Body<? super S, R> body);

  /**
   * An instance of the service that the caller keeps between calls: its own for services of
   * prototype scope, else the shared one. The bundle counts as in use until {@link #close}.
   *
   * @return null when the service is gone or cannot be activated
   */
  S open();

  /** Releases an instance that {@link #open} returned. */
  void close(S instance);

  /** Whether the extension is active now. */
  boolean isActive();

  /** Disables the extension until its bundle registers it again; diagnostics show the reason. */
  void quarantine(String reason);

  /** The call to make. */
  @FunctionalInterface
  interface Body<S, R> {
    R call(S service) throws Exception;
  }

  /**
   * Result of a call.
   *
   * @param value what the service returned; null when it failed, or returned null
   * @param failure what the service threw; null when it returned
   * @param nanos duration of the call, in nanoseconds
   */
  record Answer<R>(R value, Throwable failure, long nanos) {
    /** Whether the service was gone before it could be called. */
    public boolean isGone() {
      return failure instanceof ExtensionGoneException;
    }
  }
}
