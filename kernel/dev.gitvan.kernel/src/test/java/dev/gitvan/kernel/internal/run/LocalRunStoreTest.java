package dev.gitvan.kernel.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.config.internal.document.DocumentsService;
import dev.gitvan.job.JobOrder;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.StoredRun;
import dev.gitvan.job.spi.RunStore;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.repository.WorktreeId;
import dev.gitvan.testkit.RunStoreContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalRunStoreTest extends RunStoreContract {
  private static final DocumentsService DOCUMENTS = new DocumentsService();
  private static final Map<String, String> ENVIRONMENT = Map.of("TOKEN", "confidential");

  @Override
  protected RunStore store(Path shared) {
    return new LocalRunStore(() -> DOCUMENTS, InstantSource.system(), Owner.self("testhost"));
  }

  @Test
  void environmentIsNotWrittenAndNotKeptAfterTheEnd(@TempDir Path git) throws Exception {
    var store = store(git);
    var worktree = new WorktreeId(git, new RepositoryId(git), null);
    var order = JobOrder.builder(worktree, "job").environment(ENVIRONMENT).key("k").build();
    var run = StoredRun.accepted("01", order, Instant.now());
    store.accept(run);
    assertThat(store.find("01").orElseThrow().order().environment()).isEqualTo(ENVIRONMENT);
    store.update(run.ended(Receipt.builder("01", "job").build()));
    assertThat(store.find("01").orElseThrow().order().environment()).isEmpty();
    try (var files = Files.list(KeyFiles.directory(worktree.repository()))) {
      assertThat(files)
          .isNotEmpty()
          .allSatisfy(file -> assertThat(file).content().doesNotContain("confidential"));
    }
  }

  @Test
  void oldestEndedRunsAreForgotten(@TempDir Path git) {
    var store = store(git);
    var order = JobOrder.of(new WorktreeId(git, new RepositoryId(git), null), "job");
    var waiting = StoredRun.accepted("00000", order, Instant.now());
    store.accept(waiting);
    for (int i = 1; i <= 1001; i++) {
      var id = String.format("%05d", i);
      var run = StoredRun.accepted(id, order, Instant.now());
      store.accept(run);
      store.update(run.ended(Receipt.builder(id, "job").build()));
    }
    assertThat(store.list()).hasSize(1001).contains(waiting);
    assertThat(store.find("00001")).isEmpty();
    assertThat(store.find("00002")).isPresent();
  }
}
