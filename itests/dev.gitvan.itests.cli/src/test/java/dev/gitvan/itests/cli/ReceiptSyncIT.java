package dev.gitvan.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gitvan receipt sync}, between two clones of one bare repository. */
class ReceiptSyncIT {
  @TempDir Path directory;

  /** Receipts of both, none lost, in any order of pushes; amended commits keep theirs. */
  @Test
  void twoClonesEndWithTheReceiptsOfBoth() {
    var first = Repository.withOneCommit(directory);
    var git = first.sandbox();
    var remote = directory.resolve("remote.git").toString();
    git.git("init", "-q", "--bare", remote);
    git.git("remote", "add", "origin", remote);
    git.git("push", "-q", "-u", "origin", "HEAD:main");
    git.git("clone", "-q", "-b", "main", remote, directory.resolve("second").toString());
    var second = Repository.of(git.at(directory.resolve("second")));
    for (var repository : List.of(first, second)) {
      repository.template("page.peb", "text\n");
      repository.job("page", "steps:\n  - { template: page.peb, to: out.txt }\n");
      repository.run("run", "page").ok();
      repository.run("run", "page").ok();
    }

    var foreseen =
        first.run("--json", "receipt", "sync", "--dry-run").json("gitvan.receipt-sync.v1");
    assertThat(foreseen).containsEntry("sent", 2L).containsEntry("state", "ahead");
    assertThat(git.run("config", "--get", "notes.rewriteRef").status()).isNotZero();
    assertThat(git.git("ls-remote", remote, "refs/notes/*")).isEmpty();

    assertThat(first.run("receipt", "sync", "--push").ok().out())
        .contains("set notes.rewriteRef refs/notes/gitvan/*", "received 0, sent 2");
    assertThat(second.run("receipt", "sync", "--push").ok().out()).contains("received 2, sent 2");
    assertThat(first.run("receipt", "sync").ok().out())
        .contains("received 2", "both have the same receipts");
    assertThat(ids(first)).hasSize(4).isEqualTo(ids(second));
    assertThat(git.git("rev-parse", "refs/notes/gitvan/results"))
        .isEqualTo(git.git("ls-remote", remote, "refs/notes/gitvan/results").split("\t")[0]);

    git.git("commit", "-q", "--amend", "--allow-empty", "-m", "amended");
    assertThat(git.git("notes", "--ref", "gitvan/results", "show").lines()).hasSize(4);
    assertThat(git.run("fsck", "--strict").status()).isZero();
  }

  @Test
  void refusesWhatIsNoRemote() {
    var repository = Repository.withOneCommit(directory);
    repository.run("receipt", "sync").refused("REMOTE_NOT_FOUND");
    repository.run("receipt", "sync", "nowhere").refused("REMOTE_NOT_FOUND");
    repository.run("receipt", "sync", "ext::sh -c id").refused("URL_SCHEME_DENIED");
    repository.run("receipt", "sync", "--", "--upload-pack=x").refused("ARG_LOOKS_LIKE_OPTION");
    repository
        .run("receipt", "sync", directory.resolve("no/such").toString())
        .refused("REMOTE_NOT_FOUND");
  }

  private static TreeSet<String> ids(Repository repository) {
    var ids = new TreeSet<String>();
    var receipts =
        (List<?>)
            repository.run("--json", "receipt", "list").json("gitvan.receipts.v1").get("receipts");
    receipts.forEach(receipt -> ids.add((String) ((Map<?, ?>) receipt).get("id")));
    return ids;
  }
}
