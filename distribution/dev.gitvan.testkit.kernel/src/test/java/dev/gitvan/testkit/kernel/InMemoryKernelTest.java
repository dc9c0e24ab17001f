package dev.gitvan.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gitvan.cache.CacheSpec;
import dev.gitvan.cache.Codec;
import dev.gitvan.cache.spi.CacheTier;
import dev.gitvan.diagnostics.Rejection;
import dev.gitvan.hook.HookOutcome;
import dev.gitvan.hook.spi.Hook;
import dev.gitvan.job.RunEvent;
import dev.gitvan.job.RunStatus;
import dev.gitvan.job.StandardStream;
import dev.gitvan.job.StepSchema;
import dev.gitvan.job.StepSpec;
import dev.gitvan.job.spi.Job;
import dev.gitvan.job.spi.JobResult;
import dev.gitvan.job.spi.Staging.CommitSpec;
import dev.gitvan.job.spi.StepContext;
import dev.gitvan.job.spi.StepResult;
import dev.gitvan.job.spi.StepType;
import dev.gitvan.schema.Schema;
import dev.gitvan.template.spi.TemplateFilter;
import dev.gitvan.testkit.HeapTier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InMemoryKernelTest {
  private static final Job COMMITS =
      context -> {
        context.print(StandardStream.OUT, "writing");
        context.staging().commit(new CommitSpec("docs: write", List.of("a.txt")));
        return JobResult.ok();
      };

  @TempDir Path directory;

  private InMemoryKernel.Builder builder() {
    return InMemoryKernel.builder(directory);
  }

  private void write(String path, String content) throws IOException {
    var file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  @Test
  void runsAJobAndAppliesWhatItStaged() throws Exception {
    try (var kernel =
        builder().service(Job.class, COMMITS, Map.of("gitvan.job.name", "write")).build()) {
      var run = kernel.run("write");
      assertThat(run.printed()).containsExactly("writing");
      assertThat(run.events(RunEvent.Finished.class)).hasSize(1);
      assertThat(kernel.git().commits()).containsExactly("docs: write");
      assertThat(kernel.git().receipts).containsExactly(run.receipt());
      assertThat(run.receipt().commit()).isEqualTo(kernel.git().head());
    }
  }

  @Test
  void planOfADryRunIsSeenAndNothingIsApplied() throws Exception {
    write(".gitvan/jobs/tag.yaml", "steps: [ { tag: { name: v1, message: One } } ]\n");
    try (var kernel = builder().build()) {
      var run = kernel.run(kernel.order("tag").dryRun(true).build());
      assertThat(run.events(RunEvent.Planned.class))
          .extracting(planned -> planned.effect().kind())
          .containsExactly("tag");
      assertThat(kernel.git().applied).isEmpty();
      assertThat(kernel.git().receipts).isEmpty();
    }
  }

  @Test
  void jobFilesUseContributedStepsAndFilters() throws Exception {
    write(
        ".gitvan/jobs/shout.yaml",
        "inputs: { name: Ada }\nsteps: [ { shout: 'Hello, {{ inputs.name | loud }}' } ]\n");
    TemplateFilter loud = (input, arguments) -> input + "!";
    try (var kernel =
        builder()
            .service(StepType.class, new Shout(), Map.of("gitvan.step.type", "shout"))
            .service(
                TemplateFilter.class,
                loud,
                Map.of(
                    "gitvan.template.filter.name",
                    "loud",
                    "gitvan.template.filter.reproducible",
                    true))
            .build()) {
      assertThat(kernel.rejections()).isEmpty();
      assertThat(kernel.run("shout").printed()).containsExactly("HELLO, ADA!");
    }
  }

  private static final class Shout implements StepType {
    @Override
    public StepSchema schema() {
      return StepSchema.of(Schema.text("What is shouted."));
    }

    @Override
    public StepResult run(StepContext context, StepSpec step) {
      var text = context.renderAll(step.value(), Map.of()).toString();
      context.job().print(StandardStream.OUT, text.toUpperCase(java.util.Locale.ROOT));
      return StepResult.ok("shouted");
    }
  }

  @Test
  void hooksGuardRuns() throws Exception {
    Hook hook = event -> HookOutcome.vetoed("not today");
    try (var kernel =
        builder()
            .service(Job.class, COMMITS, Map.of("gitvan.job.name", "write"))
            .service(
                Hook.class,
                hook,
                Map.of("gitvan.hook.on", "job:before", "gitvan.hook.name", "never"))
            .build()) {
      assertThat(kernel.run("write").receipt().status()).isEqualTo(RunStatus.FAILED);
      assertThat(kernel.git().applied).isEmpty();
    }
  }

  @Test
  void cachesUseContributedTiers() throws Exception {
    var tier = Map.of("gitvan.cache.tier", "test", "gitvan.cache.level", 3);
    try (var kernel = builder().service(CacheTier.class, new HeapTier(), tier).build()) {
      var cache =
          kernel
              .caches()
              .cache(CacheSpec.builder("test", Codec.utf8(), Codec.utf8()).maxEntries(10).build());
      cache.put("a", "1");
      assertThat(cache.peek("a")).contains("1");
      assertThat(kernel.caches().stats())
          .extracting(stats -> stats.tier())
          .contains("heap", "test");
    }
  }

  @Test
  void rejectionsSayWhatIsWrong() {
    try (var kernel =
        builder()
            .service(Job.class, COMMITS, Map.of("gitvan.job.name", "not a name"))
            .service(StepType.class, new Shout(), Map.of("gitvan.step.type", "commit"))
            .build()) {
      assertThat(kernel.rejections())
          .extracting(Rejection::code)
          .containsExactlyInAnyOrder("NAME_INVALID", "NAME_OWNED");
    }
  }

  @Test
  void componentsNeedADescription() {
    var builder = builder();
    assertThatThrownBy(() -> builder.component(new Shout()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Shout.class.getName() + " has no component description");
    builder.build().close();
  }
}
