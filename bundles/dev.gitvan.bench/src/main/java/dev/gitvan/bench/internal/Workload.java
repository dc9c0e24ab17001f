package dev.gitvan.bench.internal;

import java.nio.file.Path;
import java.util.List;

/** An operation worth measuring, and who can do it. */
interface Workload {
  /** The name on the command line, such as {@code templates}. */
  String name();

  /** What is measured, such as {@code template.render}. */
  String operation();

  /** Samples of each contender in one run, unless the user says otherwise. */
  int samples();

  /** How many times the operation is done before anything is measured. */
  int warmUp();

  /**
   * Those who take part, GitVan first; a peer that is not installed is left out.
   *
   * @param directory an empty directory to work in
   * @param absent told why a peer is left out
   */
  List<Contender> contenders(Path directory, java.util.function.Consumer<String> absent)
      throws Exception;
}
