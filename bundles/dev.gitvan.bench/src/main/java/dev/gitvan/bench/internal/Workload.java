package dev.gitvan.bench.internal;

import java.nio.file.Path;
import java.util.List;

/** An operation worth measuring, and who can do it. */
interface Workload {
  /**
   * What is measured, and how often.
   *
   * @param workload the name on the command line, such as {@code templates}
   * @param operation such as {@code template.render}
   * @param samples of each contender in one run, unless the user says otherwise
   * @param warmUp how many times the operation is done before anything is measured
   */
  record Plan(String workload, String operation, int samples, int warmUp) {}

  Plan plan();

  /**
   * Those who take part, GitVan first; a peer that is not installed is left out.
   *
   * @param directory an empty directory to work in
   * @param absent receives the reason why a peer is left out
   */
  List<Contender> contenders(Path directory, java.util.function.Consumer<String> absent)
      throws Exception;
}
