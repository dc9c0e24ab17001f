package dev.gitvan.git.jgit.internal.refs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a deleted ref leaves: its log, which Git deletes with it, and empty folders that may be in
 * the way of other names.
 */
record DeletedRef(Path commonDir, String name) {
  void forgetLog() throws IOException {
    var log = commonDir.resolve("logs").resolve(name);
    if (log.toFile().isFile()) {
      Files.deleteIfExists(log);
      AtomicFiles.removeEmptyParents(log, commonDir.resolve("logs").resolve(kind()));
    }
  }

  /** To be called when the ref's lock, which is in the same folder, has been given back. */
  void forgetFolders() {
    AtomicFiles.removeEmptyParents(commonDir.resolve(name), commonDir.resolve(kind()));
  }

  /** {@code refs/heads} of {@code refs/heads/a/b}: folders that stay. */
  private String kind() {
    int slash = name.indexOf('/', "refs/".length());
    return slash < 0 ? "refs" : name.substring(0, slash);
  }
}
