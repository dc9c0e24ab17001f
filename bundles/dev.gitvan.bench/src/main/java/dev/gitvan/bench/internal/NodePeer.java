package dev.gitvan.bench.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A peer in a resident Node process that times itself: neither its start nor the pipe is in the
 * figures.
 */
class NodePeer implements Contender {
  private final String name;
  private final Process process;
  private final Writer requests;
  private final BufferedReader answers;

  /**
   * @param script a resource: prints {@code ready}, then for each number that it reads as many
   *     durations in nanoseconds, a line each
   */
  NodePeer(String name, Path directory, String script, String... arguments) throws IOException {
    this.name = name;
    var file = directory.resolve(script);
    Files.write(file, TemplateWorkload.resource(script));
    var command = new ArrayList<>(List.of("node", file.toString()));
    command.addAll(List.of(arguments));
    process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    requests = process.outputWriter(StandardCharsets.UTF_8);
    answers =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8), 1 << 16);
    if (!"ready".equals(answers.readLine())) {
      process.destroy();
      throw new IOException(name + " does not do what is expected");
    }
  }

  /** Whether Node finds all of these packages. */
  static boolean isInstalled(Path directory, String... packages) throws IOException {
    for (var each : packages) {
      var found =
          Programs.succeeds(directory, List.of("node", "-e", "require.resolve('" + each + "')"));
      if (!found) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void run(int times, Samples samples) throws IOException {
    requests.write(times + "\n");
    requests.flush();
    for (int i = 0; i < times; i++) {
      samples.add(Long.parseLong(answers.readLine()));
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
