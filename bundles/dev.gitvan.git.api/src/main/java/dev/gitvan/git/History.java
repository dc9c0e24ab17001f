package dev.gitvan.git;

import java.util.Iterator;
import org.osgi.annotation.versioning.ProviderType;

/**
 * An iteration over commits, which are read lazily. Use it once, and from one thread at a time.
 *
 * @see GitRepository#history
 */
@ProviderType
public interface History extends Iterator<Commit>, AutoCloseable {
  @Override
  void close();
}
