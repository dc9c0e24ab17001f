package dev.gitvan.git.jgit.internal.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.job.Receipt;
import dev.gitvan.job.spi.ReceiptQuery;
import dev.gitvan.testkit.GitSandbox;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code git notes} reads the notes, and moves the ref when it is done, whatever it has become. Its
 * two halves are done here apart: a note is made on the old notes, the ref is moved later.
 *
 * <p>Shown to fail on broken builds: without putting anything back, all but the removal by hand;
 * when nothing is put back as soon as somebody has removed a note, {@code aRemovalBesideALoss};
 * when the recovery does not remember what the dead process wrote, {@code afterAKill}.
 */
class LostReceiptsTest {
  private static final String RESULTS = "refs/notes/gitvan/results";

  @TempDir Path directory;
  private GitSandbox git;
  private Receipts gitvan;
  private String first;

  @BeforeEach
  void open() {
    git = GitSandbox.init(directory);
    first = git.commit("a.txt", "1\n", "one");
    git.commit("a.txt", "2\n", "two");
    gitvan = Receipts.open(git);
  }

  @AfterEach
  void close() {
    gitvan.close();
  }

  private void run(int number) {
    gitvan.run(git.worktree(), Receipts.id(number));
  }

  /** Makes what a {@code git notes} command would, from the notes as they are now. */
  private String halfDone(String... command) {
    git.git("update-ref", "refs/notes/other", RESULTS);
    var line = new ArrayList<>(List.of("notes", "--ref", "other"));
    line.addAll(List.of(command));
    git.git(line.toArray(String[]::new));
    return git.git("rev-parse", "refs/notes/other");
  }

  private void finish(String halfDone) {
    git.git("update-ref", RESULTS, halfDone);
  }

  private List<String> ids() {
    return gitvan.transactions.receipts(git.worktree(), ReceiptQuery.newest(100)).stream()
        .map(Receipt::id)
        .sorted()
        .toList();
  }

  /** The ids in the notes themselves. */
  private List<String> written() {
    var ids = new ArrayList<String>();
    for (var line : git.git("notes", "--ref", RESULTS, "list").lines().toList()) {
      for (var receipt : git.git("cat-file", "blob", line.split(" ")[0]).lines().toList()) {
        if (receipt.startsWith("{")) {
          ids.add(receipt.substring(7, 33));
        }
      }
    }
    return ids.stream().sorted().toList();
  }

  @Test
  void whatWasOverwritten() {
    run(1);
    var foreign = halfDone("append", "-m", "foreign", "HEAD");
    run(2);
    run(3);
    finish(foreign);
    assertThat(written()).containsExactly(Receipts.id(1));
    assertThat(ids()).hasSize(3);
    run(4);
    assertThat(written()).hasSize(4);
    assertThat(git.git("notes", "--ref", RESULTS, "show")).contains("foreign");
  }

  @Test
  void aRemovalByHandStays() {
    git.git("notes", "--ref", RESULTS, "add", "-m", "foreign", first);
    run(1);
    run(2);
    git.git("notes", "--ref", RESULTS, "remove", "HEAD");
    run(3);
    assertThat(written()).containsExactly(Receipts.id(3));
    git.exec(
        List.of("git", "notes", "--ref", RESULTS, "edit", "HEAD"),
        Map.of("GIT_EDITOR", "sed -i /" + Receipts.id(3) + "/d"));
    run(4);
    assertThat(written()).containsExactly(Receipts.id(4));
  }

  @Test
  void aRemovalBesideALoss() {
    git.git("notes", "--ref", RESULTS, "add", "-m", "foreign", first);
    run(1);
    var removal = halfDone("remove", first);
    run(2);
    finish(removal);
    assertThat(ids()).hasSize(2);
    run(3);
    assertThat(written()).hasSize(3);
    assertThat(git.run("notes", "--ref", RESULTS, "show", first).status()).isNotZero();
  }

  /** The dead process had moved the ref, and not yet remembered it. */
  @Test
  void afterAKill() throws Exception {
    run(1);
    var foreign = halfDone("append", "-m", "foreign", "HEAD");
    var child =
        Child.start(git, List.of("-Dgitvan.failpoint=after-refs"), "receipt", Receipts.id(2));
    assertThat(child.waitFor()).isEqualTo(137);
    assertThat(written()).hasSize(2);
    // The next process clears the lock, and only then git goes on.
    try (var tx = gitvan.transactions.begin(git.worktree(), false)) {
      finish(foreign);
      tx.apply(List.of(Receipts.of(Receipts.id(3), tx.base())));
    }
    assertThat(written()).hasSize(3);
  }
}
