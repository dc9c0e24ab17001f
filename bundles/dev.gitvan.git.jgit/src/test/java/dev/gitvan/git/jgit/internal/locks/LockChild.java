package dev.gitvan.git.jgit.internal.locks;

import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.LockRequest;
import dev.gitvan.git.RefBatch;
import dev.gitvan.git.RefUpdate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A process that locks; it does a line of standard input after the other, and answers each. */
final class LockChild {
  /** How answers begin. */
  static final String ANSWER = "> ";

  private LockChild() {}

  /**
   * {@code hold NAME LEASE_MS}: acquires a lock and does what comes on standard input: a line
   * {@code REF ID} creates a ref under the lock's fence, {@code check} asks whether it is held,
   * {@code close} releases it. {@code index}: holds the index's lock. {@code count NAME TIMES
   * FILE}: so many times adds one to the number in a file, under the lock.
   */
  public static void main(String[] arguments) throws IOException {
    try (var gitvan = Locking.open(System.getenv())) {
      var worktree = gitvan.repositories.discover(Path.of("."));
      switch (arguments[0]) {
        case "hold" -> {
          var request =
              LockRequest.of(arguments[1], "the child")
                  .withLease(Duration.ofMillis(Long.parseLong(arguments[2])))
                  .waiting(Duration.ofSeconds(60));
          var lock = gitvan.locks.acquireRef(worktree, request);
          System.out.println(ANSWER + "held " + lock.epoch());
          var input = new BufferedReader(new InputStreamReader(System.in));
          for (var line = input.readLine(); line != null; line = input.readLine()) {
            System.out.println(
                answer(
                    switch (line) {
                      case "check" -> lock::check;
                      case "close" -> lock::close;
                      default -> {
                        var words = line.split(" ");
                        yield () ->
                            gitvan.refs.apply(
                                worktree,
                                RefBatch.of(RefUpdate.create(words[0], words[1], "by the child"))
                                    .fencedBy(lock.fence()));
                      }
                    }));
          }
        }
        case "index" -> {
          gitvan.locks.acquireIndex(worktree, Duration.ZERO);
          System.out.println(ANSWER + "held");
          System.in.read();
        }
        case "count" -> {
          var file = Path.of(arguments[3]);
          for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
            var request = LockRequest.of(arguments[1], "counter").waiting(Duration.ofSeconds(120));
            try (var lock = gitvan.locks.acquireRef(worktree, request)) {
              int number = Integer.parseInt(Files.readString(file));
              lock.check();
              Files.writeString(file, Integer.toString(number + 1));
            }
          }
        }
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    }
  }

  private static String answer(Runnable action) {
    try {
      action.run();
      return ANSWER + "done";
    } catch (GitVanException e) {
      return ANSWER + e.code();
    }
  }
}
