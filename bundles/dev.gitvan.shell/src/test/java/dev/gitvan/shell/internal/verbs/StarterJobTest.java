package dev.gitvan.shell.internal.verbs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.job.RunStatus;
import dev.gitvan.testkit.kernel.InMemoryKernel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the starter's job stages, with a template that needs no history. */
class StarterJobTest {
  @TempDir Path directory;

  private void write(String path, String text) throws IOException {
    var file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"changelog.yaml", "changelog.json"})
  void commitsAndTags(String job) throws Exception {
    try (var in = InitVerb.class.getResourceAsStream("starter/" + job)) {
      write(".gitvan/jobs/" + job, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
    write(
        ".gitvan/templates/changelog.md.peb",
        "---\nto: CHANGELOG.md\nforce: overwrite\n---\n{{ prefix }}:{{ release }}\n");
    try (var kernel = InMemoryKernel.builder(directory).build()) {
      assertThat(kernel.run("changelog").receipt().status()).isEqualTo(RunStatus.OK);
      assertThat(Files.readString(directory.resolve("CHANGELOG.md"))).isEqualTo("v:\n");
      assertThat(kernel.git().applied.toString())
          .contains("docs: update changelog", "CHANGELOG.md")
          .doesNotContain("tag");
      kernel.git().applied.clear();
      var order = kernel.order("changelog").inputs(Map.of("release", "1.20", "tag", true));
      assertThat(kernel.run(order.build()).receipt().status()).isEqualTo(RunStatus.OK);
      assertThat(Files.readString(directory.resolve("CHANGELOG.md"))).isEqualTo("v:1.20\n");
      assertThat(kernel.git().applied.toString())
          .contains("chore(release): 1.20", "v1.20", "Release 1.20");
    }
  }
}
