package dev.gitvan.testkit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;

/**
 * The machine that tests run on. What it lacks skips a test on a developer's machine, where a JDK
 * and Git must be enough, and fails it where {@code CI} is set: there a test that nobody runs would
 * prove nothing.
 */
public final class Machine {
  private Machine() {}

  /** The test needs a program on the {@code PATH}. */
  public static void needsProgram(String name) {
    needs(hasProgram(name), name + " is not installed");
  }

  /** Whether a program is on the {@code PATH}. */
  public static boolean hasProgram(String name) {
    var path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }

  /**
   * The test needs something else of the machine.
   *
   * @param otherwise what is wrong when it is not there
   */
  public static void needs(boolean isThere, String otherwise) {
    if (!isThere && !System.getenv().getOrDefault("CI", "").isEmpty()) {
      throw new AssertionError("This test must run where CI is set, and cannot: " + otherwise);
    }
    Assumptions.assumeTrue(isThere, otherwise);
  }
}
