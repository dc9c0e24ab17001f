package org.example.ledger;

import dev.gitvan.job.spi.RunStore;
import dev.gitvan.testkit.RunStoreContract;
import dev.gitvan.testkit.kernel.InMemoryKernel;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;

class LedgerStoreTest extends RunStoreContract {
  private InMemoryKernel kernel;

  @Override
  protected RunStore store(Path shared) {
    if (kernel == null) {
      kernel = InMemoryKernel.builder(shared).build();
    }
    return new LedgerStore(shared.resolve("ledger.jsonl"), kernel.documents());
  }

  @AfterEach
  void stop() {
    kernel.close();
  }
}
