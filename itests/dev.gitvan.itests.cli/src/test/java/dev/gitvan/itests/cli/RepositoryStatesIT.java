package dev.gitvan.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.testkit.GitSandbox;
import dev.gitvan.testkit.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repositories in every state that users leave them in. */
class RepositoryStatesIT {
  private static final String COMMITS =
      """
      steps:
        - { template: t.peb, to: out.md }
        - commit: { message: "docs: out", paths: [out.md] }
      """;
  private static final String RENDERS = "steps:\n  - { template: t.peb, to: out.md }\n";

  @TempDir Path directory;

  @Test
  void outsideARepository() throws IOException {
    var repository = prepared();
    var outside = Files.createDirectories(repository.sandbox().home().resolve("outside"));
    var gitvan = repository.gitvan().at(outside);
    for (var command :
        List.of("run commits", "init", "job list", "receipt list", "template list")) {
      gitvan.run(command.split(" ")).refused("REPO_NOT_FOUND");
    }
    assertThat(outside).isEmptyDirectory();
    gitvan.run("version").ok();
    gitvan.run("perf", "stats").ok();
    gitvan.run("diag").ok();
    gitvan.run("config", "schema").ok();
  }

  @Test
  void withoutACommit() {
    var repository = Repository.empty(directory);
    repository.template("t.peb", "{{ git.branch }} {{ git.commits | length }}\n");
    repository.job("commits", COMMITS);
    var refused = repository.run("-q", "run", "commits").refused("REPO_EMPTY");
    assertThat(refused.message()).contains("commit");
    assertThat(repository.file("out.md")).doesNotExist();
    assertThat(repository.sandbox().run("for-each-ref", "--format=%(refname)").out().strip())
        .isEqualTo("refs/notes/gitvan/results");
    repository.run("job", "list").ok();
    repository.run("receipt", "list").ok();
    repository.assertSound();
  }

  @Test
  void withDetachedHead() {
    var repository = prepared();
    repository.git("checkout", "-q", "--detach");
    var before = repository.refs(false);
    repository.run("-q", "run", "commits").refused("HEAD_DETACHED");
    assertThat(repository.file("out.md")).as("no step has run").doesNotExist();
    assertThat(repository.refs(false)).isEqualTo(before);
    repository.run("run", "renders").ok();
    assertThat(repository.receipts("HEAD")).hasSize(2);
    assertThat(repository.git("rev-parse", "--abbrev-ref", "HEAD")).isEqualTo("HEAD");
    repository.assertSound();
  }

  /** A file that people have changed is not replaced, whether Git knows it or not. */
  @Test
  void withAnOutputThatIsNotCommitted() {
    var repository = prepared();
    repository.write("out.md", "by hand\n");
    for (var command : List.of("run renders", "run renders --dry-run", "run commits")) {
      var refused = repository.run(("-q " + command).split(" ")).refused("REPO_DIRTY");
      assertThat(refused.place() + refused.message()).contains("out.md", "force: overwrite");
      assertThat(repository.sandbox().read("out.md")).isEqualTo("by hand\n");
    }
    repository.git("add", "out.md");
    repository.git("commit", "-q", "-m", "Keep it");
    repository.run("run", "renders").ok();
    repository.template("t.peb", "other\n");
    repository.run("run", "renders").ok();
    assertThat(repository.sandbox().read("out.md")).isEqualTo("other\n");
    repository.assertSound();
  }

