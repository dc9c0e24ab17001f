package dev.gitvan.bench.internal;

import dev.gitvan.job.spi.RunTransaction.CommitOrigin;
import dev.gitvan.job.spi.Staging.CommitSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Commits an edited file and writes a note on the commit: as a run transaction, and as {@code git
 * commit --only} and {@code git notes append}.
 */
final class CommitWorkload extends GitWorkload {
  private final Services services;
  private final int commits;
  private final boolean durable;

  /**
   * @param commits that there are before
   * @param durable whether everything is synced to the disk
   */
  CommitWorkload(Services services, String name, String operation, int commits, boolean durable) {
    super(new Plan(name, operation, durable ? 100 : 200, WARM));
    this.services = services;
    this.commits = commits;
    this.durable = durable;
  }

  @Override
  Path repository(Path directory) throws IOException {
    var root = GitFixture.repository(directory, commits);
    if (durable) {
      GitFixture.makeDurable(root);
    }
    return root;
  }

  @Override
  Round ours(Path root) {
    var worktree = services.git().discover(root);
    return new Editing(root) {
      @Override
      public void run(int number) {
        try (var transaction = services.transactions().begin(worktree, false)) {
          var id = ReceiptOf.id(number);
          transaction.commit(
              new CommitSpec("change a file", List.of(path)), new CommitOrigin(id, "bench"));
          var receipt = ReceiptOf.run(id, transaction.base().head(), worktree);
          transaction.apply(List.of(receipt));
        }
      }
    };
  }

  @Override
  Optional<Contender> peer(Path root, Consumer<String> absent) {
    return git(
        new Editing(root) {
          @Override
          public void run(int number) throws IOException {
            Programs.git(root, "commit", "-q", "-m", "change a file", "--only", "--", path);
            Programs.git(
                root, "notes", "--ref", "bench", "append", "-m", "{\"id\":\"" + number + "\"}");
          }
        });
  }

  private abstract static class Editing implements Round {
    private final Path root;
    String path;

    Editing(Path root) {
      this.root = root;
    }

    @Override
    public void prepare(int number) throws IOException {
      path = GitFixture.edit(root, number);
    }
  }
}
