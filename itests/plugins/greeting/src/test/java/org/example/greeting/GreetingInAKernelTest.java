package org.example.greeting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.job.RunStatus;
import dev.gitvan.metrics.Operation;
import dev.gitvan.testkit.kernel.InMemoryKernel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts of this plugin together. */
class GreetingInAKernelTest {
  @TempDir Path directory;
  private InMemoryKernel kernel;

  @BeforeEach
  void start() {
    kernel =
        InMemoryKernel.builder(directory)
            .component(new GreetingJob())
            .component(new GreetingSection())
            .component(new PhraseBook())
            .component(new PoliteHook())
            .build();
    assertThat(kernel.rejections()).isEmpty();
  }

  @AfterEach
  void stop() {
    kernel.close();
  }

  @Test
  void greetsAsTheAnnotationAndTheConfigurationSay() throws Exception {
    assertThat(kernel.run("greeting").printed()).containsExactly("Hello, world!");
    Files.writeString(directory.resolve("gitvan.yaml"), "plugins: { greeting: { loud: true } }\n");
    assertThat(kernel.run("greeting").printed()).containsExactly("HELLO, WORLD!");
    assertThat(kernel.git().receipts).hasSize(2);
    assertThat(kernel.metrics().stats())
        .filteredOn(stats -> stats.operation().equals(Operation.JOB_RUN))
        .singleElement()
        .satisfies(stats -> assertThat(stats.count()).isEqualTo(2));
  }

  @Test
  void theHookStopsAGreetingThatShouts() throws Exception {
    var order = kernel.order("greeting").inputs(Map.of("name", "world!")).build();
    var stopped = kernel.run(order);
    assertThat(stopped.receipt().status()).isEqualTo(RunStatus.FAILED);
    assertThat(stopped.receipt().error().what()).contains("please do not shout");
    assertThat(stopped.printed()).isEmpty();
  }

  @Test
  void runsPhrasesAndJobFiles() throws Exception {
    Files.writeString(directory.resolve("phrases.txt"), "bye = Good bye!\n");
    var jobs = Files.createDirectories(directory.resolve(".gitvan/jobs"));
    Files.writeString(
        jobs.resolve("both.yaml"),
        """
        inputs: { name: Ada }
        steps:
          - job: { name: greeting, inputs: { name: "{{ inputs.name | upper }}" } }
          - job: { name: bye }
          - commit: { message: "docs: greet", paths: [greeting.txt] }
        """);
    var run = kernel.run("both");
    assertThat(run.printed()).containsExactly("Hello, ADA!", "Good bye!");
    assertThat(kernel.git().commits()).containsExactly("docs: greet");
  }
}
