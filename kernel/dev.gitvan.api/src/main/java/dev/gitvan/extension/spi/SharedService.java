package dev.gitvan.extension.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Marks the implementation of a shared service, such as {@code dev.gitvan.git.Git}. A component
 * registers itself under this type only and names the interface with {@link GitVanSharedService}.
 *
 * <p>The kernel registers the interface itself, with a proxy that forwards each call to the newest
 * implementation. Callers are therefore not affected when an implementation is removed: a run keeps
 * its first version until it ends, new runs get the new version, and while the only version is
 * replaced in place, calls wait for it.
 */
@ConsumerType
public interface SharedService {}
