package dev.gitvan.git.jgit.internal.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.git.jgit.internal.refs.Owner;
import dev.gitvan.job.Artifact;
import dev.gitvan.job.spi.RunTransaction.CommitOrigin;
import dev.gitvan.job.spi.RunTransactions.ReceiptCheck;
import dev.gitvan.job.spi.Staging.CommitSpec;
import dev.gitvan.testkit.GitSandbox;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a verification finds, and what it leaves alone. */
class VerificationTest {
  private static final String RESULTS = "gitvan/results";

  @TempDir Path directory;
  private GitSandbox git;
  private Receipts gitvan;

  @BeforeEach
  void open() {
    git = GitSandbox.init(directory);
    git.commit("a.txt", "1\n", "one");
    gitvan = Receipts.open(git);
  }

  @AfterEach
  void close() {
    gitvan.close();
  }

  /** A run that writes a file, and commits it or not. */
  private void run(int number, String path, String content, boolean commits) throws IOException {
    git.write(path, content);
    var id = Receipts.id(number);
    var bytes = content.getBytes(StandardCharsets.UTF_8);
    var artifact =
        new Artifact(path, Custody.sha256(new ByteArrayInputStream(bytes)), bytes.length);
    try (var tx = gitvan.transactions.begin(git.worktree(), false)) {
      if (commits) {
        tx.commit(new CommitSpec("docs: update", List.of(path)), new CommitOrigin(id, "changelog"));
      }
      tx.apply(
          List.of(
              Receipts.of(id, tx.base()).toBuilder()
                  .worktree(git.worktree().name())
                  .host(Owner.self().host())
                  .artifacts(List.of(artifact))
                  .build()));
    }
  }

  private ReceiptCheck verify() {
    return gitvan.transactions.verify(git.worktree());
  }

  private void assertChanged(int number, String... words) {
    assertThat(verify().findings())
        .singleElement()
        .satisfies(p -> assertThat(p.code()).isEqualTo(Codes.RECEIPT_ARTIFACT_CHANGED))
        .satisfies(p -> assertThat(p.place()).isEqualTo(Receipts.id(number)))
        .satisfies(p -> assertThat(p.toString()).contains(words).doesNotContain("\n"));
  }

  /** Shown to fail when only commits are checked. */
  @Test
  void aFileInTheWorktreeThatIsNotWhatTheNewestRunWrote() throws IOException {
    run(1, "dist/out.js", "1\n", false);
    assertThat(verify().findings()).isEmpty();
    git.write("dist/out.js", "edited\n");
    assertChanged(1, "dist/out.js", "worktree");
    run(2, "dist/out.js", "2\n", false);
    assertThat(verify().findings()).as("the first run's is gone, and rightly").isEmpty();
    Files.delete(git.root().resolve("dist/out.js"));
    assertThat(verify().findings()).isEmpty();
  }

  @Test
  void aChangeThatIsCommittedIsGitsToTell() throws IOException {
    run(1, "out.md", "1\n", true);
    git.write("out.md", "edited\n");
    assertChanged(1, "out.md", "worktree");
    git.git("commit", "-qam", "the user edits");
    assertThat(verify().findings()).isEmpty();
    git.git("config", "core.autocrlf", "true");
    git.write("out.md", "edited\r\n");
    assertThat(verify().findings()).isEmpty();
  }

  @Test
  void whatIsNotCheckedOutIsNotLookedAt() throws IOException {
    git.git("checkout", "-qb", "side");
    run(1, "out.md", "side\n", true);
    git.git("checkout", "-q", "main");
    git.write("out.md", "the user's\n");
    assertThat(verify().findings()).isEmpty();
  }

  /** A path in a receipt that came from somebody else leads nowhere. */
  @Test
  void pathsDoNotLeaveTheWorktree() throws IOException {
    Files.writeString(directory.resolve("secret"), "secret\n");
    Files.createSymbolicLink(git.root().resolve("link"), directory);
    git.write("x", "x\n");
    for (var path : List.of("../secret", "link/secret", "link", "/etc/passwd", "a\\0b", "")) {
      git.git("notes", "--ref", RESULTS, "append", "-m", forged(path));
    }
    assertThat(verify().receipts()).isEqualTo(6);
    assertThat(verify().findings()).isEmpty();
  }

  private int forgeries = 100;

