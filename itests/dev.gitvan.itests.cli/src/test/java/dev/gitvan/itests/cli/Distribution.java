package dev.gitvan.itests.cli;

import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/** The distribution under test. */
final class Distribution {
  private static final Path ROOT = path("gitvan.distribution");
  private static final Path CLASSES = recordClasses();

  private Distribution() {}

  static Path root() {
    return ROOT;
  }

  static Path script() {
    return ROOT.resolve("bin/gitvan");
  }

  /**
   * Lets a fresh {@code GITVAN_HOME} use the class archive that was recorded once for all tests:
   * the second command of a real home starts as fast, and a home of its own for each test is
   * affordable.
   */
  static void shareClasses(Path home) {
    var target = home.resolve("cache/classes");
    if (Files.exists(target)) {
      return;
    }
    try (var files = Files.walk(CLASSES)) {
      for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        var linked = target.resolve(CLASSES.relativize(file));
        Files.createDirectories(linked.getParent());
        link(linked, file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a copy that a test can change; only its jars are shared, so replace them as a whole. */
  static Path copyTo(Path target) {
    try (var files = Files.walk(ROOT)) {
      for (var file : (Iterable<Path>) files::iterator) {
        var copy = target.resolve(ROOT.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else if (file.toString().endsWith(".jar")) {
          link(copy, file);
        } else {
          Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void link(Path linked, Path file) throws IOException {
    try {
      Files.createLink(linked, file);
    } catch (IOException | UnsupportedOperationException e) {
      Files.copy(file, linked);
    }
  }

  /** The first command of a home records the archive in the background; waits for that. */
  private static Path recordClasses() {
    try {
      var work = Files.createDirectories(path("gitvan.tests.work")).toRealPath();
      var classes = Files.createDirectories(work.resolve("classes-home/cache/classes"));
      var sandbox = GitSandbox.init(Files.createTempDirectory(work, "record"));
      var builder = new ProcessBuilder(script().toString(), "version").inheritIO();
      builder.directory(sandbox.root().toFile());
      builder.environment().putAll(sandbox.environment());
      builder.environment().put("GITVAN_HOME", work.resolve("classes-home").toString());
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
      int status = builder.start().waitFor();
      if (status != 0) {
        throw new IllegalStateException(script() + " version ended with " + status);
      }
      // It is an optimization: without an archive the tests only take longer.
      Await.quietly(Duration.ofSeconds(180), () -> isRecorded(classes));
      return classes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static boolean isRecorded(Path classes) {
    try (var files = Files.walk(classes)) {
      var names = files.map(file -> file.getFileName().toString()).toList();
      return names.stream().anyMatch(name -> name.endsWith(".jsa"))
          && names.stream().noneMatch(name -> name.endsWith(".claim"));
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  private static Path path(String property) {
    var value = System.getProperty(property);
    if (value == null) {
      throw new IllegalStateException("The system property " + property + " is not set.");
    }
    return Path.of(value).toAbsolutePath().normalize();
  }
}
