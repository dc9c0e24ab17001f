package dev.gitvan.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.job.Artifact;
import dev.gitvan.job.Receipt;
import dev.gitvan.job.RunStatus;
import dev.gitvan.job.spi.ReceiptQuery;
import dev.gitvan.job.spi.RunTransaction;
import dev.gitvan.job.spi.RunTransaction.CommitOrigin;
import dev.gitvan.job.spi.RunTransactions;
import dev.gitvan.job.spi.Staging;
import dev.gitvan.job.spi.Staging.CommitSpec;
import dev.gitvan.job.spi.Staging.NoteSpec;
import dev.gitvan.job.spi.Staging.RefChange;
import dev.gitvan.job.spi.Staging.TagSpec;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of {@link RunTransactions}. Results are read back with the {@code git} command. */
public abstract class RunTransactionContract extends Contract {
  /** The ref of the receipts. */
  protected static final String RESULTS = "refs/notes/gitvan/results";

  private static final AtomicInteger IDS = new AtomicInteger();

  @TempDir protected Path directory;
  protected GitSandbox git;
  private WorktreeId worktree;
  private RunTransactions transactions;

  /**
   * Creates the provider for one test.
   *
   * @param environment its environment
   */
  protected abstract RunTransactions transactions(Map<String, String> environment);

  @BeforeEach
  void begin() {
    git = GitSandbox.init(directory);
    worktree = git.worktree();
    transactions = transactions(git.environment());
  }

  /** Returns the id of a new run; later ids sort after earlier ones. */
  protected static String newId() {
    return "01J%023d".formatted(IDS.incrementAndGet());
  }

  /** Returns a receipt with artifacts. */
  protected static Receipt with(Receipt r, Artifact... artifacts) {
    return r.toBuilder().artifacts(List.of(artifacts)).build();
  }

  /** Stages a commit of paths for a run. */
  protected static Optional<String> commit(RunTransaction tx, String id, String... paths) {
    return tx.commit(
        new CommitSpec("docs: update", List.of(paths)), new CommitOrigin(id, "changelog"));
  }

  private static Optional<String> drafted(RunTransaction tx, List<Artifact> drafts, String path) {
    return tx.commit(
        new CommitSpec("docs: update", List.of(path)),
        new CommitOrigin(newId(), "changelog", drafts, true));
  }

  protected RunTransaction open() {
    return transactions.begin(worktree, false);
  }

  /** Runs a transaction that commits paths. */
  protected Receipt run(String... paths) {
    var id = newId();
    try (var tx = open()) {
      commit(tx, id, paths);
      return tx.apply(List.of(SampleReceipt.of(id, "changelog", tx.base()))).get(0);
    }
  }

