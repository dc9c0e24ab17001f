package dev.gitvan.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.zip.ZipException;
import org.osgi.framework.BundleException;

/** Explains why a file in {@code bundles/} cannot be installed as a bundle. */
final class BundleFile {
  private static final int MAX_CAUSES = 10;

  private BundleFile() {}

  /**
   * What is wrong with a file that must not even be opened: Felix installs a directory as an
   * exploded bundle without a name, and waits forever for a writer of a FIFO. Does not open it.
   *
   * @return a sentence without subject and full stop; empty for a regular file that is not empty
   */
  static Optional<String> obstacle(Path file) {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      if (attributes.isDirectory()) {
        return Optional.of("is a directory, not a jar file");
      }
      if (!attributes.isRegularFile()) {
        return Optional.of("is not a regular file");
      }
      return attributes.size() == 0 ? Optional.of("is empty") : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.of(
          Files.exists(file, LinkOption.NOFOLLOW_LINKS)
              ? "is a symbolic link to a file that does not exist"
              : "does not exist");
    } catch (IOException e) {
      return Optional.of("cannot be read: " + words(e));
    }
  }

  /**
   * Why the framework did not install a file.
   *
   * @return a sentence without subject and full stop
   */
  static String reason(Path file, Exception failure) {
    if (!Files.isReadable(file)) {
      return "cannot be read: permission denied";
    }
    try (var jar = new JarFile(file.toFile(), false)) {
      return jar.getManifest() == null
          ? "has no META-INF/MANIFEST.MF, so it is not a bundle"
          : "cannot be installed: " + words(reason(failure));
    } catch (ZipException e) {
      return "is not a complete jar file: " + words(e);
    } catch (IOException e) {
      return "cannot be read: " + words(e);
    }
  }

  /** Felix's own exceptions say that it failed, and their cause says why. */
  private static Throwable reason(Throwable failure) {
    var cause = failure;
    for (int i = 0; i < MAX_CAUSES && cause.getCause() != null; i++) {
      if (!(cause instanceof BundleException)) {
        return cause;
      }
      cause = cause.getCause();
    }
    return cause;
  }

  private static String words(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.toString() : message.strip();
  }
}
