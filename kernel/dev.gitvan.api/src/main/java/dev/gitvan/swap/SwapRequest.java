package dev.gitvan.swap;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;

/** A request to swap a bundle. Immutable: options have methods that return a changed copy. */
public final class SwapRequest {
  /** Default of the time to wait for runs. */
  public static final Duration LIMIT = Duration.ofSeconds(60);

  /** The kinds of swaps. */
  public enum Kind {
    /**
     * Starts the new version next to the old one. New calls go to the new version; the old one is
     * uninstalled when it is no longer in use. Bundles that others are wired to, such as APIs, are
     * updated in place.
     */
    REPLACE,
    /** Updates the bundle in place once it is no longer in use; new calls wait. */
    UPDATE,
    /** Stops and starts the bundle once it is no longer in use; new calls wait. */
    RESTART,
    /** Stops the bundle once it is no longer in use; new calls cannot use it any more. */
    STOP,
    /** Like {@link #STOP}, and uninstalls the bundle. */
    UNINSTALL
  }

  private final Kind kind;
  private final Bundle bundle;
  private final Optional<Path> jar;
  private final Duration limit;
  private final Consumer<String> progress;

  private SwapRequest(
      Kind kind, Bundle bundle, Optional<Path> jar, Duration limit, Consumer<String> progress) {
    this.kind = Objects.requireNonNull(kind, "kind");
    this.bundle = Objects.requireNonNull(bundle, "bundle");
    this.jar = Objects.requireNonNull(jar, "jar");
    this.limit = Objects.requireNonNull(limit, "limit");
    this.progress = Objects.requireNonNull(progress, "progress");
    if (jar.isPresent() != (kind == Kind.REPLACE || kind == Kind.UPDATE)) {
      throw new IllegalArgumentException(
          kind + (jar.isPresent() ? " takes no jar" : " needs a jar"));
    }
  }

  /** A request without a jar: restart, stop or uninstall. */
  public static SwapRequest of(Kind kind, Bundle bundle) {
    return new SwapRequest(kind, bundle, Optional.empty(), LIMIT, line -> {});
  }

  /** A request with the file of a new version: replace or update. */
  public static SwapRequest of(Kind kind, Bundle bundle, Path jar) {
    return new SwapRequest(kind, bundle, Optional.of(jar), LIMIT, line -> {});
  }

  /** A copy with another limit. */
  public SwapRequest within(Duration other) {
    return new SwapRequest(kind, bundle, jar, other, progress);
  }

  /** A copy that reports its stages to a listener. */
  public SwapRequest reportingTo(Consumer<String> listener) {
    return new SwapRequest(kind, bundle, jar, limit, listener);
  }

  /** The operation. */
  public Kind kind() {
    return kind;
  }

  /** The bundle. */
  public Bundle bundle() {
    return bundle;
  }

  /** File of the new version; empty for operations without one. */
  public Optional<Path> jar() {
    return jar;
  }

  /**
   * Maximum time to wait for runs that use the bundle; after that the swap is given up and the
   * bundle stays in service.
   */
  public Duration limit() {
    return limit;
  }

  /** Receives one line at each stage, on the calling thread. */
  public Consumer<String> progress() {
    return progress;
  }

  @Override
  public String toString() {
    return kind + " " + bundle.getSymbolicName() + jar.map(file -> " " + file).orElse("");
  }
}
