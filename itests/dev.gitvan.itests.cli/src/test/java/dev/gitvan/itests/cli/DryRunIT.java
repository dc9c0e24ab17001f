package dev.gitvan.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --dry-run} reports everything and changes nothing. */
class DryRunIT {
  private static final String EVERY_STEP =
      """
      inputs: { who: world }
      steps:
        - { template: hello.md.peb, to: docs/hello.md }
        - { template: hello.md.peb, for-each: [a, b], to: "site/{{ item }}.md" }
        - run: ["touch", "ran.txt"]
        - run: "touch ran-in-shell.txt"
        - commit: { message: "docs: greet {{ inputs.who }}", paths: [docs, site] }
        - tag: { name: "greeted-{{ inputs.who }}", message: Greeted }
        - note: { ref: refs/notes/review, message: checked }
        - job: { name: nested }
      then: [other]
      """;

  @TempDir Path directory;

  /**
   * Every file of the worktree, of the Git directory and of {@code GITVAN_HOME}: content, mode and
   * time, the directories' too, before and after.
   */
  @Test
  void changesNothing() {
    var repository = repository();
    repository.run("version").ok();
    repository.run("run", "other").ok();
    var worktreeAndGit = Snapshot.of(repository.root());
    // The directory of running frameworks is touched by the mere start of the process.
    var home = Snapshot.of(repository.gitvan().home(), path -> !path.equals("cache/framework"));

    var dry = repository.run("run", "all", "--dry-run", "-i", "who=moon").ok();

    worktreeAndGit.assertUnchanged();
    home.assertUnchanged();
    assertThat(dry.out())
        .contains("docs/hello.md", "+Hello moon", "site/a.md", "site/b.md")
        .contains("touch", "ran.txt", "touch ran-in-shell.txt")
        .contains("refs/heads/main", "refs/tags/greeted-moon", "refs/notes/review")
        .contains("docs: greet moon");
    repository.assertSound();
  }

  /** The very first command may be a dry run: it leaves nothing that was not there. */
  @Test
  void leavesNothingInAFreshHome() {
    var repository = repository();
    repository.run("run", "all", "--dry-run").ok();
    // The launcher needs the folder for the reports of a JVM that crashes.
    assertThat(repository.gitvan().home().resolve("state"))
        .isDirectoryNotContaining(Files::isRegularFile)
        .isDirectoryContaining(path -> path.endsWith("logs"))
        .isDirectoryNotContaining(path -> !path.endsWith("logs"));
    assertThat(repository.gitvan().home().resolve("state/logs")).isEmptyDirectory();
    assertThat(repository.gitvan().home().resolve("config")).doesNotExist();
    assertThat(Files.exists(repository.file(".git/gitvan"))).isFalse();
  }

  /** What is up to date is not committed, and a dry run knows; commands it cannot know. */
  @Test
  void commitsOnlyWhatWouldChange() {
    var repository = repository();
    repository.job(
        "docs",
        """
        inputs: { who: world }
        steps:
          - { template: hello.md.peb, to: hello.md, force: overwrite }
          - commit: { message: greet, paths: [hello.md] }
        """);
    repository.job(
        "command",
        """
        steps:
          - run: ["touch", "hello.md"]
          - commit: { message: greet, paths: [hello.md] }
        """);
    repository.run("run", "docs").ok();
    var dry = repository.run("run", "docs", "--dry-run").ok();
    assertThat(dry.out()).isEmpty();
    assertThat(dry.err()).contains("nothing to commit").doesNotContain("would commit");
    // An edit that the run would overwrite with what is committed, as its step allows.
    repository.write("hello.md", "edited\n");
    var restoring = repository.run("run", "docs", "--dry-run").ok();
    assertThat(restoring.out()).contains("would write hello.md").doesNotContain("would commit");
    assertThat(repository.run("run", "docs", "--dry-run", "-i", "who=moon").ok().out())
        .contains("would commit refs/heads/main");
    repository.git("checkout", "-q", "hello.md");
    assertThat(repository.run("run", "command", "--dry-run").ok().err())
        .contains("would commit hello.md, if earlier steps change them");
  }

  /** It fails as the run would, and says nothing else. */
  @Test
  void failsAsTheRunWould() {
    var repository = repository();
    repository.job("none", "steps:\n  - commit: { message: m, paths: [.gitvan] }\n");
    repository.job("tags", "steps:\n  - tag: { name: v1, message: m }\n");
    repository.git("tag", "v1");
    refused(repository.run("run", "tags", "--dry-run"), "REF_EXISTS");
    repository.git("checkout", "-q", "--detach");
    refused(repository.run("run", "none", "--dry-run"), "HEAD_DETACHED");
    repository.write(".git/MERGE_HEAD", repository.head() + "\n");
    refused(repository.run("run", "none", "--dry-run"), "REPO_IN_PROGRESS");
  }

  private static void refused(Outcome outcome, String code) {
    assertThat(outcome.status()).as(outcome.toString()).isEqualTo(ExitTable.of(code));
    assertThat(outcome.err()).contains(code + " ").doesNotContain("nothing was changed");
  }

  /** What a program reads is the same plan. */
  @Test
  void isToldAsJson() {
    var repository = repository();
    var text = repository.run("--json", "run", "all", "--dry-run").ok().out();
    assertThat(Json.object(text)).containsKey("schema");
    assertThat(text).contains("refs/tags/greeted-world", "docs/hello.md");
  }

  private Repository repository() {
    var repository = Repository.withOneCommit(directory);
    repository.template("hello.md.peb", "Hello {{ inputs.who | default('nobody') }}\n");
    repository.job("all", EVERY_STEP);
    repository.job("nested", "steps:\n  - run: [\"touch\", \"nested.txt\"]\n");
    repository.job("other", "steps:\n  - run: [\"true\"]\n");
    return repository;
  }
}
