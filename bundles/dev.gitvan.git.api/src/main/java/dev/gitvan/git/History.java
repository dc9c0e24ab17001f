package dev.gitvan.git;

import java.util.Iterator;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A walk over commits, read as it is asked for; to be used once, by one thread at a time.
 *
 * @see GitRepository#history
 */
@ProviderType
public interface History extends Iterator<Commit>, AutoCloseable {
  @Override
  void close();
}
