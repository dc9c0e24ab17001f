package dev.gitvan.bench.internal;

import dev.gitvan.git.Git;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.RunStatus;
import dev.gitvan.job.Trigger;
import dev.gitvan.job.spi.RunTransaction.CommitSpec;
import dev.gitvan.job.spi.RunTransactions;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Edits a file in a repository of 1,000 files, commits it and writes a note on the commit: as a run
 * transaction, and as {@code git commit --only} and {@code git notes append}.
 */
@Component(service = Workload.class)
public final class GitWorkload implements Workload {
  private static final int FILES = 1000;

  /** After so many times a program's files are in memory; it gets no faster. */
  private static final int WARM_PROGRAM = 20;

  private final Git git;
  private final RunTransactions transactions;

  @Activate
  public GitWorkload(@Reference Git git, @Reference RunTransactions transactions) {
    this.git = git;
    this.transactions = transactions;
  }

  @Override
  public String name() {
    return "git-ops";
  }

  @Override
  public String operation() {
    return "git.commit_with_receipt";
  }

  @Override
  public int samples() {
    return 200;
  }

  @Override
  public int warmUp() {
    return 1000;
  }

  @Override
  public List<Contender> contenders(Path directory, Consumer<String> absent) throws Exception {
    return List.of(
        new Ours(repository(directory.resolve("ours"))),
        new Theirs(repository(directory.resolve("theirs"))));
  }

  private static Path repository(Path directory) throws IOException {
    Files.createDirectories(directory);
    Programs.git(directory, "init", "-q", "-b", "main");
    Programs.git(directory, "config", "user.name", "Bench");
    Programs.git(directory, "config", "user.email", "bench@example.org");
    Programs.git(directory, "config", "commit.gpgsign", "false");
    Programs.git(directory, "config", "gc.auto", "0");
    var stream = new StringBuilder("commit refs/heads/main\n");
    stream.append("committer Bench <bench@example.org> 1700000000 +0000\ndata 5\nfirst\n");
    for (int i = 0; i < FILES; i++) {
      stream.append("M 100644 inline d").append(i / 50).append("/f").append(i).append(".txt\n");
      stream.append(String.format(Locale.ROOT, "data 5%n%04d%n", i).replace("\r", ""));
    }
    Programs.feed(directory, stream.toString(), "fast-import", "--quiet");
    Programs.git(directory, "reset", "-q", "--hard", "main");
    return directory.toRealPath();
  }

  private static String edit(Path root, int number) throws IOException {
    var path = "d" + number % (FILES / 50) + "/f" + number % (FILES / 50) * 50 + ".txt";
    Files.writeString(root.resolve(path), "change " + number + " " + System.nanoTime() + "\n");
    return path;
  }

  private final class Ours implements Contender {
    private final Path root;
    private final WorktreeId worktree;
    private int edits;

    Ours(Path root) {
      this.root = root;
      this.worktree = git.discover(root);
    }

    @Override
    public String name() {
      return "gitvan";
    }

    @Override
    public void run(int times, Samples samples) throws IOException {
      for (int i = 0; i < times; i++) {
        var path = edit(root, edits++);
        long start = System.nanoTime();
        try (var transaction = transactions.begin(worktree, false)) {
          var id = String.format(Locale.ROOT, "01BENCH%019d", edits);
          transaction.commit(new CommitSpec(id, "bench", "change a file", List.of(path)));
          transaction.apply(List.of(receipt(id, transaction.base().head())));
        }
        samples.add(System.nanoTime() - start);
      }
    }

    private Receipt receipt(String id, String head) {
      var now = Instant.now();
      return new Receipt(
          id,
          "bench",
          "1",
          "",
          Trigger.command(),
          head,
          "",
          "refs/heads/main",
          worktree.name(),
          RunStatus.OK,
          now,
          now,
          0,
          1,
          Map.of(),
          List.of(),
          List.of(),
          null,
          "",
          "localhost",
          "");
    }
  }

  private static final class Theirs implements Contender {
    private final Path root;
    private int edits;

    Theirs(Path root) {
      this.root = root;
    }

    @Override
    public String name() {
      return "git";
    }

    @Override
    public int warmUp(int times) {
      return Math.min(times, WARM_PROGRAM);
    }

    @Override
    public void run(int times, Samples samples) throws IOException {
      for (int i = 0; i < times; i++) {
        var path = edit(root, edits++);
        long start = System.nanoTime();
        Programs.git(root, "commit", "-q", "-m", "change a file", "--only", "--", path);
        Programs.git(root, "notes", "--ref", "bench", "append", "-m", "{\"id\":\"" + edits + "\"}");
        samples.add(System.nanoTime() - start);
      }
    }
  }
}
