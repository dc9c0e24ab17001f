package dev.gitvan.bench.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Peers that are programs, started apart from the user's Git configuration. */
final class Programs {
  private Programs() {}

  /** Runs {@code git}, which must succeed. */
  static void git(Path directory, String... arguments) throws IOException {
    var command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    int status = status(directory, command);
    if (status != 0) {
      throw new IOException(String.join(" ", command) + " ended with " + status);
    }
  }

  /** Feeds {@code git} with standard input; it must succeed. */
  static void feed(Path directory, String input, String... arguments) throws IOException {
    var command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    var process = builder(directory, command).start();
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    if (await(process) != 0) {
      throw new IOException(String.join(" ", command) + " failed");
    }
  }

  /** What {@code git} prints, line by line; it must succeed. */
  static List<String> lines(Path directory, String... arguments) throws IOException {
    var process = start(directory, arguments);
    process.getOutputStream().close();
    var lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    if (await(process) != 0) {
      throw new IOException("git " + String.join(" ", arguments) + " failed");
    }
    return lines;
  }

  /** Starts {@code git}, to be talked to. */
  static Process start(Path directory, String... arguments) throws IOException {
    var command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    return builder(directory, command).redirectOutput(ProcessBuilder.Redirect.PIPE).start();
  }

  /** Whether a program exists and succeeds. */
  static boolean succeeds(Path directory, List<String> command) {
    try {
      return status(directory, command) == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  private static int status(Path directory, List<String> command) throws IOException {
    var process = builder(directory, command).start();
    process.getOutputStream().close();
    return await(process);
  }

  private static ProcessBuilder builder(Path directory, List<String> command) {
    var builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    builder.environment().put("LC_ALL", "C");
    return builder;
  }

  private static int await(Process process) throws IOException {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
