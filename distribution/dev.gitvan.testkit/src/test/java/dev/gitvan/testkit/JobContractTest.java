package dev.gitvan.testkit;

import dev.gitvan.job.Artifact;
import dev.gitvan.job.StandardStream;
import dev.gitvan.job.spi.Job;
import dev.gitvan.job.spi.JobResult;
import dev.gitvan.job.spi.Staging.CommitSpec;
import dev.gitvan.job.spi.StepResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The contract, on a job that keeps it. */
class JobContractTest extends JobContract {
  @Override
  protected Map<String, Object> inputs() {
    return Map.of("name", "world");
  }

  @Override
  protected Job job() {
    return context -> {
      var text = ("Hello, " + context.inputs().get("name")).getBytes(StandardCharsets.UTF_8);
      context.step(
          "write",
          "greeting",
          null,
          () -> {
            Files.write(context.worktree().workTree().resolve("greeting.txt"), text);
            return StepResult.ok("wrote greeting.txt");
          });
      var digest = MessageDigest.getInstance("SHA-256").digest(text);
      var sha256 = HexFormat.of().formatHex(digest);
      context.artifact(new Artifact("greeting.txt", sha256, text.length));
      context.print(StandardStream.OUT, "greeted");
      context.staging().commit(new CommitSpec("Greet", List.of("greeting.txt")));
      return JobResult.ok("greeted");
    };
  }
}
