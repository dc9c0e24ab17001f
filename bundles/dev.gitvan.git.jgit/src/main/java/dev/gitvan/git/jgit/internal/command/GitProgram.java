package dev.gitvan.git.jgit.internal.command;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.process.ProcessLauncher;
import dev.gitvan.process.ProcessOutput;
import dev.gitvan.process.ProcessSpec;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The {@code git} of a search path, and its version. Only absolute folders are searched: a relative
 * one would be the repository's. Safe for any thread.
 */
final class GitProgram {
  /** Older ones do not read {@code GIT_CONFIG_COUNT}, by which programs are taken away. */
  static final Version OLDEST = new Version(2, 31);

  private static final Pattern VERSION = Pattern.compile("git version (\\d+)\\.(\\d+)");
  private static final int MAX_OUTPUT = 1000;
  private static final Duration ASKING = Duration.ofMinutes(1);
  private static final boolean WINDOWS = File.separatorChar == '\\';

  /** Where {@code execvp} searches for a caller without a {@code PATH}. */
  private static final String DEFAULT_PATH = "/bin:/usr/bin";

  private final ProcessLauncher launcher;
  private final Map<Path, Known> known = new ConcurrentHashMap<>();

  GitProgram(ProcessLauncher launcher) {
    this.launcher = launcher;
  }

  /** The two numbers that features depend on. */
  record Version(int major, int minor) implements Comparable<Version> {
    @Override
    public int compareTo(Version other) {
      return major != other.major ? major - other.major : minor - other.minor;
    }

    @Override
    public String toString() {
      return major + "." + minor;
    }
  }

  private record Known(FileTime modified, Version version) {}

  /**
   * Finds the program.
   *
   * @param environment with the {@code PATH} to search
   * @throws GitVanException {@code GIT_UNAVAILABLE}
   */
  Path find(Map<String, String> environment, Version atLeast) {
    var program =
        Arrays.stream(environment.getOrDefault("PATH", DEFAULT_PATH).split(File.pathSeparator))
            .map(GitProgram::in)
            .filter(file -> file != null && Files.isRegularFile(file) && Files.isExecutable(file))
            .findFirst()
            .orElseThrow(
                () -> unavailable("there is no git command on the PATH", "Install Git, or add it"));
    var version = version(program, environment);
    if (version.compareTo(atLeast) < 0) {
      throw unavailable(
          program + " is Git " + version + ", but this needs " + atLeast, "Install a newer one");
    }
    return program;
  }

  private static Path in(String folder) {
    try {
      var path = Path.of(folder);
      return path.isAbsolute() ? path.resolve(WINDOWS ? "git.exe" : "git") : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private Version version(Path program, Map<String, String> environment) {
    try {
      var modified = Files.getLastModifiedTime(program);
      var seen = known.get(program);
      if (seen == null || !seen.modified().equals(modified)) {
        seen = new Known(modified, ask(program, environment));
        known.put(program, seen);
      }
      return seen.version();
    } catch (IOException e) {
      throw unavailable(program + " cannot be started: " + e.getMessage(), "Install Git");
    }
  }

  private Version ask(Path program, Map<String, String> caller) throws IOException {
    var environment = new HashMap<>(caller);
    environment.keySet().removeIf(name -> name.startsWith("GIT_"));
    environment.put("LC_ALL", "C");
    var output = new ByteArrayOutputStream();
    var spec =
        ProcessSpec.builder(
                List.of(program.toString(), "version"), program.getParent(), environment)
            .output(ProcessOutput.to(output, MAX_OUTPUT))
            .timeLimit(ASKING)
            .build();
    try (var process = launcher.start(spec)) {
      process.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("it was cancelled");
    }
    var matcher = VERSION.matcher(output.toString(StandardCharsets.UTF_8));
    if (!matcher.find()) {
      throw new IOException("it does not print its version");
    }
    return new Version(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  private static GitVanException unavailable(String what, String remedy) {
    return GitVanException.of(
        Codes.GIT_UNAVAILABLE,
        "",
        what,
        remedy + ": docs/git.md lists what needs the git command.");
  }
}
