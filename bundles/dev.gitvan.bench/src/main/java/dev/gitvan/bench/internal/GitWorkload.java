package dev.gitvan.bench.internal;

import dev.gitvan.git.Git;
import dev.gitvan.git.GitRefs;
import dev.gitvan.job.spi.RunTransactions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A workload on two repositories that are alike: GitVan's, and the peer's. */
abstract class GitWorkload implements Workload {
  /** After so many times a program's files are in memory; it gets no faster. */
  static final int WARM_PROGRAM = 20;

  /** Until what a transaction runs is compiled. */
  static final int WARM = 3000;

  private final Plan plan;

  /** What GitVan does it with. */
  record Services(Git git, GitRefs refs, RunTransactions transactions) {}

  GitWorkload(Plan plan) {
    this.plan = plan;
  }

  @Override
  public Plan plan() {
    return plan;
  }

  @Override
  public List<Contender> contenders(Path directory, Consumer<String> absent) throws Exception {
    var contenders = new ArrayList<Contender>();
    var ours = repository(directory.resolve("ours"));
    contenders.add(contender("gitvan", Integer.MAX_VALUE, ours(ours)));
    peer(repository(directory.resolve("theirs")), absent).ifPresent(contenders::add);
    return contenders;
  }

  abstract Path repository(Path directory) throws IOException;

  /** GitVan's way. */
  abstract Round ours(Path root) throws Exception;

  /** The peer, if it is installed. */
  abstract Optional<Contender> peer(Path root, Consumer<String> absent) throws Exception;

  /** {@code git} as the peer. */
  static Optional<Contender> git(Round round) {
    return Optional.of(contender("git", WARM_PROGRAM, round));
  }

  /** Does the operation once. */
  interface Round {
    /** What comes before, and is not measured. */
    default void prepare(int number) throws Exception {}

    void run(int number) throws Exception;
  }

  private static Contender contender(String name, int warmUp, Round round) {
    return new Contender() {
      private int number;

      @Override
      public String name() {
        return name;
      }

      @Override
      public int warmUp(int times) {
        return Math.min(times, warmUp);
      }

      @Override
      public void run(int times, Samples samples) throws Exception {
        for (int i = 0; i < times; i++) {
          round.prepare(number);
          long start = System.nanoTime();
          round.run(number++);
          samples.add(System.nanoTime() - start);
        }
      }
    };
  }
}
