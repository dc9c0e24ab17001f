package dev.gitvan.git.jgit.internal.refs;

import dev.gitvan.repository.RepositoryId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.eclipse.jgit.lib.ObjectId;

/**
 * The commit of receipts that GitVan wrote last. Another program may move the ref without looking
 * at what it has become, and only this shows what was lost by that.
 */
public final class ReceiptsTip {
  private ReceiptsTip() {}

  private static Path file(RepositoryId repository) {
    return repository.stateDir().resolve("receipts-tip");
  }

  /** What was remembered, or null. */
  public static ObjectId read(RepositoryId repository) throws IOException {
    try {
      var text = Files.readString(file(repository), StandardCharsets.US_ASCII).strip();
      return ObjectId.isId(text) ? ObjectId.fromString(text) : null;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Remembers what was written; call it under the lock of the ref. */
  public static void write(RepositoryId repository, ObjectId tip) throws IOException {
    // Always as long as before, in one write: there is no half of it.
    Files.write(
        file(repository),
        (tip.name() + "\n").getBytes(StandardCharsets.US_ASCII),
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE);
  }
}
