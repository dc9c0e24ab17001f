package dev.gitvan.extension;

import dev.gitvan.diagnostics.Rejection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The extensions of one point, in order of precedence: GitVan's own before those of plugins, then
 * the highest {@code service.ranking}, then the bundle that was installed first. Where several
 * versions of one bundle contribute the same name, only the newest version is active; so a bundle
 * can be replaced by a newer version that is installed next to it. A plugin cannot contribute a
 * name of GitVan's unless the user allows it ({@link BundleSettings#REPLACE}). Safe for any thread.
 *
 * @param <S> the services' type
 * @param <D> the description from the services' properties
 */
@ProviderType
public interface ExtensionPoint<S, D> extends AutoCloseable {
  /**
   * The active extensions, in order of precedence. Waits while a bundle that contributes to this
   * point is being replaced in place, so that no caller misses its extensions. Returns the same
   * list until something changes.
   */
  List<Extension<S, D>> list();

  /**
   * As {@link #list}, without the plugins that a worktree does not select, and in the versions that
   * it selects.
   */
  List<Extension<S, D>> list(Selection selection);

  /**
   * Calls extensions concurrently, each on a thread of its own that works for the caller's run or
   * command, and returns when all have answered or the limit has passed. Calls that have not
   * returned by then are interrupted and answered with a {@link TimeoutException}; an extension
   * that does not return within a second after that is {@linkplain Extension#quarantine
   * quarantined}. When the calling thread is interrupted, all calls are interrupted and answered
   * with an {@link InterruptedException}, and the thread stays interrupted.
   *
   * @param extensions extensions of this point
   * @return an answer for each extension, in the same order
   */
  <R> List<Extension.Answer<R>> callAll(
      List<Extension<S, D>> extensions, Extension.Body<? super S, R> body, Duration limit);

  /** The active extension that owns a name. Waits as {@link #list} does. */
  Optional<Extension<S, D>> find(String name);

  /**
   * The extensions that are active at this moment. Never waits: for listeners, which a swap calls.
   */
  List<Extension<S, D>> present();

  /** Whether no bundle that contributes to this point is being replaced or stopped. */
  boolean isSettled();

  /** The services that are not active, each with a reason. */
  List<Rejection> rejections();

  /** Releases all services. Calls in flight complete on the service that they use. */
  @Override
  void close();
}
