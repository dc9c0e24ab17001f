package dev.gitvan.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first minutes with GitVan, in a repository with a history, beside unfinished work. */
class ChangelogStoryIT {
  @TempDir Path directory;

  /**
   * The whole story in one repository, as its parts depend on each other.
   *
   * <p>The half-staged file has three contents: HEAD's, the index's, the worktree's. A {@code
   * commit} step that stages with {@code git add} or commits the index fails here, as does one that
   * counts its own commit as history.
   */
  @Test
  void initThenRunThenNothingChanged() throws IOException {
    var sandbox = GitSandbox.init(directory);
    sandbox.commits(1_200);
    sandbox.commit("user.txt", "one\ntwo\nthree\n", "Add the user's file");
    sandbox.write("user.txt", "ONE\ntwo\nthree\n");
    sandbox.git("add", "user.txt");
    sandbox.write("user.txt", "ONE\ntwo\nTHREE\n");
    sandbox.write("new.txt", "staged, never committed\n");
    sandbox.git("add", "new.txt");
    sandbox.write("scratch.txt", "untracked\n");
    var repository = Repository.of(sandbox);
    var start = repository.head();
    var staged = stagedContents(repository);

    var init = repository.run("init").ok();
    assertThat(init.out())
        .contains(
            "gitvan.yaml", ".gitvan/jobs/changelog.yaml", ".gitvan/templates/changelog.md.peb");
    var initFiles =
        List.of("gitvan.yaml", ".gitvan/jobs/changelog.yaml", ".gitvan/templates/changelog.md.peb");
    for (var file : initFiles) {
      assertThat(repository.file(file)).isRegularFile();
    }

    var run = repository.run("run", "changelog").ok();

    // A file from the real history, newest first.
    var changelog = sandbox.read("CHANGELOG.md");
    assertThat(changelog)
        .contains("Add the user's file", "change number 1200", "change number 1199")
        .contains(sandbox.git("rev-parse", "--short=7", start))
        .doesNotContain("{{", "{%");
    assertThat(changelog.indexOf("change number 1200"))
        .isLessThan(changelog.indexOf("change number 1199"));

    // One new commit, with that path and no other, and trailers that Git itself reads.
    assertThat(sandbox.git("rev-list", start + "..HEAD").lines()).hasSize(1);
    assertThat(sandbox.git("diff-tree", "-r", "--no-commit-id", "--name-status", "HEAD"))
        .isEqualTo("A\tCHANGELOG.md");
    assertThat(sandbox.git("rev-parse", "HEAD:CHANGELOG.md"))
        .isEqualTo(sandbox.git("hash-object", "CHANGELOG.md"));
    assertThat(sandbox.git("log", "-1", "--format=%an <%ae> %cn <%ce>"))
        .isEqualTo("Ada Lovelace <ada@example.org> Ada Lovelace <ada@example.org>");
    var trailers =
        sandbox
            .exec(
                List.of("sh", "-c", "git log -1 --format=%B | git interpret-trailers --parse"),
                Map.of())
            .out();
    var receipt = repository.receipt("HEAD");
    assertThat(trailers)
        .matches("Gitvan-Run: " + receipt.get("id") + " [0-9a-f]{16}\nGitvan-Job: changelog\n");

    // One receipt, on that commit.
    assertThat(sandbox.git("notes", "--ref", "gitvan/results", "list").lines()).hasSize(1);
    assertThat(receipt)
        .containsEntry("schema", "gitvan.receipt.v1")
        .containsEntry("job", "changelog")
        .containsEntry("status", "ok")
        .containsEntry("head", start)
        .containsEntry("commit", repository.head())
        .containsEntry("branch", "refs/heads/main");
    assertThat(receipt.keySet()).first().isEqualTo("id");
    assertThat((String) receipt.get("id")).matches("[0-9A-HJKMNP-TV-Z]{26}");
    var artifact = Json.objects(receipt.get("artifacts")).get(0);
    var bytes = Files.readAllBytes(repository.file("CHANGELOG.md"));
    assertThat(artifact)
        .containsEntry("path", "CHANGELOG.md")
        .containsEntry("sha256", Snapshot.sha256(bytes))
        .containsEntry("bytes", (long) bytes.length);
    assertThat(run.out() + run.err()).contains((String) receipt.get("id"), "CHANGELOG.md");

    // The user's work is what it was.
    assertThat(stagedContents(repository)).isEqualTo(staged);
    assertThat(sandbox.read("user.txt")).isEqualTo("ONE\ntwo\nTHREE\n");
    assertThat(sandbox.git("status", "--porcelain", "-uall").lines().map(String::strip))
        .containsExactlyInAnyOrder(
            "A  new.txt",
            "MM user.txt",
            "?? .gitvan/jobs/changelog.yaml",
            "?? .gitvan/templates/changelog.md.peb",
            "?? gitvan.yaml",
            "?? scratch.txt");

    // Again: its own commit is not history to it.
    var after = repository.head();
    var again = repository.run("run", "changelog").ok();
    assertThat(again.out() + again.err()).contains("nothing changed");
    assertThat(repository.head()).isEqualTo(after);
    assertThat(sandbox.read("CHANGELOG.md")).isEqualTo(changelog);
    assertThat(stagedContents(repository)).isEqualTo(staged);
    assertThat(repository.receipts("HEAD")).hasSize(2);

    // And what was measured is shown by the next process.
    var stats = repository.run("perf", "stats").ok().out();
    assertThat(stats).contains("job.run", "git.commit", "template.render", "p50", "p95", "p99");

    // A second init overwrites nothing.
    repository.write("gitvan.yaml", "# mine\n");
    repository.run("init");
    assertThat(sandbox.read("gitvan.yaml")).isEqualTo("# mine\n");
    repository.assertSound();
  }

