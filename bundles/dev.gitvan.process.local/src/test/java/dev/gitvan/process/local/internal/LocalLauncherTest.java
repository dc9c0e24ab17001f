package dev.gitvan.process.local.internal;

import dev.gitvan.process.ProcessLauncher;
import dev.gitvan.testkit.ProcessLauncherContract;
import org.junit.jupiter.api.AfterEach;

class LocalLauncherTest extends ProcessLauncherContract {
  private final LocalLauncher launcher = new LocalLauncher();

  @AfterEach
  void close() {
    launcher.close();
  }

  @Override
  protected ProcessLauncher launcher() {
    return launcher;
  }
}
