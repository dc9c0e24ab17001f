package dev.gitvan.diagnostics;

import java.util.Objects;

/**
 * A code and where it comes from.
 *
 * @param bundle symbolic name and version of the contributing bundle; empty for GitVan's own codes
 */
public record ErrorListing(ErrorCode code, String bundle) {
  public ErrorListing {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(bundle, "bundle");
  }
}
