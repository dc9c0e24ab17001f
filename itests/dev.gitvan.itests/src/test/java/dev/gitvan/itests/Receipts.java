package dev.gitvan.itests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The receipts in a repository, as the {@code git} command reads them. */
final class Receipts {
  private Receipts() {}

  /**
   * How many there are.
   *
   * @param good whether to count those of runs that ended well only
   */
  static int count(Path repository, boolean good) throws IOException, InterruptedException {
    return (int)
        git(repository, "grep", "-h", "-e", "^{", "refs/notes/gitvan/results")
            .lines()
            .map(receipt -> receipt.replaceAll("\"steps\":\\[[^]]*]", ""))
            .filter(run -> !good || run.contains("\"status\":\"ok\""))
            .count();
  }

  private static String git(Path repository, String... arguments)
      throws IOException, InterruptedException {
    var line = new ArrayList<>(List.of("git", "-C", repository.toString()));
    line.addAll(List.of(arguments));
    var process = new ProcessBuilder(line).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? output : "";
  }
}