  /** The repository's first commit is the one that {@code init} asks for. */
  @Test
  void initInAnEmptyRepository() throws IOException {
    var repository = Repository.empty(directory);
    afterInit(repository).ok();
    assertThat(repository.git("log", "--format=%s").lines())
        .containsExactly("docs: update changelog", "chore: add GitVan");
    assertThat(repository.git("status", "--porcelain")).isEmpty();
    assertThat(repository.sandbox().read("CHANGELOG.md"))
        .startsWith("# Changelog\n")
        .endsWith("## Unreleased\n");
  }

  /** A changelog that is kept by hand, with an entry that is not committed, and its releases. */
  @Test
  void initBesideAChangelogKeptByHand() throws IOException {
    var repository = Repository.withOneCommit(directory);
    var sandbox = repository.sandbox();
    var changes =
        "History\n=======\n\n## 1.1.0 (2026-01-02)\n * two\n\n## 1.0.0\n * one, by hand\n";
    sandbox.git("tag", "1.0.0");
    sandbox.commit("HISTORY.md", changes, "docs: note the second release");
    sandbox.git("tag", "1.1.0");
    sandbox.commit("a.txt", "a\n", "feat: add a");
    changes = changes.replace("## 1.1.0", "## Unreleased\n * not committed\n\n## 1.1.0");
    repository.write("HISTORY.md", changes);

    afterInit(repository).ok();
    var feature = sandbox.git("rev-parse", "--short", "HEAD~1");
    var updated = sandbox.read("HISTORY.md");
    assertThat(updated)
        .isEqualTo(
            changes.replace(
                " * not committed\n\n",
                """
                 * not committed

                <!-- gitvan:begin (rewritten by each run: write your own entries above this line) -->

                ### Added

                - add a (%s)

                <!-- gitvan:end -->

                """
                    .formatted(feature)));
    assertThat(sandbox.git("show", "HEAD:HISTORY.md")).isEqualTo(updated.strip());

    // A release takes both in, and its tag is like the others.
    repository
        .gitvan()
        .with("GITVAN_NOW", "2026-03-01T12:00:00Z")
        .run("run", "changelog", "--release", "1.2.0", "-i", "tag=true")
        .ok();
    var released =
        changes.replace(
            "## Unreleased\n * not committed\n",
            """
            ## 1.2.0 - 2026-03-01

             * not committed

            ### Added

            - add a (%s)
            """
                .formatted(feature));
    assertThat(sandbox.read("HISTORY.md")).isEqualTo(released);
    assertThat(sandbox.git("log", "-1", "--format=%s")).isEqualTo("chore(release): 1.2.0");
    assertThat(sandbox.git("tag", "--points-at", "HEAD")).isEqualTo("1.2.0");
    assertThat(repository.run("run", "changelog").ok().out()).contains("nothing changed");
    repository.run("-q", "run", "changelog", "--release", "1.2.0").refused("REF_EXISTS");
    assertThat(sandbox.read("HISTORY.md")).isEqualTo(released);
    repository.assertSound();
  }

  /** Runs {@code init}, and then what it prints, as it prints it. */
  private static Outcome afterInit(Repository repository) {
    var init = repository.run("init").ok();
    var next = init.err().lines().filter(line -> line.startsWith("Next: ")).toList();
    assertThat(next).as(init.toString()).hasSize(1);
    var line = next.get(0).substring("Next: ".length());
    return repository.gitvan().through("sh", "-c", "PATH=\"${0%/*}:$PATH\" && " + line).run();
  }

  /** Index entries and their contents, without the committed changelog's. */
  private static List<String> stagedContents(Repository repository) {
    return repository
        .git("ls-files", "--stage", "--debug", "--", "user.txt", "new.txt", "src/1.txt")
        .lines()
        .filter(line -> !line.startsWith(" "))
        .toList();
  }
}
