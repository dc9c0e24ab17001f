package dev.gitvan.git.jgit.internal.batch;

import dev.gitvan.git.RefBatch;
import dev.gitvan.git.RefUpdate;
import dev.gitvan.git.jgit.internal.refs.Failpoint;
import java.nio.file.Path;
import java.util.ArrayList;

/**
 * A process that applies a batch. Its arguments are {@code +REF=ID} to create, {@code REF=ID} to
 * put, {@code -REF} to delete.
 */
final class BatchChild {
  private BatchChild() {}

  public static void main(String[] arguments) {
    var updates = new ArrayList<RefUpdate>();
    for (var argument : arguments) {
      int equals = argument.indexOf('=');
      if (argument.startsWith("-")) {
        updates.add(RefUpdate.delete(argument.substring(1)));
      } else if (argument.startsWith("+")) {
        updates.add(
            RefUpdate.create(
                argument.substring(1, equals), argument.substring(equals + 1), "created"));
      } else {
        updates.add(
            RefUpdate.put(argument.substring(0, equals), argument.substring(equals + 1), "moved"));
      }
    }
    try (var gitvan = Batches.open(System.getenv(), Failpoint.ofProcess())) {
      var worktree = gitvan.repositories.discover(Path.of("."));
      gitvan.refs.apply(worktree, RefBatch.of(updates));
    }
  }
}
