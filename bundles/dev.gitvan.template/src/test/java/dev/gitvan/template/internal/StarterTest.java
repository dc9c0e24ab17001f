package dev.gitvan.template.internal;

import static dev.gitvan.template.internal.TemplatesFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.git.jgit.internal.JGitGit;
import dev.gitvan.git.jgit.internal.command.GitCommand;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.process.local.internal.LocalLauncher;
import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The changelogs that the template of {@code gitvan init} writes. */
class StarterTest {
  private static final Path STARTER =
      Path.of(
          "../dev.gitvan.shell/src/main/resources/dev/gitvan/shell/internal/verbs/starter",
          "changelog.md.peb");

  private static final String HEADER =
      """
      # Changelog

      All notable changes to this project are documented in this file, in the format of
      [Keep a Changelog](https://keepachangelog.com/en/1.1.0/).

      """;
  private static final String BEGIN =
      "<!-- gitvan:begin (rewritten by each run: write your own entries above this line) -->\n\n";
  private static final String END = "\n<!-- gitvan:end -->\n";

  @TempDir Path directory;
  private TemplatesFixture fixture;
  private Repositories repositories;
  private GitSandbox git;

  @BeforeEach
  void open() throws IOException {
    fixture = new TemplatesFixture(directory);
    git = fixture.git;
    repositories = new Repositories(git.environment());
    fixture.templates.git =
        new JGitGit(repositories, Metrics.NONE, new GitCommand(new LocalLauncher()));
    fixture.template("changelog.md.peb", Files.readString(STARTER));
  }

  @AfterEach
  void close() {
    fixture.close();
    repositories.close();
  }

  private String apply(Map<String, ?> own) {
    var worktree = git.worktree();
    var configuration = fixture.configurations.load(worktree);
    var now = Instant.parse("2026-03-01T12:00:00Z");
    try (var data = fixture.templates.data(worktree, configuration, now, Map.of())) {
      var values = new LinkedHashMap<String, Object>(data.map());
      values.putAll(own);
      fixture.templates.open(worktree, configuration).apply("changelog.md.peb", values);
    }
    return git.read("CHANGELOG.md");
  }

  private String apply() {
    return apply(Map.of());
  }

  private String commit(String message) {
    git.git("commit", "-q", "--allow-empty", "-m", message);
    return git.git("rev-parse", "--short=7", "HEAD");
  }

  @Test
  void withoutACommitThereIsATitle() {
    assertThat(apply()).isEqualTo(HEADER + "## Unreleased\n");
  }

  @Test
  void commitsUnderTheirHeadings() {
    var all = commit("Begin");
    var parser = commit("feat(parser): read lists");
    commit("chore: tidy");
    var gone = commit("chore!: drop Java 11");
    var bug = commit("fix: a bug\n\nBREAKING CHANGE: other\nresults");
    assertThat(apply())
        .isEqualTo(
            HEADER
                + "## Unreleased\n\n"
                + BEGIN
                + "### Added\n\n- **parser:** read lists (%s)\n\n".formatted(parser)
                + "### Changed\n\n- **Breaking:** drop Java 11 (%s)\n- Begin (%s)\n\n"
                    .formatted(gone, all)
                + "### Fixed\n\n- **Breaking:** other\n  results (%s)\n".formatted(bug)
                + END);
    assertThat(apply()).isEqualTo(apply());
  }

  @Test
  void releasesWithTheirPages() {
    git.git("remote", "add", "origin", "https://github.com/a/b.git");
    var one = commit("feat: one");
    git.git("tag", "-a", "-m", "1", "v1.0.0");
    var day = git.git("for-each-ref", "--format=%(creatordate:short)", "refs/tags");
    var two = commit("fix: two");
    var entry = "- %s ([%s](https://github.com/a/b/commit/%s))\n";
    var fixed = "### Fixed\n\n" + entry.formatted("two", two, git.git("rev-parse", "HEAD"));
    var released =
        "## [1.0.0](https://github.com/a/b/releases/tag/v1.0.0) - %s\n\n### Added\n\n"
                .formatted(day)
            + entry.formatted("one", one, git.git("rev-parse", "HEAD~1"));
    assertThat(apply())
        .isEqualTo(
            HEADER
                + "## [Unreleased](https://github.com/a/b/compare/v1.0.0...HEAD)\n\n"
                + BEGIN
                + fixed
                + END
                + "\n"
                + released);
    var written =
        HEADER
            + "## [1.1.0](https://github.com/a/b/compare/v1.0.0...v1.1.0) - 2026-03-01\n\n"
            + fixed
            + "\n"
            + released;
    assertThat(apply(Map.of("release", "1.1.0"))).isEqualTo(written);
    git.git("tag", "v1.1.0");
    assertThat(apply()).isEqualTo(written);
    assertThat(failure(() -> apply(Map.of("release", "1.1.0"))).code()).isEqualTo(Codes.REF_EXISTS);
    assertThat(failure(() -> apply(Map.of("release", "next"))).problem().toString())
        .contains("next");
  }

