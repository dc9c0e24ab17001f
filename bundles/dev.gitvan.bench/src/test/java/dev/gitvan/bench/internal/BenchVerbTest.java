package dev.gitvan.bench.internal;

import dev.gitvan.command.Verb;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.testkit.VerbContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

class BenchVerbTest extends VerbContract {
  @Override
  protected Verb verb() {
    return new BenchVerb(List.of(new NoWork()), List.of());
  }

  @Override
  protected List<List<String>> successes() {
    return List.of(List.of("--runs", "1"), List.of("none", "--samples", "2", "--warm-up", "0"));
  }

  @Override
  protected Map<List<String>, ErrorCode> failures() {
    return Map.of(
        List.of("missing"), Codes.USAGE,
        List.of("--runs", "0"), Codes.USAGE);
  }

  private static final class NoWork implements Workload {
    @Override
    public Plan plan() {
      return new Plan("none", "none", 1, 0);
    }

    @Override
    public List<Contender> contenders(Path directory, Consumer<String> absent) {
      return List.of(new Idle());
    }
  }

  private static final class Idle implements Contender {
    @Override
    public String name() {
      return "gitvan";
    }

    @Override
    public void run(int times, Samples samples) {
      for (int i = 0; i < times; i++) {
        samples.add(1);
      }
    }
  }
}
