package dev.gitvan.kernel.internal.run;

import dev.gitvan.extension.spi.SharedService;
import dev.gitvan.testkit.MemoryTransactions;

/** Transactions whose bundle can go. */
final class FakeGit extends MemoryTransactions implements SharedService {
  /** Whether its bundle is gone, and loads no class any more. */
  volatile boolean gone;

  @Override
  protected void called() {
    if (gone) {
      throw new NoClassDefFoundError("org/example/git/Internal");
    }
  }
}
