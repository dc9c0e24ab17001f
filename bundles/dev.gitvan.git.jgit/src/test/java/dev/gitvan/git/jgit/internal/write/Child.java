package dev.gitvan.git.jgit.internal.write;

import dev.gitvan.git.jgit.internal.refs.Failpoint;
import dev.gitvan.job.spi.RunTransaction.CommitOrigin;
import dev.gitvan.job.spi.Staging.CommitSpec;
import dev.gitvan.job.spi.Staging.NoteSpec;
import dev.gitvan.job.spi.Staging.TagSpec;
import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A GitVan process of its own, for tests in which it is killed, or in which there are several. */
public final class Child {
  private Child() {}

  /**
   * {@code commit ID}: a run with a commit of out.txt, a tag and a note; {@code receipt ID}: one
   * with nothing but a receipt; {@code receipts FIRST COUNT}: so many of them.
   */
  public static void main(String[] arguments) {
    try (var gitvan = Receipts.open(System.getenv(), Failpoint.ofProcess())) {
      var worktree = gitvan.repositories.discover(Path.of("."));
      switch (arguments[0]) {
        case "commit" -> {
          var id = arguments[1];
          try (var tx = gitvan.transactions.begin(worktree, false)) {
            tx.commit(
                new CommitSpec("docs: update", List.of("out.txt")),
                new CommitOrigin(id, "changelog"));
            tx.tag(new TagSpec("made-by-" + id, "m"));
            tx.note(new NoteSpec("refs/notes/review", "checked"));
            tx.apply(List.of(Receipts.of(id, tx.base())));
          }
        }
        case "receipt" -> gitvan.run(worktree, arguments[1]);
        case "receipts" -> {
          int first = Integer.parseInt(arguments[1]);
          for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
            gitvan.run(worktree, Receipts.id(first + i));
          }
        }
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    }
  }

  /** Starts it in a sandbox's repository. */
  static Process start(GitSandbox git, List<String> options, String... arguments)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(git.root().toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("GIT"));
    builder.environment().putAll(git.environment());
    return builder.redirectErrorStream(true).start();
  }
}