  @Test
  void aReleaseTakesInWhatPeopleWrote() {
    git.write(
        "CHANGELOG.md", "# Ours\n\n## Unreleased\n\n### Added\n\n- by hand\n\n## 0.9\n\nOld.\n");
    commit("docs: start");
    git.git("tag", "v0.9.0");
    var more = commit("feat: more");
    assertThat(apply(Map.of("release", "1.0.0")))
        .isEqualTo(
            "# Ours\n\n## 1.0.0 - 2026-03-01\n\n### Added\n\n- by hand\n- more (%s)\n\n## 0.9\n\nOld.\n"
                .formatted(more));
  }

  @Test
  void mergesAreNoChange() {
    commit("feat: one");
    git.git("checkout", "-q", "-b", "topic");
    commit("fix: a <!-- in a comment");
    git.git("checkout", "-q", "main");
    git.git("merge", "-q", "--no-ff", "-m", "Merge branch 'topic'", "topic");
    git.git("tag", "v1.0.0");
    var changelog = apply();
    assertThat(changelog).contains("- a <!-- in a comment").doesNotContain("Merge");
    commit("feat: two");
    assertThat(apply())
        .isEqualTo(
            changelog.replace(
                "## Unreleased\n",
                "## Unreleased\n\n%s### Added\n\n- two (%s)\n%s"
                    .formatted(BEGIN, git.git("rev-parse", "--short=7", "HEAD"), END)));
  }

  /** GitVan's own template, which takes what is unreleased from a file of notes. */
  @Test
  void theChangelogOfGitVan() throws IOException {
    var own = Path.of("../../.gitvan/templates");
    fixture.template("changelog.md.peb", Files.readString(own.resolve("changelog.md.peb")));
    fixture.template("changelog-notes.md", "### Added\n\n- a note\n");
    git.write("CHANGELOG.md", Files.readString(Path.of("../../CHANGELOG.md")));
    var change = commit("feat: one");
    commit("docs: two");
    assertThat(apply())
        .startsWith("# Changelog\n")
        .endsWith("## Unreleased\n\n" + BEGIN + "### Added\n\n- a note\n" + END);
    assertThat(apply(Map.of("release", "0.1.0")))
        .endsWith(".\n\n## 0.1.0 - 2026-03-01\n\n### Added\n\n- a note\n");
    git.git("tag", "v0.1.0");
    Files.delete(fixture.path("CHANGELOG.md"));
    assertThat(apply()).endsWith("\n- feat: one (" + change + ")\n");
  }

  /** The template in docs/changelog.md. */
  @Test
  void theDocumentedTemplate() throws IOException {
    var page = Files.readString(Path.of("../../docs/changelog.md"));
    var start = page.indexOf("```twig\n") + 8;
    fixture.template("changelog.md.peb", page.substring(start, page.indexOf("```", start)));
    git.write("CHANGELOG.md", "");
    commit("feat: one");
    git.git("tag", "v1.0.0-rc.1");
    commit("fix: two");
    git.git("tag", "v1.0.0");
    apply();
    assertThat(git.read("RELEASES.md").replaceAll("\\s+", " ").strip())
        .isEqualTo("## 1.0.0 ### fix - two");
  }

  @Test
  void thePrefixChoosesTheTags() {
    commit("feat: one");
    git.git("tag", "parser-v1.0.0");
    git.git("tag", "2.0.0");
    commit("feat: two");
    assertThat(apply(Map.of("prefix", "parser-v"))).contains("## 1.0.0").doesNotContain("2.0.0");
    assertThat(apply(Map.of("prefix", "v"))).contains("## 2.0.0");
  }
}
