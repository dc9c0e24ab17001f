package dev.gitvan.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That every workload works, not how fast. */
class BenchIT {
  @TempDir Path directory;

  @Test
  @SuppressWarnings("unchecked")
  void measuresEveryContenderOfEveryOperation() {
    var repository = Repository.withOneCommit(directory);
    var outcome =
        repository.run(
            "--json",
            "bench",
            "git-ops",
            "git-objects",
            "config",
            "cache.get.memory_1000",
            "template.render",
            "git.refs_batch_100_of_1000",
            "git.receipt_after_1000",
            "--runs=1",
            "--warm-up=1",
            "--samples=2");
    var results = (List<Map<String, Object>>) outcome.json("gitvan.bench.v1").get("results");
    var peers =
        results.stream()
            .collect(
                Collectors.groupingBy(
                    result -> result.get("op"),
                    Collectors.mapping(result -> result.get("peer"), Collectors.toList())));
    for (var operation :
        List.of(
            "git.commit_with_receipt",
            "git.commit_with_receipt_durable",
            "git.refs_batch_10",
            "git.refs_batch_100",
            "git.refs_batch_1000",
            "git.refs_batch_100_of_1000",
            "git.receipt_after_1000",
            "git.object_read")) {
      assertThat(peers.get(operation)).as(operation).containsExactly("gitvan", "git");
    }
    assertThat(peers).containsKeys("template.render", "cache.get.memory_1000");
    assertThat(peers.get("job.edit_status_note")).first().isEqualTo("gitvan");
    assertThat(results)
        .allSatisfy(result -> assertThat(((Number) result.get("n")).longValue()).isEqualTo(2))
        .allSatisfy(result -> assertThat(((Number) result.get("p50")).doubleValue()).isPositive());
    repository.assertSound();
  }

  @Test
  void refusesWhatIsNoWorkload() {
    var repository = Repository.withOneCommit(directory);
    var problem = repository.run("bench", "git-opps").refused("USAGE");
    assertThat(problem.toString()).contains("git-ops");
    repository.run("bench", "config", "--runs=0").refused("USAGE");
  }
}
