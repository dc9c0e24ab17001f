package dev.gitvan.bench.internal;

import dev.gitvan.git.RefBatch;
import dev.gitvan.git.RefUpdate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Moves refs, each from a value that it must have, in one batch; the peer is {@code git update-ref
 * --stdin}.
 */
final class RefBatchWorkload extends GitWorkload {
  private final Services services;
  private final int batch;
  private final int refs;

  /**
   * @param batch how many refs move
   * @param refs how many there are
   */
  RefBatchWorkload(Services services, String name, String operation, int batch, int refs) {
    super(new Plan(name, operation, batch > 100 ? 30 : 100, batch > 100 ? 100 : 500));
    this.services = services;
    this.batch = batch;
    this.refs = refs;
  }

  @Override
  Path repository(Path directory) throws IOException {
    var root = GitFixture.repository(directory, 2);
    GitFixture.pack(root, refs);
    return root;
  }

  @Override
  Round ours(Path root) throws IOException {
    var worktree = services.git().discover(root);
    var ids = ids(root);
    return number -> {
      var updates = new ArrayList<RefUpdate>(batch);
      for (int i = 0; i < batch; i++) {
        updates.add(RefUpdate.move(ref(i), ids[number % 2], ids[(number + 1) % 2], ""));
      }
      services.refs().apply(worktree, RefBatch.of(updates));
    };
  }

  @Override
  Optional<Contender> peer(Path root, Consumer<String> absent) throws IOException {
    var ids = ids(root);
    return git(
        number -> {
          var input = new StringBuilder();
          for (int i = 0; i < batch; i++) {
            input.append("update ").append(ref(i)).append(' ').append(ids[(number + 1) % 2]);
            input.append(' ').append(ids[number % 2]).append('\n');
          }
          Programs.feed(root, input.toString(), "update-ref", "--stdin");
        });
  }

  private String ref(int number) {
    return GitFixture.ref(number * (refs / batch));
  }

  /** What the refs are, and another commit. */
  private static String[] ids(Path root) throws IOException {
    return new String[] {GitFixture.head(root), Programs.lines(root, "rev-parse", "HEAD^").get(0)};
  }
}
