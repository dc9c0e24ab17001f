package dev.gitvan.git.jgit.internal.write;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.jgit.internal.refs.Failpoint;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Runs that each commit a change of one file, in a worktree where others are at work. */
final class Worker {
  /** What asks to run it again. */
  private static final Set<ErrorCode> BUSY =
      Set.of(Codes.REPO_LOCKED, Codes.REPO_MOVED, Codes.HEAD_MOVED, Codes.REPO_IN_PROGRESS);

  /** Longer than anything keeps a repository busy here. */
  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(2);

  private final Receipts gitvan;
  private final WorktreeId worktree;
  private final String file;
  private final int firstId;
  private int done;

  Worker(Receipts gitvan, WorktreeId worktree, String file, int firstId) {
    this.gitvan = gitvan;
    this.worktree = worktree;
    this.file = file;
    this.firstId = firstId;
  }

  /** A process with one worker: {@code FILE FIRST COUNT}; COUNT 0: until standard input ends. */
  public static void main(String[] arguments) throws IOException {
    try (var gitvan = Receipts.open(System.getenv(), Failpoint.NONE)) {
      var worktree = gitvan.repositories.discover(Path.of("."));
      var worker = new Worker(gitvan, worktree, arguments[0], Integer.parseInt(arguments[1]));
      int count = Integer.parseInt(arguments[2]);
      while (count == 0 ? System.in.available() == 0 : worker.done() < count) {
        worker.run();
      }
      System.out.println("done " + worker.done());
    }
  }

  /** One run, done again while the repository is busy. */
  void run() throws IOException {
    Files.writeString(worktree.workTree().resolve(file), "run " + done + "\n");
    long start = System.nanoTime();
    while (true) {
      try {
        gitvan.run(worktree, Receipts.id(firstId + done), file + " " + done, new String[] {file});
        done++;
        return;
      } catch (GitVanException e) {
        if (!BUSY.contains(e.code()) || System.nanoTime() - start > PATIENCE) {
          throw e;
        }
      }
    }
  }

  /** How many runs have succeeded. */
  int done() {
    return done;
  }
}