  /** What Git sets for its hooks: another index, another place, objects that are not accepted. */
  @Test
  void withGitsVariables() throws IOException {
    var repository = prepared();
    repository.template("clean.peb", "{{ git.isClean }} {{ git.root }}");
    repository.git("add", ".");
    repository.git("commit", "-qm", "prepared");
    var index = repository.file(".git/next-index-1.lock");
    Files.copy(repository.file(".git/index"), index);
    repository.sandbox().write("new.txt", "1\n");
    repository
        .sandbox()
        .exec(List.of("git", "add", "new.txt"), Map.of("GIT_INDEX_FILE", index.toString()));
    var hook = repository.gitvan().with("GIT_INDEX_FILE", index.toString());
    var root = repository.root().toString();
    assertThat(hook.run("template", "render", "clean.peb").ok().out()).isEqualTo("false " + root);
    assertThat(hook.run("--repo", ".", "template", "render", "clean.peb").ok().out())
        .isEqualTo("true " + root);
    assertThat(hook.run("-q", "run", "commits").refused("REPO_UNSUPPORTED").place())
        .startsWith("GIT_INDEX_FILE=");
    assertThat(repository.file("out.md")).as("no step has run").doesNotExist();

    var elsewhere = repository.gitvan().at(repository.sandbox().home());
    var named = elsewhere.with("GIT_DIR", root + "/.git").with("GIT_WORK_TREE", root);
    assertThat(named.run("template", "render", "clean.peb").ok().out()).isEqualTo("true " + root);
    elsewhere.with("GIT_DIR", "/nowhere").run("job", "list").refused("REPO_NOT_FOUND");
    var quarantine = repository.gitvan().with("GIT_QUARANTINE_PATH", root + "/.git/objects/tmp");
    assertThat(quarantine.run("job", "list").refused("REPO_UNSUPPORTED").place())
        .isEqualTo("GIT_QUARANTINE_PATH");
    quarantine.run("version").ok();
  }

  @Test
  void bare() throws IOException {
    var repository = prepared();
    var bare = repository.sandbox().home().resolve("bare.git");
    repository.git("clone", "-q", "--bare", repository.root().toString(), bare.toString());
    var gitvan = repository.gitvan().at(bare);
    gitvan.run("init").refused("REPO_BARE");
    gitvan.run("run", "commits").refused("JOB_NOT_FOUND");
    gitvan.run("receipt", "list").ok();
    assertThat(bare.resolve("gitvan.yaml")).doesNotExist();
    var fsck = repository.sandbox().at(bare).run("fsck", "--strict");
    assertThat(fsck.status()).isZero();
  }

  /** Refused before a commit is made, left as it was, and still to be finished by its user. */
  @Test
  void inTheMiddleOfARebase() {
    var repository = prepared();
    conflict(repository);
    assertThat(repository.sandbox().run("rebase", "side").status()).isNotZero();
    refusesToCommit(repository);
    repository.git("rebase", "--abort");
    repository.run("run", "commits").ok();
  }

  @Test
  void inTheMiddleOfAMerge() {
    var repository = prepared();
    conflict(repository);
    assertThat(repository.sandbox().run("merge", "side").status()).isNotZero();
    refusesToCommit(repository);
    repository.git("merge", "--abort");
  }

  @Test
  void inTheMiddleOfACherryPick() {
    var repository = prepared();
    conflict(repository);
    assertThat(repository.sandbox().run("cherry-pick", "side").status()).isNotZero();
    refusesToCommit(repository);
    repository.git("cherry-pick", "--abort");
  }

  /** Nothing remembers where a repository was. */
  @Test
  void moved() throws IOException {
    var repository = prepared();
    repository.run("run", "commits").ok();
    var moved = Files.move(repository.root(), directory.toRealPath().resolve("elsewhere"));
    var there = Repository.of(repository.sandbox().at(moved));
    there.template("t.peb", "changed\n");
    there.run("run", "commits").ok();
    assertThat(there.receipt("HEAD")).containsEntry("worktree", "elsewhere");
    assertThat(there.run("receipt", "list").ok().out().lines().filter(l -> l.contains("commits")))
        .hasSize(2);
    there.assertSound();
  }

