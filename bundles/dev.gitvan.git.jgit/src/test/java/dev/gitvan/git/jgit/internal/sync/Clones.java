package dev.gitvan.git.jgit.internal.sync;

import dev.gitvan.config.internal.ConfigurationsService;
import dev.gitvan.config.internal.document.DocumentsService;
import dev.gitvan.git.GitSettings;
import dev.gitvan.git.ReceiptSync.Caller;
import dev.gitvan.git.ReceiptSync.Report;
import dev.gitvan.git.ReceiptSync.Request;
import dev.gitvan.git.jgit.internal.JGitGit;
import dev.gitvan.git.jgit.internal.command.GitCommand;
import dev.gitvan.git.jgit.internal.write.Receipts;
import dev.gitvan.job.Deadline;
import dev.gitvan.job.Receipt;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.process.local.internal.LocalLauncher;
import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Two clones of one bare repository with one commit, and receipts in none of the three. */
final class Clones implements AutoCloseable {
  static final String RESULTS = "refs/notes/gitvan/results";

  final GitSandbox first;
  final GitSandbox second;

  /** Bare, and the remote {@code origin} of both. */
  final GitSandbox remote;

  final Receipts gitvan;
  final JGitReceiptSync sync;
  private final Path directory;
  private final GitCommand command = new GitCommand(new LocalLauncher());
  private final Map<String, String> environment;

  Clones(Path directory) {
    first = GitSandbox.init(directory);
    this.directory = first.root().getParent();
    first.commit("a.txt", "1\n", "one");
    remote = bare("remote.git");
    first.git("remote", "add", "origin", remote.root().toString());
    first.git("push", "-q", "-u", "origin", "main");
    second = another("second");
    gitvan = Receipts.open(first);
    environment = new TreeMap<>(first.environment());
    environment.put("PATH", System.getenv("PATH"));
    var documents = new DocumentsService();
    sync =
        new JGitReceiptSync(
            gitvan.repositories,
            new JGitGit(gitvan.repositories, Metrics.NONE, command),
            command,
            ConfigurationsService.with(documents, Metrics.NONE, GitSettings.SECTION));
  }

  /** An empty bare repository. */
  GitSandbox bare(String name) {
    first.git("init", "-q", "--bare", "-b", "main", directory.resolve(name).toString());
    return first.at(directory.resolve(name));
  }

  /** One more clone. */
  GitSandbox another(String name) {
    first.git("clone", "-q", remote.root().toString(), directory.resolve(name).toString());
    return first.at(directory.resolve(name));
  }

  Caller caller() {
    return new Caller(environment, Deadline.in(Duration.ofMinutes(2)));
  }

  /**
   * Puts a script before {@code git}: it is called with what {@code git} is, and that is done
   * afterwards unless it exits.
   *
   * @param script {@code $git} is the real one, {@code $count} the number of the push
   */
  void beforePush(String script) {
    try {
      var bin = Files.createDirectories(directory.resolve("bin"));
      var real =
          first
              .exec(List.of("sh", "-c", "command -v git"), Map.of("PATH", System.getenv("PATH")))
              .out()
              .strip();
      var file = bin.resolve("git");
      Files.writeString(
          file,
          """
          #!/bin/sh
          git=%s
          for argument; do
            if [ "$argument" = push ]; then
              echo >> '%s'
              count=$(grep -c '' '%2$s')
              (unset GIT_DIR GIT_WORK_TREE GIT_CONFIG_COUNT; %s) >&2 || exit 1
            fi
          done
          exec $git "$@"
          """
              .formatted(real, directory.resolve("pushes"), script));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
      environment.put("PATH", bin + ":" + System.getenv("PATH"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How often something was pushed since {@link #beforePush}. */
  long pushes() {
    try {
      return Files.lines(directory.resolve("pushes")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes receipts of these numbers, on HEAD. */
  void receipts(GitSandbox git, int from, int to) {
    try (var tx = gitvan.transactions.begin(git.worktree(), false)) {
      tx.apply(numbers(from, to).map(i -> Receipts.of(Receipts.id(i), tx.base())).toList());
    }
  }

  private static java.util.stream.Stream<Integer> numbers(int from, int to) {
    return IntStream.rangeClosed(from, to).boxed();
  }

  static String[] ids(int from, int to) {
    return numbers(from, to).map(Receipts::id).toArray(String[]::new);
  }

  Report pull(GitSandbox git) {
    return sync(git, "", false);
  }

  Report push(GitSandbox git) {
    return sync(git, "", true);
  }

  Report sync(GitSandbox git, String from, boolean push) {
    return sync.sync(git.worktree(), new Request(from, push, false), caller());
  }

  Report look(GitSandbox git) {
    return sync.sync(git.worktree(), new Request("", true, true), caller());
  }

  /** Every line of all notes, as {@code git} reads them; doubled ones twice. */
  static List<String> lines(GitSandbox git) {
    var found = git.run("grep", "-h", "-a", "-e", "", RESULTS);
    return found.out().lines().toList();
  }

  /** The ids of all receipts that {@code git} reads, sorted; doubled ones twice. */
  static List<String> written(GitSandbox git) {
    var ids = new ArrayList<String>();
    for (var line : lines(git)) {
      if (line.startsWith("{\"id\":\"")) {
        ids.add(line.substring(7, 33));
      }
    }
    return ids.stream().sorted().toList();
  }

  /** The ids of all receipts that GitVan reads, sorted. */
  List<String> read(GitSandbox git) {
    var all = dev.gitvan.job.spi.ReceiptQuery.newest(Integer.MAX_VALUE);
    return gitvan.transactions.receipts(git.worktree(), all).stream()
        .map(Receipt::id)
        .sorted()
        .toList();
  }

  static String tip(GitSandbox git) {
    return git.git("rev-parse", "-q", "--verify", RESULTS);
  }

  @Override
  public void close() {
    gitvan.close();
  }
}
