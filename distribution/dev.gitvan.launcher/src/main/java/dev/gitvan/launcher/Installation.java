package dev.gitvan.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An unpacked distribution; GitVan only reads it.
 *
 * @param root the directory that holds {@code bin}, {@code bundles}, {@code etc} and {@code lib}
 */
record Installation(Path root) {
  /** System property that {@code bin/gitvan} sets to the root directory. */
  static final String ROOT = "gitvan.root";

  /** Everything that is installed into the framework, ordered by file name. */
  List<Path> bundles() throws IOException {
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(root.resolve("bundles"), "*.jar")) {
      files.forEach(jars::add);
    }
    Collections.sort(jars);
    return jars;
  }

  Path settings() {
    return root.resolve("etc").resolve("launcher.properties");
  }

  Path script() {
    return root.resolve("bin").resolve("gitvan");
  }
}
