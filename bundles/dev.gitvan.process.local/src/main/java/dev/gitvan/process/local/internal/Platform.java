package dev.gitvan.process.local.internal;

import dev.gitvan.process.ProcessSpec;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** What differs between operating systems. */
final class Platform {
  static final boolean WINDOWS = File.separatorChar == '\\';

  /** Input that is at its end, output that nobody wants. */
  static final File NULL = new File(WINDOWS ? "NUL" : "/dev/null");

  /** The shell, and the only program of which GitVan knows where it is. */
  static final String SHELL = "/bin/sh";

  /** The search path of {@code execvp} without a {@code PATH}. */
  static final String DEFAULT_PATH = "/bin:/usr/bin";

  private static final Optional<String> SETSID =
      Stream.of("/usr/bin/setsid", "/bin/setsid")
          .filter(path -> Files.isExecutable(Path.of(path)))
          .findFirst();

  private Platform() {}

  /** The program that runs another one in a session, and thereby in a group, of its own. */
  static Optional<String> setsid() {
    return SETSID;
  }

  /**
   * The program of a spec, as the operating system takes it from any parent.
   *
   * @throws NoSuchFileException if it is not there
   */
  static String program(ProcessSpec spec) throws IOException {
    var name = spec.command().get(0);
    if (WINDOWS) {
      return name;
    }
    var path = name.indexOf('/') >= 0 ? "" : spec.environment().getOrDefault("PATH", DEFAULT_PATH);
    return Arrays.stream(path.split(":", -1))
        .map(folder -> file(spec.directory(), folder, name))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(() -> new NoSuchFileException(name));
  }

  private static Optional<String> file(Path directory, String folder, String name) {
    try {
      var file = directory.resolve(folder).resolve(name).toAbsolutePath();
      return Files.isRegularFile(file) && Files.isExecutable(file)
          ? Optional.of(file.toString())
          : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
