package dev.gitvan.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A repository with GitVan's files in it, what GitVan says about it, and what Git says. */
final class Repository {
  static final String RECEIPTS = "refs/notes/gitvan/results";

  private final GitSandbox sandbox;
  private final Gitvan gitvan;

  private Repository(GitSandbox sandbox) {
    this.sandbox = sandbox;
    this.gitvan = Gitvan.in(sandbox);
  }

  /** A repository with one commit. */
  static Repository withOneCommit(Path directory) {
    var repository = empty(directory);
    repository.sandbox.commit("README.md", "# Example\n", "Initial commit");
    return repository;
  }

  /** A repository without a commit. */
  static Repository empty(Path directory) {
    return new Repository(GitSandbox.init(directory));
  }

  static Repository of(GitSandbox sandbox) {
    return new Repository(sandbox);
  }

  GitSandbox sandbox() {
    return sandbox;
  }

  Gitvan gitvan() {
    return gitvan;
  }

  Path root() {
    return sandbox.root();
  }

  Path file(String path) {
    return sandbox.root().resolve(path);
  }

  /** Writes a job file in YAML. */
  Repository job(String name, String yaml) {
    sandbox.write(".gitvan/jobs/" + name + ".yaml", yaml);
    return this;
  }

  /** Writes a template. */
  Repository template(String name, String text) {
    sandbox.write(".gitvan/templates/" + name, text);
    return this;
  }

  /** Writes any file. */
  Repository write(String path, String text) {
    sandbox.write(path, text);
    return this;
  }

  /** Writes any bytes. */
  Repository write(String path, byte[] bytes) {
    try {
      Files.write(file(path), bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a symbolic link. */
  Repository link(String path, String target) {
    try {
      Files.createSymbolicLink(file(path), Path.of(target));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Outcome run(String... arguments) {
    return gitvan.run(arguments);
  }

  String git(String... arguments) {
    return sandbox.git(arguments);
  }

  String head() {
    return git("rev-parse", "HEAD");
  }

  /** Whether there is a note with receipts on a revision. */
  boolean hasReceipts(String revision) {
    return sandbox.run("notes", "--ref", "gitvan/results", "show", revision).status() == 0;
  }

  /** The receipts in the note on a revision, in their order. */
  List<Map<String, Object>> receipts(String revision) {
    return git("notes", "--ref", "gitvan/results", "show", revision)
        .lines()
        .filter(line -> !line.isBlank())
        .map(Json::object)
        .toList();
  }

  /** The only receipt in the note on a revision. */
  Map<String, Object> receipt(String revision) {
    var receipts = receipts(revision);
    assertThat(receipts).as("receipts on " + revision).hasSize(1);
    return receipts.get(0);
  }

  /** Every ref with its object; the receipts' only if wanted. */
  String refs(boolean receiptsToo) {
    var refs =
        git("for-each-ref", "--format=%(refname) %(objectname)")
            .lines()
            .filter(line -> receiptsToo || !line.startsWith(RECEIPTS + " "))
            .toList();
    return sandbox.run("symbolic-ref", "-q", "HEAD").out() + String.join("\n", refs);
  }

  /** Nothing is broken, and nothing of GitVan's is lying about. */
  void assertSound() {
    var check = sandbox.run("fsck", "--strict", "--no-dangling", "--no-progress");
    assertThat((check.out() + check.err()).lines().filter(line -> !line.startsWith("notice: ")))
        .as("git fsck")
        .isEmpty();
    assertThat(check.status()).isZero();
    var gitDirectory = Path.of(git("rev-parse", "--absolute-git-dir"));
    try (var files = Files.walk(gitDirectory)) {
      assertThat(
              files
                  .map(file -> gitDirectory.relativize(file).toString())
                  .filter(path -> path.endsWith(".lock") && !path.startsWith("gitvan/")))
          .as("Git's locks in " + gitDirectory)
          .isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The content of the index, byte for byte; empty when there is none. */
  Optional<String> index() {
    var index = Path.of(git("rev-parse", "--absolute-git-dir")).resolve("index");
    try {
      return Files.exists(index)
          ? Optional.of(Snapshot.sha256(Files.readAllBytes(index)))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What must still be there when a command was refused. */
  State state() {
    return new State(
        this,
        Snapshot.of(
            root(), path -> !path.isEmpty() && !path.equals(".git") && !path.startsWith(".git/")),
        refs(false),
        refs(true),
        index());
  }

  /** Worktree, refs and index at a moment. */
  record State(
      Repository repository,
      Snapshot worktree,
      String refs,
      String refsAndReceipts,
      Optional<String> index) {
    /** Nothing happened: no file, no ref, no receipt; the repository is sound. */
    void assertUntouched() {
      assertThat(repository.refs(true)).as("refs").isEqualTo(refsAndReceipts);
      assertUntouchedButForReceipt();
    }

    /** As {@link #assertUntouched}, but the failed run may have left its receipt. */
    void assertUntouchedButForReceipt() {
      worktree.assertUnchanged();
      assertThat(repository.refs(false)).as("refs").isEqualTo(refs);
      assertThat(repository.index()).as("index").isEqualTo(index);
      repository.assertSound();
    }
  }
}