  private String forged(String path) {
    var head = git.git("rev-parse", "HEAD");
    return "{\"id\":\"%s\",\"schema\":\"gitvan.receipt.v1\",\"job\":\"j\",\"worktree\":\"repo\","
            .formatted(Receipts.id(forgeries++))
        + "\"host\":\"%s\",\"started\":\"2026-01-02T03:04:05Z\",".formatted(Owner.self().host())
        + "\"finished\":\"2026-01-02T03:04:05Z\",\"head\":\"%s\",".formatted(head)
        + "\"artifacts\":[{\"path\":\"%s\",\"sha256\":\"00\",\"bytes\":1}]}"
            .formatted(path.replace("\\0", "\\u0000"));
  }

  /** Shown to fail when a receipt is looked for on one of its commits only. */
  @Test
  void amendedCommitsStandForTheirFormerSelves() throws IOException {
    git.git("config", "notes.rewriteRef", "refs/notes/gitvan/*");
    run(1, "out.md", "1\n", true);
    // Several times: notes are read by their objects' ids, and one of them has the lowest.
    for (int hour = 10; hour < 20; hour++) {
      git.git("commit", "-q", "--amend", "--date=2026-01-01T" + hour + ":00:00Z", "--no-edit");
    }
    forgetUnreachable();
    assertThat(git.git("notes", "--ref", RESULTS, "list").lines()).hasSize(11);
    assertThat(verify()).isEqualTo(new ReceiptCheck(1, 0, List.of()));
    git.write("out.md", "forged\n");
    git.git("commit", "-qa", "--amend", "--no-edit");
    forgetUnreachable();
    assertChanged(1, "out.md", "commit");
  }

  @Test
  void squashedCommitsStandForEach() throws IOException {
    git.git("config", "notes.rewriteRef", "refs/notes/gitvan/*");
    var base = git.git("rev-parse", "HEAD");
    run(1, "out.md", "1\n", true);
    run(2, "out.md", "2\n", true);
    git.exec(
        List.of("git", "rebase", "-q", "-i", base),
        java.util.Map.of("GIT_SEQUENCE_EDITOR", "sed -i 2s/pick/squash/", "GIT_EDITOR", "true"));
    assertThat(git.git("rev-list", "--count", base + "..HEAD")).isEqualTo("1");
    forgetUnreachable();
    assertThat(verify()).isEqualTo(new ReceiptCheck(2, 0, List.of()));
  }

  private void forgetUnreachable() {
    git.git("reflog", "expire", "--expire=all", "--expire-unreachable=all", "--all");
    git.git("gc", "-q", "--prune=now");
  }

  @Test
  void aCommitThatDoesNotNameTheRun() throws IOException {
    git.git("config", "notes.rewriteRef", "refs/notes/gitvan/*");
    run(1, "out.md", "1\n", true);
    git.git("commit", "-q", "--amend", "-m", "without trailers");
    forgetUnreachable();
    assertThat(verify().findings())
        .extracting(Problem::code)
        .containsExactly(Codes.RECEIPT_COMMIT_MISMATCH);
  }

  @Test
  void aCommitThatIsNotHereIsCounted() throws IOException {
    run(1, "out.md", "1\n", true);
    run(2, "out.md", "2\n", true);
    git.git("clone", "-q", "--depth=1", "file://" + git.root(), directory + "/shallow");
    var shallow = git.at(directory.toRealPath().resolve("shallow"));
    shallow.git("fetch", "-q", "origin", "refs/notes/*:refs/notes/*");
    assertThat(gitvan.transactions.verify(shallow.worktree()))
        .isEqualTo(new ReceiptCheck(2, 1, List.of()));
  }

  @Test
  void twoReceiptsOfOneRun() throws IOException {
    run(1, "out.md", "1\n", true);
    var line = git.git("notes", "--ref", RESULTS, "show");
    git.git("notes", "--ref", RESULTS, "add", "-m", line, "HEAD~1");
    assertThat(verify().findings()).isEmpty();
    var other = line.replace("\"status\":\"ok\"", "\"status\":\"failed\"");
    git.git("notes", "--ref", RESULTS, "add", "-f", "-m", other, "HEAD~1");
    assertThat(verify().findings())
        .extracting(Problem::code)
        .containsExactly(Codes.RECEIPT_INVALID);
  }
}
