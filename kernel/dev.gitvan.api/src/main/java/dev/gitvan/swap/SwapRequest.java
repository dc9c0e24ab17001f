package dev.gitvan.swap;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;

/**
 * What is to be done with a bundle.
 *
 * @param kind what to do
 * @param bundle the bundle
 * @param jar the new version's file; empty where none is needed
 * @param limit how long the runs that use the bundle may take to end; after that the swap is given
 *     up and the bundle stays in service
 * @param progress told one line at each stage, on the calling thread
 */
public record SwapRequest(
    Kind kind, Bundle bundle, Optional<Path> jar, Duration limit, Consumer<String> progress) {
  /** How long runs may take to end, if the request does not say. */
  public static final Duration LIMIT = Duration.ofSeconds(60);

  /** What to do with a bundle. */
  public enum Kind {
    /**
     * Starts the new version next to the old one. New calls go to the new version; the old one is
     * uninstalled when nothing uses it any more. Bundles that others are wired to, such as APIs,
     * are updated in place.
     */
    REPLACE,
    /** Updates the bundle itself once nothing uses it; new calls wait meanwhile. */
    UPDATE,
    /** Stops and starts the bundle once nothing uses it; new calls wait meanwhile. */
    RESTART,
    /** Stops the bundle once nothing uses it; new calls do without it from the start. */
    STOP,
    /** As {@link #STOP}, and uninstalls the bundle. */
    UNINSTALL
  }

  public SwapRequest {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(bundle, "bundle");
    Objects.requireNonNull(jar, "jar");
    Objects.requireNonNull(limit, "limit");
    Objects.requireNonNull(progress, "progress");
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

  /** The same request with another limit. */
  public SwapRequest within(Duration other) {
    return new SwapRequest(kind, bundle, jar, other, progress);
  }

  /** The same request, whose stages are told to a listener. */
  public SwapRequest reportingTo(Consumer<String> listener) {
    return new SwapRequest(kind, bundle, jar, limit, listener);
  }
}
