package dev.gitvan.git.jgit.internal.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.job.Receipt;
import dev.gitvan.job.spi.ReceiptQuery;
import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverflowTest {
  private static final String RESULTS = "gitvan/results";
  private static final int RECEIPTS = 10_000;

  @TempDir Path directory;

  /**
   * One more receipt costs the same however many there are: counted in objects and bytes, for time
   * is the machine's. Shown to fail when the chain is walked from its first note, and when a note
   * may grow without limit.
   */
  @Test
  void theLastOfTenThousandReceiptsCostsWhatTheFirstDid() throws IOException {
    var git = GitSandbox.init(directory);
    var head = git.commit("a.txt", "1\n", "one");
    try (var gitvan = Receipts.open(git)) {
      var worktree = git.worktree();
      // Most of them at once, as when they wait together; what is measured comes alone.
      try (var tx = gitvan.transactions.begin(worktree, false)) {
        var many = new ArrayList<Receipt>();
        for (int i = 0; i < RECEIPTS - 90; i++) {
          many.add(Receipts.of(Receipts.id(i), tx.base()));
        }
        tx.apply(many);
      }
      long most = 0;
      for (int i = RECEIPTS - 90; i < RECEIPTS; i++) {
        long before = looseObjects(git);
        try (var tx = gitvan.transactions.begin(worktree, false)) {
          tx.apply(List.of(Receipts.of(Receipts.id(i), tx.base())));
        }
        most = Math.max(most, looseObjects(git) - before);
      }
      // A note, the folder it is in, the notes' root, the commit; now and then a new note's object.
      assertThat(most).isLessThanOrEqualTo(5);
      assertThat(gitvan.transactions.receipts(worktree, ReceiptQuery.newest(Integer.MAX_VALUE)))
          .hasSize(RECEIPTS);
      assertThat(gitvan.transactions.receipt(worktree, Receipts.id(RECEIPTS / 2))).isPresent();
      assertThat(gitvan.transactions.verify(worktree).findings()).isEmpty();
    }
    // By git alone: the first note, then those of the blobs that name it.
    git.git("gc", "-q");
    int found = 0;
    for (int part = 0; ; part++) {
      var slot = part == 0 ? head : hash(git, slot(head, part));
      var note = git.run("notes", "--ref", RESULTS, "show", slot);
      if (note.status() != 0) {
        break;
      }
      assertThat(note.out().length()).isLessThan(64 * 1024);
      found += note.out().split("\n").length;
    }
    assertThat(found).isEqualTo(RECEIPTS);
    assertThat(git.run("fsck", "--strict").status()).isZero();
  }

  private static String hash(GitSandbox git, String content) {
    var file = git.write("../slot", content);
    return git.git("hash-object", file.toString());
  }

  private static long looseObjects(GitSandbox git) throws IOException {
    try (var files = Files.walk(git.root().resolve(".git/objects"))) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  /**
   * The same in bytes, and from the first to the two-thousandth: a note is rewritten with each
   * receipt until it is full, so what one costs goes up and down with that, and never above what it
   * did while the first note was filled. Shown to fail when a note may grow without limit, and when
   * each receipt begins a note of its own.
   */
  @Test
  void noReceiptWritesMoreThanThoseOfTheFirstNote() throws IOException {
    var git = GitSandbox.init(directory);
    var head = git.commit("a.txt", "1\n", "one");
    try (var gitvan = Receipts.open(git)) {
      var known = new HashSet<String>();
      written(git, known);
      var worktree = git.worktree();
      int filled = 0;
      long first = 0;
      var second = hash(git, slot(head, 1));
      while (filled < 600 && git.run("notes", "--ref", RESULTS, "list", second).status() != 0) {
        fill(gitvan, git, filled++, 1);
        first = Math.max(first, written(git, known));
      }
      assertThat(filled).as("receipts in a note").isBetween(50, 500);
      fill(gitvan, git, filled, 2000 - filled - filled);
      written(git, known);
      long last = 0;
      for (int number = 2000 - filled; number < 2000; number++) {
        fill(gitvan, git, number, 1);
        last = Math.max(last, written(git, known));
      }
      assertThat(last).as("bytes of the costliest of the last").isLessThan(first * 5 / 4);
      assertThat(gitvan.transactions.receipts(worktree, ReceiptQuery.newest(Integer.MAX_VALUE)))
          .hasSize(2000);
      var notes = git.git("notes", "--ref", RESULTS, "list").lines().toList();
      assertThat(notes).as("notes").hasSizeLessThanOrEqualTo(2000 / filled + 2);
    }
  }

  private static String slot(String commit, int part) {
    return "gitvan receipts " + commit + " " + part;
  }

  /**
   * The bytes of all loose objects that have come since it was asked last, as they are without
   * compression.
   *
   * @param known ids of objects, filled
   */
  private static long written(GitSandbox git, Set<String> known) throws IOException {
    List<String> more;
    var objects = git.root().resolve(".git/objects");
    try (var files = Files.walk(objects)) {
      more =
          files
              .map(file -> objects.relativize(file).toString().replace("/", ""))
              .filter(name -> name.matches("[0-9a-f]{40}") && known.add(name))
              .toList();
    }
    if (more.isEmpty()) {
      return 0;
    }
    git.write("../asked", String.join("\n", more) + "\n");
    var command = "git cat-file --batch-check='%(objectsize)' <../asked";
    return git.exec(List.of("sh", "-c", command), Map.of())
        .out()
        .lines()
        .mapToLong(Long::parseLong)
        .sum();
  }

  @Test
  void oneLineMayBeLongerThanANote() {
    var git = GitSandbox.init(directory);
    git.commit("a.txt", "1\n", "one");
    try (var gitvan = Receipts.open(git);
        var tx = gitvan.transactions.begin(git.worktree(), false)) {
      var long1 =
          Receipts.of(Receipts.id(1), tx.base()).toBuilder().branch("x".repeat(100_000)).build();
      tx.apply(
          List.of(
              Receipts.of(Receipts.id(0), tx.base()),
              long1,
              Receipts.of(Receipts.id(2), tx.base())));
      assertThat(gitvan.transactions.receipts(git.worktree(), ReceiptQuery.newest(9))).hasSize(3);
    }
    assertThat(git.git("notes", "--ref", RESULTS, "list").split("\n")).hasSize(3);
  }

  /** Two clones append on their own, and Git's own merge joins them. */
  @Test
  void chainsThatWereMergedGoOn() {
    var git = GitSandbox.init(directory);
    git.commit("a.txt", "1\n", "one");
    try (var gitvan = Receipts.open(git)) {
      fill(gitvan, git, 0, 300);
      git.git("clone", "-q", git.root().toString(), directory + "/clone");
      var clone = git.at(directory.toAbsolutePath().resolve("clone"));
      clone.git("fetch", "-q", "origin", "refs/notes/*:refs/notes/*");
      fill(gitvan, git, 1000, 150);
      fill(gitvan, clone, 2000, 250);
      git.git(
          "fetch", "-q", clone.root().toString(), "refs/notes/gitvan/results:refs/notes/theirs");
      git.git("notes", "--ref", RESULTS, "merge", "-q", "-s", "cat_sort_uniq", "theirs");
      fill(gitvan, git, 3000, 150);
      assertThat(
              gitvan.transactions.receipts(git.worktree(), ReceiptQuery.newest(Integer.MAX_VALUE)))
          .hasSize(300 + 150 + 250 + 150);
    }
  }

  private static void fill(Receipts gitvan, GitSandbox git, int from, int count) {
    try (var tx = gitvan.transactions.begin(git.worktree(), false)) {
      var many = new ArrayList<Receipt>();
      for (int i = 0; i < count; i++) {
        many.add(Receipts.of(Receipts.id(from + i), tx.base()));
      }
      tx.apply(many);
    }
  }
}