  protected static void assertCode(ErrorCode code, Runnable call) {
    assertThatExceptionOfType(GitVanException.class)
        .isThrownBy(call::run)
        .satisfies(e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }

  protected void assertSound() {
    var fsck = git.run("fsck", "--full", "--strict", "--no-dangling");
    assertThat(fsck.status()).as(fsck.out() + fsck.err()).isZero();
    assertThat(fsck.err()).doesNotContain("error").doesNotContain("missing");
  }

  /** The ids of all receipts that Git shows, on any object. */
  protected List<String> receiptIds() {
    var ids = new ArrayList<String>();
    for (var line : git.git("notes", "--ref", RESULTS, "list").split("\n")) {
      for (var receipt : git.git("cat-file", "blob", line.split(" ")[0]).split("\n")) {
        if (receipt.startsWith("{\"id\":\"")) {
          ids.add(receipt.substring(7, receipt.indexOf('"', 7)));
        }
      }
    }
    return ids;
  }

  @Test
  void commitAndReceiptAppearTogether() {
    var first = git.commit("a.txt", "1\n", "one");
    git.write("docs/b.txt", "2\n");
    var id = newId();
    String staged;
    try (var tx = open()) {
      assertThat(tx.base()).isEqualTo(new Staging.Base(first, "refs/heads/main"));
      staged = commit(tx, id, "docs/b.txt").orElseThrow();
      assertThat(tx.head()).contains(staged);
      assertThat(tx.staged()).containsExactly(new RefChange("refs/heads/main", first, staged));
      // Readable before anything has moved.
      assertThat(git.git("show", staged + ":docs/b.txt")).isEqualTo("2");
      assertThat(git.git("rev-parse", "HEAD")).isEqualTo(first);
      var written = tx.apply(List.of(SampleReceipt.of(id, "changelog", tx.base())));
      assertThat(written).singleElement().satisfies(r -> assertThat(r.commit()).isEqualTo(staged));
    }
    assertThat(git.git("rev-parse", "HEAD")).isEqualTo(staged);
    assertThat(git.git("symbolic-ref", "HEAD")).isEqualTo("refs/heads/main");
    assertThat(git.git("log", "-1", "--format=%an <%ae> %cn"))
        .isEqualTo("Ada Lovelace <ada@example.org> Ada Lovelace");
    assertThat(git.git("log", "-1", "--format=%(trailers:only)").strip())
        .matches("Gitvan-Run: " + id + " [0-9a-f]{16}\nGitvan-Job: changelog");
    assertThat(git.git("notes", "--ref", "gitvan/results", "show", "HEAD"))
        .startsWith("{\"id\":\"" + id + "\",\"schema\":\"gitvan.receipt.v1\",\"job\":\"changelog\"")
        .doesNotContain("\n");
    assertThat(git.git("log", "-1", "--notes=gitvan/results")).contains(id);
    assertThat(git.git("status", "--porcelain")).isEmpty();
    assertThat(git.run("diff-index", "--quiet", "HEAD").status()).isZero();
    assertThat(git.run("diff-files", "--quiet").status()).isZero();
    assertSound();
  }

  @Test
  void reflogsOfBranchAndHeadTellTheMove() {
    var first = git.commit("a.txt", "1\n", "one");
    git.write("a.txt", "2\n");
    var made = run("a.txt").commit();
    for (var ref : List.of("HEAD", "refs/heads/main")) {
      assertThat(git.git("reflog", "-1", "--format=%H %gn %gs", ref))
          .isEqualTo(made + " Ada Lovelace commit: docs: update");
      assertThat(git.git("rev-parse", ref + "@{1}")).isEqualTo(first);
    }
    assertThat(git.git("reflog", "--format=%gs", RESULTS)).startsWith("notes: ");
  }

  @Test
  void aFailedRunLeavesOnlyItsReceipt() {
    var first = git.commit("a.txt", "1\n", "one");
    git.write("a.txt", "2\n");
    var id = newId();
    try (var tx = open()) {
      commit(tx, id, "a.txt");
      tx.tag(new TagSpec("v1", "one"));
      tx.note(new NoteSpec("refs/notes/review", "checked"));
      tx.discard();
      assertThat(tx.staged()).isEmpty();
      assertThat(tx.head()).contains(first);
      var failed =
          SampleReceipt.of(id, "changelog", tx.base())
              .withOutcome(
                  RunStatus.FAILED, new Problem(Codes.STEP_FAILED, "", "no", ""), Instant.now());
      assertThat(tx.apply(List.of(failed)).get(0).commit()).isEmpty();
    }
    assertThat(git.git("for-each-ref", "--format=%(refname)"))
        .isEqualTo("refs/heads/main\n" + RESULTS);
    assertThat(git.git("rev-parse", "HEAD")).isEqualTo(first);
    assertThat(git.git("notes", "--ref", RESULTS, "show", "HEAD")).contains("\"failed\"");
    assertThat(git.git("status", "--porcelain")).isEqualTo(" M a.txt");
    assertSound();
  }

  @Test
  void whatElseTheUserStagedOrChangedStaysAsItIs() {
    git.commit("mine.txt", "1\n2\n3\n", "one");
    git.commit("other.txt", "x\n", "two");
    git.commit("gone.txt", "x\n", "three");
    git.write("mine.txt", "1\nstaged\n3\n");
    git.git("add", "mine.txt");
    git.write("mine.txt", "1\nstaged\nunstaged\n");
    git.git("rm", "-q", "gone.txt");
    git.write("new.txt", "n\n");
    git.git("add", "new.txt");
    git.write("intended.txt", "n\n");
    git.git("add", "-N", "intended.txt");
    git.git("update-index", "--assume-unchanged", "other.txt");
    git.write("out/CHANGELOG.md", "changes\n");
    var before = indexWithout("out/CHANGELOG.md");
    var status = git.git("status", "--porcelain");
    run("out");
    assertThat(indexWithout("out/CHANGELOG.md")).isEqualTo(before);
    assertThat(git.read("mine.txt")).isEqualTo("1\nstaged\nunstaged\n");
    assertThat(git.git("status", "--porcelain")).isEqualTo(status.replace("\n?? out/", ""));
    assertThat(git.git("show", "--name-only", "--format=")).isEqualTo("out/CHANGELOG.md");
    assertThat(git.git("ls-files", "-v", "other.txt")).startsWith("h ");
  }

  private String indexWithout(String path) {
    var lines = new StringBuilder();
    boolean skip = false;
    for (var line : git.git("ls-files", "-s", "--debug").split("\n")) {
      if (!line.startsWith(" ")) {
        skip = line.endsWith("\t" + path);
      }
      if (!skip) {
        lines.append(line).append('\n');
      }
    }
    return lines.toString();
  }

  @Test
  void commitsWhatGitCommitOnlyWould() throws IOException {
    git.write("dir/keep.txt", "1\n");
    git.write("dir/change.txt", "1\n");
    git.write("dir/delete.txt", "1\n");
    git.write("dir/run.sh", "1\n");
    git.write("dir/becomes-dir", "1\n");
    git.write("becomes-file/x", "1\n");
    git.write(".gitignore", "*.log\n");
    git.git("add", ".");
    git.git("commit", "-qm", "one");
    git.write("dir/change.txt", "2\n");
    Files.delete(git.root().resolve("dir/delete.txt"));
    git.root().resolve("dir/run.sh").toFile().setExecutable(true);
    Files.delete(git.root().resolve("dir/becomes-dir"));
    git.write("dir/becomes-dir/y", "1\n");
    git.write("dir/new.txt", "1\n");
    git.write("dir/ignored.log", "1\n");
    git.write("outside.txt", "1\n");
    Files.createSymbolicLink(git.root().resolve("dir/link"), Path.of("change.txt"));
    Files.delete(git.root().resolve("becomes-file/x"));
    Files.delete(git.root().resolve("becomes-file"));
    git.write("becomes-file", "1\n");
    var expected = expectedTree("dir", "becomes-file");
    run("./dir/", "becomes-file");
    assertThat(git.git("diff-tree", "-r", expected, "HEAD")).isEmpty();
    assertThat(git.git("rev-parse", "HEAD^{tree}")).isEqualTo(expected);
    assertThat(git.git("status", "--porcelain")).isEqualTo("?? outside.txt");
    assertSound();
  }

  /** The tree that {@code git add} and {@code git write-tree} make in an index of their own. */
  private String expectedTree(String... paths) {
    var env = Map.of("GIT_INDEX_FILE", directory.resolve("other-index").toString());
    git.exec(List.of("git", "read-tree", "HEAD"), env);
    var add = new ArrayList<>(List.of("git", "add", "-A", "--"));
    add.addAll(List.of(paths));
    assertThat(git.exec(add, env).status()).isZero();
    return git.exec(List.of("git", "write-tree"), env).out().strip();
  }

  @Test
  void noChangeIsNoCommit() {
    var head = git.commit("a.txt", "1\n", "one");
    var id = newId();
    try (var tx = open()) {
      assertThat(commit(tx, id, "a.txt")).isEmpty();
      assertThat(commit(tx, id)).isEmpty();
      assertCode(Codes.OUTPUT_NOT_FOUND, () -> commit(tx, id, "a.txt", "missing.txt"));
      assertThat(tx.staged()).isEmpty();
      tx.apply(List.of(SampleReceipt.of(id, "changelog", tx.base())));
    }
    assertThat(git.git("rev-parse", "HEAD")).isEqualTo(head);
    assertThat(receiptIds()).containsExactly(id);
  }

  @Test
  void severalCommitsTagsAndNotes() {
    var first = git.commit("a.txt", "1\n", "one");
    git.git("notes", "--ref", "review", "add", "-m", "earlier", first);
    var parent = newId();
    var child = newId();
    try (var tx = open()) {
      tx.note(new NoteSpec("refs/notes/review", "checked\n"));
      git.write("a.txt", "2\n");
      var one = commit(tx, child, "a.txt").orElseThrow();
      git.write("a.txt", "3\n");
      var two = commit(tx, parent, "a.txt").orElseThrow();
      var tag = tx.tag(new TagSpec("docs/v1", "Nightly\n\n# kept  \n"));
      tx.note(new NoteSpec("refs/notes/review", "new"));
      tx.note(new NoteSpec("refs/notes/review", "newer"));
      assertThat(tx.staged())
          .extracting(RefChange::ref)
          .containsExactly("refs/heads/main", "refs/tags/docs/v1", "refs/notes/review");
      var receipts =
          tx.apply(
              List.of(
                  SampleReceipt.of(parent, "outer", tx.base()),
                  SampleReceipt.of(child, "inner", tx.base())));
      assertThat(receipts).extracting(Receipt::commit).containsExactly(two, one);
      assertThat(git.git("rev-parse", "docs/v1")).isEqualTo(tag);
      assertThat(git.git("rev-parse", "docs/v1^{commit}")).isEqualTo(two);
    }
    assertThat(git.git("cat-file", "tag", "docs/v1")).endsWith("Nightly\n\n# kept");
    assertThat(git.git("notes", "--ref", "review", "show", first)).isEqualTo("earlier\n\nchecked");
    assertThat(git.git("notes", "--ref", "review", "show", "HEAD")).isEqualTo("new\n\nnewer");
    assertThat(git.git("log", "-3", "--format=%s")).isEqualTo("docs: update\ndocs: update\none");
    assertThat(git.git("notes", "--ref", RESULTS, "show", "HEAD").split("\n")).hasSize(2);
    assertThat(git.git("show-ref", "-d")).contains("refs/tags/docs/v1^{}");
    assertSound();
  }

  @Test
  void tagAndNoteNamesAreChecked() {
    git.commit("a.txt", "1\n", "one");
    git.git("tag", "v1");
    git.git("tag", "folder/x");
    try (var tx = open()) {
      for (var bad : List.of("../../config", "a..b", "", "a b", "x.lock", "HEAD", "a/")) {
        assertCode(Codes.REF_INVALID, () -> tx.tag(new TagSpec(bad, "m")));
      }
      assertCode(Codes.ARG_LOOKS_LIKE_OPTION, () -> tx.tag(new TagSpec("-x", "m")));
      assertCode(Codes.REF_EXISTS, () -> tx.tag(new TagSpec("v1", "m")));
      assertCode(Codes.REF_EXISTS, () -> tx.tag(new TagSpec("v1/x", "m")));
      assertCode(Codes.REF_EXISTS, () -> tx.tag(new TagSpec("folder", "m")));
      tx.tag(new TagSpec("v2", "m"));
      assertCode(Codes.REF_EXISTS, () -> tx.tag(new TagSpec("v2", "m")));
      for (var bad : List.of("refs/heads/main", "review", "refs/notes/", RESULTS)) {
        assertCode(Codes.REF_INVALID, () -> tx.note(new NoteSpec(bad, "m")));
      }
      // Made by somebody else before the end.
      git.git("tag", "v2");
      var id = newId();
      assertCode(Codes.REF_EXISTS, () -> tx.apply(List.of(SampleReceipt.of(id, "j", tx.base()))));
    }
  }

  /**
   * Notes may contain anything: more than fits into memory, binary data, lines without an end.
   *
   * <p>Shown to fail when notes were read in one piece: a LargeObjectException was thrown.
   */
  @Test
  void foreignNotesOfAnySizeAreNoHindrance() throws IOException {
    git.commit("a.txt", "1\n", "one");
    var first = run("a.txt").id();
    var large = directory.resolve("large");
    try (var out = Files.newOutputStream(large)) {
      var block = new byte[1 << 20];
      new java.util.Random(1).nextBytes(block);
      for (int i = 0; i < 60; i++) {
        out.write(block);
      }
      out.write('\n');
      out.write(git.git("notes", "--ref", RESULTS, "show").getBytes(StandardCharsets.UTF_8));
    }
    var blob = git.git("hash-object", "-w", large.toString());
    git.git("notes", "--ref", RESULTS, "add", "-f", "-C", blob);
    var second = run("a.txt").id();
    var third = newId();
    try (var tx = open()) {
      tx.apply(List.of(SampleReceipt.of(third, "other", tx.base())));
    }
    assertThat(transactions.receipts(worktree, new ReceiptQuery(10, null, null)))
        .extracting(Receipt::id)
        .containsExactly(third, second, first);
    assertThat(transactions.verify(worktree).findings()).isEmpty();
  }

  @Test
  void aNotesRefThatIsNoCommitIsToldByItsName() throws IOException {
    git.commit("a.txt", "1\n", "one");
    git.git("update-ref", RESULTS, git.git("rev-parse", "HEAD:a.txt"));
    assertThatExceptionOfType(GitVanException.class)
        .isThrownBy(() -> transactions.receipts(worktree, ReceiptQuery.newest(10)))
        .withMessageStartingWith(Codes.REF_INVALID + " " + RESULTS)
        .withMessageContaining("not a notes commit");
  }

  @Test
  void aDryRunTouchesNothing() throws IOException {
    var head = git.commit("a.txt", "1\n", "one");
    git.write("a.txt", "2\n");
    var before = snapshot();
    try (var tx = transactions.begin(git.worktree(), true)) {
      var id = commit(tx, newId(), "a.txt").orElseThrow();
      assertThat(tx.head()).contains(id).isNotEqualTo(java.util.Optional.of(head));
      git.write("b.txt", "2\n");
      var second = commit(tx, newId(), "b.txt").orElseThrow();
      tx.tag(new TagSpec("v1", "m"));
      tx.note(new NoteSpec("refs/notes/review", "m"));
      assertThat(tx.staged()).hasSize(3).contains(new RefChange("refs/heads/main", head, second));
    }
    assertThat(snapshot()).isEqualTo(before);
  }

  @Test
  void aDryRunCommitsDraftsInsteadOfFiles() throws IOException {
    git.write("a.txt", "1\n");
    git.write("same.txt", "1\n");
    git.git("add", "-A");
    git.git("commit", "-q", "-m", "one");
    git.write("same.txt", "edited\n");
    var before = snapshot();
    try (var tx = transactions.begin(git.worktree(), true)) {
      assertThat(drafted(tx, drafts("a.txt", "1\n"), "a.txt")).isEmpty();
      // What would be written over an edited file may be what is committed already.
      assertThat(drafted(tx, drafts("same.txt", "1\n"), "same.txt")).isEmpty();
      assertThat(drafted(tx, drafts("a.txt", "2\n"), "a.txt")).isPresent();
      assertThat(drafted(tx, drafts("new/b.txt", "2\n"), "new")).isPresent();
      assertThat(drafted(tx, drafts("new/c.txt", "2\n"), "a.txt"))
          .as("a draft elsewhere; the file itself is as it was")
          .isPresent();
    }
    assertThat(snapshot()).isEqualTo(before);
    assertThat(git.root().resolve("new")).doesNotExist();
  }

  private static List<Artifact> drafts(String path, String content) {
    var bytes = content.getBytes(StandardCharsets.UTF_8);
    return List.of(new Artifact(path, sha256(bytes), bytes.length));
  }

  private Map<String, String> snapshot() throws IOException {
    var files = new TreeMap<String, String>();
    try (var walk = Files.walk(git.root().resolve(".git"))) {
      for (var file : (Iterable<Path>) walk::iterator) {
        var content = Files.isRegularFile(file) ? sha256(Files.readAllBytes(file)) : "";
        files.put(file.toString(), content + Files.getLastModifiedTime(file));
      }
    }
    return files;
  }

  @Test
  void statesInWhichNothingIsCommitted() {
    try (var tx = open()) {
      git.write("a.txt", "1\n");
      assertCode(Codes.REPO_EMPTY, () -> commit(tx, newId(), "a.txt"));
      assertCode(Codes.REPO_EMPTY, () -> tx.tag(new TagSpec("v1", "m")));
      assertCode(Codes.REPO_EMPTY, () -> tx.note(new NoteSpec("refs/notes/review", "m")));
      // Its receipt has a place even so.
      var id = newId();
      tx.apply(List.of(SampleReceipt.of(id, "j", tx.base())));
      assertThat(receiptIds()).containsExactly(id);
    }
    git.commit("a.txt", "base\n", "base");
    git.git("checkout", "-qb", "side");
    git.commit("a.txt", "side\n", "side");
    git.git("checkout", "-q", "main");
    git.commit("a.txt", "main\n", "main");
    git.run("merge", "side");
    assertRefused(Codes.REPO_IN_PROGRESS);
    git.git("merge", "--abort");
    git.run("cherry-pick", "side");
    assertRefused(Codes.REPO_IN_PROGRESS);
    git.git("cherry-pick", "--abort");
    git.run("rebase", "side");
    assertRefused(Codes.REPO_IN_PROGRESS);
    git.git("rebase", "--abort");
    git.git("checkout", "-q", "--detach");
    assertRefused(Codes.HEAD_DETACHED);
    var head = git.git("rev-parse", "HEAD");
    try (var tx = open()) {
      tx.tag(new TagSpec("detached", "m"));
      tx.apply(List.of(SampleReceipt.of(newId(), "j", tx.base())));
    }
    assertThat(git.git("rev-parse", "HEAD", "detached^{}")).isEqualTo(head + "\n" + head);
    assertThat(git.read(".git/HEAD").strip()).isEqualTo(head);
    assertSound();
  }

  private void assertRefused(ErrorCode code) {
    git.write("new.txt", "1\n");
    try (var tx = open()) {
      assertCode(code, () -> commit(tx, newId(), "new.txt"));
      var id = newId();
      tx.apply(List.of(SampleReceipt.of(id, "j", tx.base())));
      assertThat(receiptIds()).contains(id);
    }
  }

  @Test
  void bareRepository() {
    git.commit("a.txt", "1\n", "one");
    git.git("clone", "-q", "--bare", git.root().toString(), directory + "/bare.git");
    var bare = git.at(directory.toAbsolutePath().resolve("bare.git"));
    try (var tx = transactions.begin(bare.worktree(), false)) {
      assertCode(Codes.REPO_BARE, () -> commit(tx, newId(), "a.txt"));
      tx.tag(new TagSpec("v1", "m"));
      tx.apply(List.of(SampleReceipt.of(newId(), "j", tx.base())));
    }
    assertThat(bare.git("notes", "--ref", RESULTS, "show", "v1^{}")).startsWith("{\"id\"");
    assertThat(bare.git("fsck")).isEmpty();
  }

  @Test
  void linkedWorktreesShareRefsButNotHeadNorIndex() {
    git.commit("a.txt", "1\n", "one");
    var linked = directory.toAbsolutePath().resolve("linked");
    git.git("worktree", "add", "-q", "-b", "side", linked.toString());
    var there = git.at(linked);
    there.write("b.txt", "1\n");
    var id = newId();
    try (var tx = transactions.begin(there.worktree(), false)) {
      assertThat(tx.base().branch()).isEqualTo("refs/heads/side");
      commit(tx, id, "b.txt");
      tx.apply(List.of(SampleReceipt.of(id, "j", tx.base())));
    }
    assertThat(there.git("status", "--porcelain")).isEmpty();
    assertThat(there.git("log", "-1", "--format=%s")).isEqualTo("docs: update");
    assertThat(there.git("reflog", "-1", "--format=%gs")).isEqualTo("commit: docs: update");
    assertThat(git.git("status", "--porcelain")).isEmpty();
    assertThat(git.git("log", "-1", "--format=%s")).isEqualTo("one");
    assertThat(git.git("notes", "--ref", RESULTS, "show", "side")).contains(id);
  }

  @Test
  void aBranchThatMovedElsewhereIsBuiltUpon() {
    git.commit("a.txt", "1\n", "one");
    git.write("mine.txt", "1\n");
    var id = newId();
    try (var tx = open()) {
      commit(tx, id, "mine.txt");
      tx.tag(new TagSpec("v1", "m"));
      tx.note(new NoteSpec("refs/notes/review", "good"));
      var theirs = git.commit("a.txt", "2\n", "two");
      var made = tx.apply(List.of(SampleReceipt.of(id, "j", tx.base()))).get(0).commit();
      assertThat(git.git("rev-parse", "HEAD", "HEAD~1", "v1^{}"))
          .isEqualTo(made + "\n" + theirs + "\n" + made);
    }
    assertThat(git.git("show", "HEAD:a.txt")).isEqualTo("2");
    assertThat(git.git("notes", "--ref", "review", "show", "HEAD")).isEqualTo("good");
    assertThat(git.git("notes", "--ref", RESULTS, "show", "HEAD")).contains(id);
    assertThat(git.git("status", "--porcelain")).isEmpty();
    assertSound();
  }

  @Test
  void aBranchThatMovedAtTheSamePathIsNot() {
    git.commit("a.txt", "1\n", "one");
    git.write("dir/mine.txt", "1\n");
    var id = newId();
    try (var tx = open()) {
      commit(tx, id, "dir");
      var theirs = git.commit("dir/theirs.txt", "2\n", "two");
      assertCode(Codes.REPO_MOVED, () -> tx.apply(List.of(SampleReceipt.of(id, "j", tx.base()))));
      assertThat(git.git("rev-parse", "HEAD")).isEqualTo(theirs);
      assertThat(git.run("rev-parse", "--verify", "-q", RESULTS).status()).isNotZero();
      tx.discard();
      tx.apply(List.of(SampleReceipt.of(id, "j", tx.base())));
      assertThat(receiptIds()).containsExactly(id);
    }
  }

  @Test
  void anotherBranchCheckedOutMeanwhile() {
    git.commit("a.txt", "1\n", "one");
    git.write("mine.txt", "1\n");
    var id = newId();
    try (var tx = open()) {
      commit(tx, id, "mine.txt");
      git.git("checkout", "-qb", "other");
      assertCode(Codes.HEAD_MOVED, () -> tx.apply(List.of(SampleReceipt.of(id, "j", tx.base()))));
    }
    assertThat(git.git("log", "-1", "--format=%s", "main")).isEqualTo("one");
  }

  @Test
  void pathsStayInsideTheWorktree() throws IOException {
    git.commit("a.txt", "1\n", "one");
    Files.createSymbolicLink(git.root().resolve("link"), directory);
    try (var tx = open()) {
      for (var bad :
          List.of(
              "../x", "/etc/passwd", "a/../../x", ".git/config", ".GIT/config", "x/.Git/y", "")) {
        assertCode(Codes.OUTPUT_FORBIDDEN_PATH, () -> commit(tx, newId(), bad));
      }
      assertCode(Codes.OUTPUT_SYMLINK, () -> commit(tx, newId(), "link/home/.gitconfig"));
    }
  }

  @Test
  void identityIsGits() throws IOException {
    git.commit("a.txt", "1\n", "one");
    Files.writeString(git.home().resolve(".gitconfig"), "[user]\n\tname = Nobody\n");
    git.write("b.txt", "1\n");
    try (var tx = open()) {
      assertCode(Codes.IDENTITY_MISSING, () -> commit(tx, newId(), "b.txt"));
      assertCode(Codes.IDENTITY_MISSING, () -> tx.tag(new TagSpec("v1", "m")));
      // Receipts are written for every user.
      tx.apply(List.of(SampleReceipt.of(newId(), "j", tx.base())));
    }
    git.git("config", "user.email", "repo@example.org");
    run("b.txt");
    assertThat(git.git("log", "-1", "--format=%an <%ae>")).isEqualTo("Nobody <repo@example.org>");
  }

  @Test
  void receiptsAreReadBack() {
    git.commit("a.txt", "1\n", "one");
    var ids = new ArrayList<String>();
    for (int i = 0; i < 5; i++) {
      git.write("a.txt", "run " + i + "\n");
      var id = newId();
      ids.add(0, id);
      try (var tx = open()) {
        if (i != 2) {
          commit(tx, id, "a.txt");
        }
        tx.apply(List.of(SampleReceipt.of(id, i < 3 ? "early" : "late", tx.base())));
      }
    }
    git.git("notes", "--ref", RESULTS, "append", "-m", "a foreign line\n\n{\"id\":\"x\"}");
    assertThat(transactions.receipts(worktree, ReceiptQuery.newest(10)))
        .extracting(Receipt::id)
        .containsExactlyElementsOf(ids);
    assertThat(transactions.receipts(worktree, new ReceiptQuery(2, "early", null)))
        .extracting(Receipt::id)
        .containsExactly(ids.get(2), ids.get(3));
    var one = transactions.receipt(worktree, ids.get(1)).orElseThrow();
    assertThat(one.job()).isEqualTo("late");
    assertThat(one.inputs()).isEqualTo(Map.of("limit", 5L));
    assertThat(transactions.receipt(worktree, ids.get(1).toLowerCase(Locale.ROOT))).contains(one);
    assertThat(transactions.receipt(worktree, "02")).isEmpty();
    assertCode(
        Codes.OBJECT_AMBIGUOUS, () -> transactions.receipt(worktree, ids.get(1).substring(0, 10)));
    var check = transactions.verify(worktree);
    assertThat(check.receipts()).isEqualTo(5);
    assertThat(check.findings()).isEmpty();
  }

  @Test
  void verifyFindsWhatWasForged() {
    git.commit("a.txt", "1\n", "one");
    git.write("a.txt", "out\n");
    var id = newId();
    try (var tx = open()) {
      commit(tx, id, "a.txt");
      var hash = sha256("out\n".getBytes(StandardCharsets.UTF_8));
      tx.apply(
          List.of(
              with(
                  SampleReceipt.of(id, "j", tx.base()),
                  new Artifact("a.txt", hash, 4),
                  new Artifact("never/committed", hash, 4))));
    }
    assertThat(transactions.verify(git.worktree()).findings()).isEmpty();
    var line = git.git("notes", "--ref", RESULTS, "show", "HEAD");
    var other = git.commit("b.txt", "1\n", "no trailer");
    append(
        line.replace(id, newId()).replaceFirst("\"commit\":\"[0-9a-f]+", "\"commit\":\"" + other));
    append(line.replace(id, newId()).replaceFirst("\"sha256\":\"[0-9a-f]{4}", "\"sha256\":\"0000"));
    append(
        line.replace(id, newId())
            .replaceFirst("\"commit\":\"[0-9a-f]{40}", "\"commit\":\"" + "9".repeat(40)));
    append("{\"id\":\"" + newId() + "\",\"schema\":\"gitvan.receipt.v1\",\"started\":\"never\"}");
    var check = transactions.verify(git.worktree());
    assertThat(check.receipts()).isEqualTo(5);
    assertThat(check.findings())
        .hasSizeGreaterThanOrEqualTo(4)
        .allSatisfy(p -> assertThat(p.place()).isNotEqualTo(id));
  }

  private void append(String line) {
    git.git("notes", "--ref", RESULTS, "append", "-m", line, "HEAD");
  }

  /**
   * {@code git notes} moves its ref whatever it has become, so what was written between its reading
   * and its writing is gone; the next run puts it back. Shown to fail (some ten of 120 receipts
   * missing) without that, and, by missing external lines, when the ref is written without its
   * expected old value.
   */
  @Test
  void concurrentReceiptsAndGitNotesLoseNothing() throws Exception {
    git.commit("a.txt", "1\n", "one");
    int threads = 8;
    int each = 15;
    var ids = new TreeSet<String>();
    var stop = new AtomicBoolean();
    var appended = new AtomicInteger();
    var pool = Executors.newFixedThreadPool(threads + 1);
    try {
      Callable<Void> external =
          () -> {
            while (!stop.get()) {
              var note = "external " + appended.get();
              if (git.run("notes", "--ref", RESULTS, "append", "-m", note, "HEAD").status() == 0) {
                appended.incrementAndGet();
              }
            }
            return null;
          };
      var loop = pool.submit(external);
      var runs = new ArrayList<java.util.concurrent.Future<List<String>>>();
      for (int t = 0; t < threads; t++) {
        runs.add(
            pool.submit(
                () -> {
                  var own = new ArrayList<String>();
                  for (int i = 0; i < each; i++) {
                    var id = newId();
                    try (var tx = open()) {
                      tx.apply(List.of(SampleReceipt.of(id, "j", tx.base())));
                    }
                    own.add(id);
                  }
                  return own;
                }));
      }
      for (var run : runs) {
        ids.addAll(run.get());
      }
      stop.set(true);
      loop.get();
    } finally {
      stop.set(true);
      pool.shutdownNow();
    }
    assertThat(transactions.receipts(worktree, ReceiptQuery.newest(1000))).hasSize(threads * each);
    ids.add(run().id());
    assertThat(ids).hasSize(threads * each + 1);
    assertThat(new TreeSet<>(receiptIds())).isEqualTo(ids);
    var external =
        git.git("notes", "--ref", RESULTS, "show", "HEAD")
            .lines()
            .filter(l -> l.startsWith("external"));
    assertThat(external.count()).isEqualTo(appended.get()).isPositive();
    assertSound();
  }

  /**
   * Threads that commit different files to one branch, beside a user who commits with {@code git}.
   * Shown to fail when a moved branch is overwritten instead of built upon.
   */
  @Test
  void concurrentCommitsLoseNothing() throws Exception {
    git.commit("user.txt", "1\n", "one");
    int threads = 4;
    int each = 8;
    var stop = new AtomicBoolean();
    var theirs = new AtomicInteger();
    var pool = Executors.newFixedThreadPool(threads + 1);
    try {
      var loop =
          pool.submit(
              () -> {
                while (!stop.get()) {
                  git.write("user.txt", "user " + theirs.get() + "\n");
                  // A commit of the whole index would put back files that others commit meanwhile:
                  // Git reads the index before it locks it.
                  var message = "user " + theirs.get();
                  if (git.run("commit", "-qm", message, "--only", "user.txt").status() == 0) {
                    theirs.incrementAndGet();
                  }
                }
              });
      var runs = new ArrayList<java.util.concurrent.Future<?>>();
      for (int t = 0; t < threads; t++) {
        var file = "gitvan" + t + ".txt";
        runs.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < each; i++) {
                    git.write(file, "run " + i + "\n");
                    run(file);
                  }
                }));
      }
      for (var run : runs) {
        run.get();
      }
      stop.set(true);
      loop.get();
    } finally {
      stop.set(true);
      pool.shutdownNow();
    }
    var log = git.git("log", "--format=%s");
    assertThat(log.lines().filter(l -> l.equals("docs: update")).count()).isEqualTo(threads * each);
    assertThat(log.lines().filter(l -> l.startsWith("user")).count()).isEqualTo(theirs.get());
    assertThat(receiptIds()).hasSize(threads * each);
    assertThat(transactions.verify(git.worktree()).findings()).isEmpty();
    assertSound();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
