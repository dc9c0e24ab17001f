package org.example.gatekeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.hook.HookEvent;
import dev.gitvan.hook.HookOutcome;
import dev.gitvan.hook.spi.HookSource;
import dev.gitvan.hook.spi.HookSource.Found;
import dev.gitvan.testkit.GitSandbox;
import dev.gitvan.testkit.HookSourceContract;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FreezeSourceTest extends HookSourceContract {
  @Override
  protected HookSource source() {
    return new FreezeSource();
  }

  @Override
  protected void define(GitSandbox repository) {
    repository.write(
        ".gatekeeper", "no-release release:before FREEZE\n\nno-push pre-push FREEZE\n");
  }

  @Override
  protected List<String> names() {
    return List.of("no-release", "no-push");
  }

  @Override
  protected void change(GitSandbox repository) {
    repository.write(
        ".gatekeeper", "no-release release:before HALT\n\nno-push pre-push FREEZE\n");
  }

  @Override
  protected void spoil(GitSandbox repository) {
    repository.write(".gatekeeper", "no-release\n");
  }

  @Test
  void vetoesWhileTheFileExists() throws Exception {
    var file = worktree().workTree().resolve(".gatekeeper");
    Files.writeString(file, "no-release release:before FREEZE\n");
    assertThat(call()).isEqualTo(HookOutcome.passed());
    Files.createFile(worktree().workTree().resolve("FREEZE"));
    assertThat(call()).isEqualTo(HookOutcome.vetoed("FREEZE exists"));
  }

  private HookOutcome call() throws Exception {
    var event =
        new HookEvent(
            "release:before", worktree(), Map.of("version", "1.0"), HookEvent.DEFAULT_LIMIT);
    return ((Found.Valid) source().hooks(worktree()).get(0)).hook().call(event);
  }
}
