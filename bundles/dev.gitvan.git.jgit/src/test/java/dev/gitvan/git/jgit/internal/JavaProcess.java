package dev.gitvan.git.jgit.internal;

import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a test's class as a process of its own, that may be killed. */
public final class JavaProcess {
  private JavaProcess() {}

  /**
   * Starts it in a sandbox's repository and environment; what it prints to standard error comes
   * with its output.
   */
  public static Process start(
      GitSandbox git, Class<?> main, List<String> options, String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(git.root().toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("GIT"));
    builder.environment().putAll(git.environment());
    return builder.redirectErrorStream(true).start();
  }
}