  /** A linked worktree whose repository was moved away belongs to none. */
  @Test
  void linkedWorktreeOfAMovedRepository() throws IOException {
    var repository = prepared();
    var linked = directory.toRealPath().resolve("linked");
    repository.git("worktree", "add", "-q", linked.toString());
    Files.move(repository.root(), directory.toRealPath().resolve("elsewhere"));
    var problem = repository.gitvan().at(linked).run("job", "list").refused("REPO_NOT_FOUND");
    assertThat(problem.place() + problem.message()).contains("linked");
  }

  /**
   * Nothing can be written anywhere in the repository. Root ignores modes, so root gives up the
   * capability to do so; without {@code setpriv} the test fails rather than passing for nothing.
   *
   * <p>Shown to fail while the error named a temporary file.
   */
  @Test
  void readOnly() throws IOException {
    var repository = prepared();
    var before = repository.state();
    chmod(repository, "a-w");
    try {
      var gitvan = withModesEnforced(repository.gitvan());
      var problem = gitvan.run("-q", "run", "commits").refused("ACCESS_DENIED");
      assertThat(problem.place()).isEqualTo(repository.file(".git/gitvan").toString());
      gitvan.run("-q", "run", "renders").refused("ACCESS_DENIED");
      gitvan.run("init").refused("ACCESS_DENIED");
      gitvan.run("job", "list").ok();
      gitvan.run("run", "commits", "--dry-run").ok();
    } finally {
      chmod(repository, "u+w");
    }
    assertThat(repository.file("out.md")).doesNotExist();
    assertThat(repository.refs(true)).isEqualTo(before.refsAndReceipts());
    assertThat(repository.index()).isEqualTo(before.index());
    repository.assertSound();
  }

  /**
   * The worktree can be written, the Git directory cannot: no file is left by a temp file either.
   */
  @Test
  void readOnlyGitDirectory() throws IOException {
    var repository = prepared();
    repository.sandbox().exec(List.of("chmod", "-R", "a-w", ".git"), Map.of());
    try {
      withModesEnforced(repository.gitvan()).run("-q", "run", "commits").refused("ACCESS_DENIED");
    } finally {
      repository.sandbox().exec(List.of("chmod", "-R", "u+w", ".git"), Map.of());
    }
    assertThat(repository.hasReceipts("HEAD")).isFalse();
    repository.assertSound();
  }

  /** An output directory without a byte left. */
  @Test
  void fullDisk() {
    var repository = prepared();
    repository.template("big.peb", "{% for i in range(1, 9999) %}0123456789{% endfor %}\n");
    repository.job("big", "steps:\n  - { template: big.peb, to: full/big.md }\n");
    repository.write("full/.keep", "");
    var script =
        """
        mount -t tmpfs -o size=64k tmpfs full || exit 77
        dd if=/dev/zero of=full/fill bs=1k count=40 2>/dev/null
        "$@"
        status=$?
        ls -A full >&3
        exit $status
        """;
    var left = repository.sandbox().home().resolve("left.txt");
    var outcome =
        repository
            .gitvan()
            .through("unshare", "-rm", "sh", "-c", "exec 3>" + left + "\n" + script, "sh")
            .run("-q", "run", "big");
    Machine.needs(
        outcome.status() != 77 && !outcome.err().contains("unshare"),
        "this system lets nobody mount a small file system: " + outcome.err());
    outcome.refused("DISK_FULL");
    assertThat(left).hasContent("fill\n");
    repository.assertSound();
  }

