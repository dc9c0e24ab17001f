package org.example.ledger;

import dev.gitvan.config.internal.document.DocumentsService;
import dev.gitvan.job.spi.RunStore;
import dev.gitvan.testkit.RunStoreContract;
import java.nio.file.Path;

class LedgerStoreTest extends RunStoreContract {
  @Override
  protected RunStore store(Path shared) {
    return new LedgerStore(shared.resolve("ledger.jsonl"), new DocumentsService());
  }
}
