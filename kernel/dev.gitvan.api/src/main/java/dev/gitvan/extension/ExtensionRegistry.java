package dev.gitvan.extension;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Opens extension points. A service of the kernel. Safe for any thread.
 *
 * <p>Hosts use it instead of a list of services of their own, so that one rule decides which
 * extension wins a name, each call is isolated, and a bundle can be replaced while its extensions
 * are in use.
 */
@ProviderType
public interface ExtensionRegistry {
  /**
   * Opens an extension point and collects the services that bundles register for it. Close it when
   * the host stops.
   *
   * @param <S> the services' type
   * @param <D> the description from the services' properties
   */
  <S, D> ExtensionPoint<S, D> open(ExtensionPointSpec<S, D> spec);

  /**
   * Returns work that, on whichever thread it is done, belongs to the run or command that this
   * thread works for now: what it uses is kept for that, as if this thread used it.
   */
  Runnable carry(Runnable work);
}