  /**
   * Another user's repository could run their programs as us. Only root can make one. Shown to fail
   * when the owner is not looked at, and when the repository's own configuration may trust it.
   */
  @Test
  void anotherUsersRepository() throws IOException {
    var repository = prepared();
    Files.writeString(
        repository.file(".git/config"),
        "[safe]\n\tdirectory = *\n",
        java.nio.file.StandardOpenOption.APPEND);
    Machine.needs(
        repository.sandbox().exec(List.of("chown", "-R", "65534", "."), Map.of()).status() == 0,
        "only root can give a repository away");
    assertThat(repository.sandbox().run("status").status()).as("git itself").isEqualTo(128);
    var before = Snapshot.of(repository.root());
    for (var command :
        List.of(
            "run commits",
            "run renders --dry-run",
            "init",
            "job list",
            "template list",
            "receipt list",
            "receipt sync",
            "lock list",
            "cache show")) {
      var problem = repository.run(command.split(" ")).refused("REPO_NOT_TRUSTED");
      assertThat(problem.place()).as(command).isEqualTo(repository.root().toString());
      assertThat(problem.message()).as(command).contains("safe.directory");
    }
    before.assertUnchanged();
    trust(repository, "/somewhere/else");
    repository.run("run", "renders").refused("REPO_NOT_TRUSTED");
    before.assertUnchanged();
    trust(repository, repository.root().toString());
    repository.run("run", "commits").ok();
    assertThat(repository.receipts("HEAD")).hasSize(1);
    repository.assertSound();
  }

  private static void trust(Repository repository, String directory) {
    repository
        .sandbox()
        .at(repository.sandbox().home())
        .git("config", "--global", "--add", "safe.directory", directory);
  }

  @Test
  void unknownExtension() {
    var repository = prepared();
    repository.git("config", "core.repositoryFormatVersion", "1");
    repository.git("config", "extensions.frobnicate", "true");
    var problem = repository.run("run", "commits").refused("REPO_UNSUPPORTED");
    assertThat(problem.message()).contains("frobnicate");
  }

  @Test
  void objectFormatThatIsNotSupported() {
    var sandbox = GitSandbox.init(directory, "--object-format=sha256");
    sandbox.commit("README.md", "x\n", "First");
    Repository.of(sandbox).run("job", "list").refused("REPO_UNSUPPORTED");
  }

  /** Somebody else's lock: named with its age, waited for only shortly, never removed. */
  @Test
  void foreignIndexLock() throws IOException {
    var repository = prepared();
    var refs = repository.refs(false);
    var lock = Files.writeString(repository.file(".git/index.lock"), "");
    Files.setLastModifiedTime(
        lock,
        java.nio.file.attribute.FileTime.from(
            java.time.Instant.now().minus(java.time.Duration.ofHours(3))));
    var problem = repository.run("-q", "run", "commits").refused("REPO_LOCKED");
    assertThat(problem.place() + problem.message()).contains("index.lock", "3 h");
    assertThat(lock).exists();
    assertThat(repository.refs(false)).isEqualTo(refs);
    Files.delete(lock);
    repository.run("run", "commits").ok();
    repository.assertSound();
  }

  private Repository prepared() {
    var repository = Repository.withOneCommit(directory);
    repository.template("t.peb", "text\n");
    repository.job("commits", COMMITS);
    repository.job("renders", RENDERS);
    return repository;
  }

  private static void conflict(Repository repository) {
    repository.git("checkout", "-q", "-b", "side");
    repository.sandbox().commit("README.md", "# Side\n", "Change it here");
    repository.git("checkout", "-q", "main");
    repository.sandbox().commit("README.md", "# Main\n", "Change it there");
  }

  private static void refusesToCommit(Repository repository) {
    var refs = repository.refs(false);
    var index = repository.index();
    repository.run("-q", "run", "commits").refused("REPO_IN_PROGRESS");
    assertThat(repository.file("out.md")).as("no step has run").doesNotExist();
    assertThat(repository.refs(false)).isEqualTo(refs);
    assertThat(repository.index()).isEqualTo(index);
    repository.run("run", "renders").ok();
  }

  private static void chmod(Repository repository, String mode) {
    repository.sandbox().exec(List.of("chmod", "-R", mode, "."), Map.of());
  }

  private static Gitvan withModesEnforced(Gitvan gitvan) throws IOException {
    if (!Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
      return gitvan;
    }
    return gitvan.through("setpriv", "--bounding-set=-dac_override,-dac_read_search");
  }
}
