package dev.gitvan.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Every file below a directory as it was at a moment: kind, mode, time and content. */
final class Snapshot {
  private final Path root;
  private final Predicate<String> included;
  private final Map<String, String> files;

  private Snapshot(Path root, Predicate<String> included) {
    this.root = root;
    this.included = included;
    this.files = read(root, included);
  }

  /** Everything below a directory. */
  static Snapshot of(Path root) {
    return of(root, path -> true);
  }

  /** What is below a directory and whose path below it is wanted. */
  static Snapshot of(Path root, Predicate<String> included) {
    return new Snapshot(root, included);
  }

  /** Everything is still what it was. */
  void assertUnchanged() {
    assertThat(read(root, included)).as("files below " + root).isEqualTo(files);
  }

  private static Map<String, String> read(Path root, Predicate<String> included) {
    var files = new TreeMap<String, String>();
    try (var all = Files.walk(root)) {
      for (var file : (Iterable<Path>) all::iterator) {
        var path = root.relativize(file).toString();
        if (included.test(path)) {
          files.put(path, describe(file));
        }
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String describe(Path file) throws IOException {
    var attributes = Files.readAttributes(file, "unix:*", LinkOption.NOFOLLOW_LINKS);
    var content = "";
    if (Files.isSymbolicLink(file)) {
      content = "-> " + Files.readSymbolicLink(file);
    } else if (Files.isRegularFile(file)) {
      content = sha256(Files.readAllBytes(file));
    }
    return "mode %o, modified %s %s"
        .formatted(attributes.get("mode"), attributes.get("lastModifiedTime"), content);
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
