package dev.gitvan.testkit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;

/**
 * Requirements of tests on the machine that they run on. A missing requirement skips a test on a
 * developer's machine, where a JDK and Git must be enough, and fails it if {@code CI} is set, where
 * a skipped test would prove nothing.
 */
public final class Machine {
  private Machine() {}

  /** Requires a program on the {@code PATH}. */
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
   * Requires another property of the machine.
   *
   * @param otherwise description of the missing requirement
   */
  public static void needs(boolean isThere, String otherwise) {
    if (!isThere && !System.getenv().getOrDefault("CI", "").isEmpty()) {
      throw new AssertionError("This test must run where CI is set, and cannot: " + otherwise);
    }
    Assumptions.assumeTrue(isThere, otherwise);
  }
}
