package dev.gitvan.diagnostics;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The error codes that are known: GitVan's own, and those that bundles contribute with {@link
 * dev.gitvan.diagnostics.spi.ErrorCodes}. A bundle cannot contribute a name of GitVan's, or one
 * that another bundle has contributed. Safe for any thread.
 */
@ProviderType
public interface ErrorCatalog {
  /** All codes: GitVan's own in the order of the documentation, then those of bundles by name. */
  List<ErrorListing> list();

  /** The code of a name; empty if it is not known. */
  Optional<ErrorListing> find(String name);
}
