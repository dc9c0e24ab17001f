package dev.gitvan.bench.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes one more receipt on a commit that has many; the peer is {@code git notes append}. */
final class ReceiptWorkload extends GitWorkload {
  private final Services services;
  private final int receipts;

  /**
   * @param receipts that the commit has before
   */
  ReceiptWorkload(Services services, String name, String operation, int receipts) {
    super(name, operation, 100);
    this.services = services;
    this.receipts = receipts;
  }

  @Override
  public int warmUp() {
    return 100;
  }

  @Override
  Path repository(Path directory) throws IOException {
    return GitFixture.repository(directory, 1);
  }

  @Override
  Round ours(Path root) {
    var worktree = services.git().discover(root);
    var before = new ArrayList<dev.gitvan.job.Receipt>();
    for (int i = 0; i < receipts; i++) {
      before.add(ReceiptOf.run(ReceiptOf.id(1_000_000 + i), "", worktree));
    }
    for (int from = 0; from < receipts; from += 100) {
      apply(worktree, before.subList(from, Math.min(receipts, from + 100)));
    }
    return number -> apply(worktree, List.of(ReceiptOf.run(ReceiptOf.id(number), "", worktree)));
  }

  private void apply(
      dev.gitvan.repository.WorktreeId worktree, List<dev.gitvan.job.Receipt> receipts) {
    try (var transaction = services.transactions().begin(worktree, false)) {
      transaction.apply(receipts);
    }
  }

  @Override
  Round theirs(Path root) throws IOException {
    if (receipts > 0) {
      var line = "{\"id\":\"%07d\",\"note\":\"" + "x".repeat(300) + "\"}\n";
      var lines = new StringBuilder();
      for (int i = 0; i < receipts; i++) {
        lines.append(String.format(line, i));
      }
      var file = root.resolve(".git/lines");
      Files.writeString(file, lines, StandardCharsets.US_ASCII);
      Programs.git(root, "notes", "--ref", "bench", "add", "-F", file.toString());
    }
    return number ->
        Programs.git(
            root, "notes", "--ref", "bench", "append", "-m", "{\"id\":\"" + number + "\"}");
  }
}
