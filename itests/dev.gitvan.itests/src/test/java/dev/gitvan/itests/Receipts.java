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
    int receipts = 0;
    for (var line : git(repository, "notes", "--ref", "gitvan/results", "list").lines().toList()) {
      for (var receipt : git(repository, "cat-file", "blob", line.split(" ")[0]).lines().toList()) {
        var run = receipt.replaceAll("\"steps\":\\[[^]]*]", "");
        receipts += !good || run.contains("\"status\":\"ok\"") ? 1 : 0;
      }
    }
    return receipts;
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
