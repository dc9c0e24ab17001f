package dev.gitvan.bench.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One run of a workload: after a warm-up the contenders take turns, in small rounds, so that what
 * else the machine does falls on all of them alike.
 */
final class Duel {
  private static final int ROUNDS = 10;

  private Duel() {}

  /** Each contender's samples, GitVan's first. */
  static Map<String, Samples> fight(
      Workload workload, Path directory, int warmUp, int samples, Consumer<String> notice)
      throws Exception {
    var contenders = new ArrayList<Contender>();
    try {
      contenders.addAll(workload.contenders(directory, notice));
      for (var contender : contenders) {
        contender.run(contender.warmUp(warmUp), new Samples());
      }
      return takeTurns(contenders, samples);
    } finally {
      for (var contender : contenders) {
        contender.close();
      }
    }
  }

  private static Map<String, Samples> takeTurns(List<Contender> contenders, int samples)
      throws Exception {
    var results = new LinkedHashMap<String, Samples>();
    contenders.forEach(contender -> results.put(contender.name(), new Samples()));
    int rounds = Math.min(ROUNDS, samples);
    for (int round = 0; round < rounds; round++) {
      int times = samples / rounds + (round < samples % rounds ? 1 : 0);
      for (var contender : contenders) {
        contender.run(times, results.get(contender.name()));
      }
    }
    return results;
  }
}
