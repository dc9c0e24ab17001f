package dev.gitvan.process.local.internal;

import dev.gitvan.process.ProcessOutput;
import dev.gitvan.process.ProcessSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A JVM that runs a command, and that tests can kill. */
final class ShortLivedJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader lines;

  /**
   * @param script of {@code /bin/sh}; the JVM prints what it prints
   */
  ShortLivedJvm(String script) throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ShortLivedJvm.class.getName(),
                script)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** In the JVM: runs the command to its end. */
  public static void main(String[] arguments) throws Exception {
    var spec =
        ProcessSpec.builder(
                List.of("/bin/sh", "-c", arguments[0]),
                Path.of("/"),
                Map.of("PATH", "/usr/bin:/bin"))
            .output(ProcessOutput.to(System.out))
            .build();
    try (var command = new LocalLauncher().start(spec)) {
      System.exit(command.await().status());
    }
  }

  String line() throws IOException {
    return lines.readLine();
  }

  /** The end of all output: nobody holds the pipe any more. */
  String rest() throws IOException {
    var text = new StringBuilder();
    for (String line; (line = lines.readLine()) != null; ) {
      text.append(line).append('\n');
    }
    return text.toString();
  }

  /** Its watcher, which leads a session and a group of its own. */
  ProcessHandle watcher() {
    return process
        .children()
        .filter(child -> child.info().commandLine().orElse("").contains("gitvan-watcher"))
        .findFirst()
        .orElseThrow();
  }

  void kill() {
    // Process.destroyForcibly would close its output too.
    process.toHandle().destroyForcibly();
  }

  int await() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
