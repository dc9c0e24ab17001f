package org.example.gatekeeper;

import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.hook.HookDefinition;
import dev.gitvan.hook.HookEvent;
import dev.gitvan.hook.HookOrder;
import dev.gitvan.hook.HookOutcome;
import dev.gitvan.hook.spi.HookSource;
import dev.gitvan.job.spi.RequireGitVan;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/**
 * Hooks of the file {@code .gatekeeper}. Each line, such as {@code no-release release:before
 * FREEZE}, is a hook that vetoes at a point while a file exists.
 */
@Component
@RequireGitVan
public class FreezeSource implements HookSource {
  @Override
  public List<Found> hooks(WorktreeId worktree) throws IOException {
    var file = worktree.isBare() ? null : worktree.workTree().resolve(".gatekeeper");
    if (file == null || !Files.exists(file)) {
      return List.of();
    }
    var found = new ArrayList<Found>();
    int number = 0;
    for (var line : Files.readAllLines(file)) {
      number++;
      if (!line.isBlank()) {
        found.add(hook(line.strip(), ".gatekeeper:" + number + ":1"));
      }
    }
    return found;
  }

  private static Found hook(String line, String location) {
    var words = line.split("\\s+");
    if (words.length != 3) {
      // The line may be about any point: no hook of this file can be trusted.
      throw GitVanException.of(
          GatekeeperCodes.SYNTAX,
          location,
          "a line has a name, a hook point and a file, but this one has " + words.length + " words",
          "Write it like: no-release release:before FREEZE");
    }
    var definition =
        HookDefinition.builder(words[0], List.of(words[1]), location)
            .order(HookOrder.inGroup("gatekeeper"))
            .build();
    return new Found.Valid(definition, line, event -> check(event, words[2]));
  }

  private static HookOutcome check(HookEvent event, String name) {
    Path file = event.worktree().workTree().resolve(name);
    return Files.exists(file)
        ? HookOutcome.vetoed(name + " exists")
        : HookOutcome.passed();
  }
}
