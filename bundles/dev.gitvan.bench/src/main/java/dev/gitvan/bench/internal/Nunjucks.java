package dev.gitvan.bench.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Nunjucks in a resident Node process that times its own renders: neither its start nor the pipe is
 * in the figures.
 */
final class Nunjucks implements Contender {
  private final Process process;
  private final Writer requests;
  private final BufferedReader answers;

  Nunjucks(Path directory, Path templates, String digest) throws IOException {
    var script = directory.resolve("nunjucks-peer.js");
    Files.write(script, TemplateWorkload.resource("nunjucks-peer.js"));
    process =
        new ProcessBuilder("node", script.toString(), templates.toString(), digest)
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    requests = process.outputWriter(StandardCharsets.UTF_8);
    answers =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8), 1 << 16);
    if (!"ready".equals(answers.readLine())) {
      throw new IOException("nunjucks does not render the expected page");
    }
  }

  static boolean isInstalled(Path directory) throws IOException {
    return Programs.succeeds(directory, List.of("node", "-e", "require('nunjucks')"));
  }

  @Override
  public String name() {
    return "nunjucks";
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
