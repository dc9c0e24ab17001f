package dev.gitvan.bench.internal;

import dev.gitvan.job.Receipt;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes one more receipt on a commit that has many; the peer is {@code git notes append}. */
final class ReceiptWorkload extends GitWorkload {
  private final Services services;
  private final int receipts;

  /**
   * @param receipts that the commit has before
   */
  ReceiptWorkload(Services services, String name, String operation, int receipts) {
    super(new Plan(name, operation, 100, 100));
    this.services = services;
    this.receipts = receipts;
  }

  @Override
  Path repository(Path directory) throws IOException {
    return GitFixture.repository(directory, 1);
  }

  @Override
  Round ours(Path root) {
    var worktree = services.git().discover(root);
    var before = new ArrayList<Receipt>();
    for (int i = 0; i < receipts; i++) {
      before.add(ReceiptOf.run(ReceiptOf.id(1_000_000 + i), "", worktree));
    }
    for (int from = 0; from < receipts; from += 100) {
      apply(worktree, before.subList(from, Math.min(receipts, from + 100)));
    }
    return number -> apply(worktree, List.of(ReceiptOf.run(ReceiptOf.id(number), "", worktree)));
  }

  private void apply(WorktreeId worktree, List<Receipt> receipts) {
    try (var transaction = services.transactions().begin(worktree, false)) {
      transaction.apply(receipts);
    }
  }

  @Override
  Optional<Contender> peer(Path root, Consumer<String> absent) throws IOException {
    if (receipts > 0) {
      var line = "{\"id\":\"%07d\",\"note\":\"" + "x".repeat(300) + "\"}\n";
      var lines = new StringBuilder();
      for (int i = 0; i < receipts; i++) {
        lines.append(String.format(Locale.ROOT, line, i));
      }
      var file = root.resolve(".git/lines");
      Files.writeString(file, lines, StandardCharsets.US_ASCII);
      Programs.git(root, "notes", "--ref", "bench", "add", "-F", file.toString());
    }
    return git(
        number ->
            Programs.git(
                root, "notes", "--ref", "bench", "append", "-m", "{\"id\":\"" + number + "\"}"));
  }
}
