package dev.gitvan.bench.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What many jobs do: edit a file, ask for the status, write a note. The peer is a resident Node
 * process that calls {@code git status} and {@code git notes append}, and times itself.
 */
final class StatusWorkload extends GitWorkload {
  private final Services services;

  StatusWorkload(Services services, String name) {
    super(new Plan(name, "job.edit_status_note", 200, WARM));
    this.services = services;
  }

  @Override
  Path repository(Path directory) throws IOException {
    return GitFixture.repository(directory, 1);
  }

  @Override
  Round ours(Path root) {
    var worktree = services.git().discover(root);
    return number -> {
      GitFixture.edit(root, number);
      try (var repository = services.git().open(worktree);
          var transaction = services.transactions().begin(worktree, false)) {
        if (repository.status().isClean()) {
          throw new IllegalStateException("the edit was not seen");
        }
        var id = ReceiptOf.id(number);
        transaction.apply(List.of(ReceiptOf.run(id, transaction.base().head(), worktree)));
      }
    };
  }

  @Override
  Optional<Contender> peer(Path root, Consumer<String> absent) throws IOException {
    if (!Programs.succeeds(root, List.of("node", "--version"))) {
      absent.accept("node: not found; install it to compare");
      return Optional.empty();
    }
    return Optional.of(
        new NodePeer("node+git", root.getParent(), "status-peer.js", root.toString()) {
          @Override
          public int warmUp(int times) {
            return Math.min(times, WARM_PROGRAM);
          }
        });
  }
}
