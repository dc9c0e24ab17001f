package dev.gitvan.shell.internal.verbs;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCatalog;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.ErrorListing;
import dev.gitvan.diagnostics.ExitStatus;
import java.util.List;
import java.util.Optional;

/** A catalog with one code of GitVan's and one of a plugin. */
final class ListedErrors implements ErrorCatalog {
  static final ErrorCode ACME_BUSY =
      ErrorCode.of("ACME_BUSY", ExitStatus.BUSY, "Acme is busy.").withRetry(true);

  @Override
  public List<ErrorListing> list() {
    return List.of(
        new ErrorListing(Codes.USAGE, ""), new ErrorListing(ACME_BUSY, "org.example.acme 1.2.0"));
  }

  @Override
  public Optional<ErrorListing> find(String name) {
    return list().stream().filter(listing -> listing.code().name().equals(name)).findFirst();
  }
}
