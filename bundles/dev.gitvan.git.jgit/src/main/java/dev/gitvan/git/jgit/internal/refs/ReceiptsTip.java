package dev.gitvan.git.jgit.internal.refs;

import dev.gitvan.home.KeptFiles;
import dev.gitvan.repository.RepositoryId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.eclipse.jgit.lib.ObjectId;

/**
 * The commit of receipts that GitVan wrote last. Another program may move the ref without looking
 * at what it has become, and only this shows what was lost by that.
 */
public final class ReceiptsTip {
  private static final int MAX_BYTES = 100;

  private ReceiptsTip() {}

  private static Path file(RepositoryId repository) {
    return repository.stateDir().resolve("receipts-tip");
  }

  /** What was remembered, or null. */
  public static ObjectId read(RepositoryId repository) throws IOException {
    var text =
        files(repository)
            .read(file(repository), MAX_BYTES)
            .map(bytes -> new String(bytes, StandardCharsets.US_ASCII).strip())
            .orElse("");
    return ObjectId.isId(text) ? ObjectId.fromString(text) : null;
  }

  /** Remembers what was written; call it under the lock of the ref. */
  public static void write(RepositoryId repository, ObjectId tip) throws IOException {
    files(repository)
        .replace(file(repository), (tip.name() + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static KeptFiles files(RepositoryId repository) {
    return new KeptFiles(repository.commonDir());
  }
}
