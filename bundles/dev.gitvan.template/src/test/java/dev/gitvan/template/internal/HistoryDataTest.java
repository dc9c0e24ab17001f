package dev.gitvan.template.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.git.jgit.internal.JGitGit;
import dev.gitvan.git.jgit.internal.command.GitCommand;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.process.local.internal.LocalLauncher;
import dev.gitvan.testkit.GitSandbox;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What templates see of releases and messages, compared with what {@code git} prints. */
class HistoryDataTest {
  private static final String RELEASES =
      "{% for r in git.releases %}{{ r.tag }}:"
          + "{% for c in r.commits %} {{ c.hash }}{% endfor %}\n{% endfor %}";

  @TempDir Path directory;
  private TemplatesFixture fixture;
  private Repositories repositories;
  private GitSandbox git;

  @BeforeEach
  void open() {
    fixture = new TemplatesFixture(directory);
    git = fixture.git;
    repositories = new Repositories(git.environment());
    fixture.templates.git =
        new JGitGit(repositories, Metrics.NONE, new GitCommand(new LocalLauncher()));
  }

  @AfterEach
  void close() {
    fixture.close();
    repositories.close();
  }

  private String render(String text) {
    var worktree = git.worktree();
    var configuration = fixture.configurations.load(worktree);
    try (var data = fixture.templates.data(worktree, configuration, Instant.EPOCH, Map.of())) {
      return fixture
          .templates
          .open(worktree, configuration)
          .renderText("t.peb", text, new LinkedHashMap<>(data.map()));
    }
  }

  private void commit(String message) {
    git.git("commit", "-q", "--allow-empty", "-m", message);
  }

  private void release(String message, String tag) {
    commit(message);
    git.git("tag", tag);
  }

  /** As {@link #RELEASES} prints a release. */
  private String log(String tag, String... range) {
    var arguments = new ArrayList<>(List.of("log", "--format= %H"));
    arguments.addAll(List.of(range));
    return tag + ":" + git.git(arguments.toArray(String[]::new)).replace("\n", "") + "\n";
  }

  @Test
  void noCommitIsOneReleaseWithoutCommits() {
    assertThat(render(RELEASES)).isEqualTo(":\n");
    assertThat(
            render(
                "{% for r in git.releases %}[{{ r.version }}{{ r.date }}{{ r.url }}]{% endfor %}"))
        .isEqualTo("[]");
  }

  @Test
  void releasesAreInTheOrderOfTheirVersions() {
    release("one", "v1.9.0");
    release("two", "v1.10.0-rc.2");
    release("three", "v1.10.0-rc.10");
    release("four", "v1.10.0");
    commit("five");
    commit("six");
    for (var other : List.of("nightly", "v2", "20261201", "parser-1.0.0")) {
      git.git("tag", other, "HEAD~1");
    }
    assertThat(render(RELEASES))
        .isEqualTo(
            log("", "v1.10.0..HEAD")
                + log("v1.10.0", "v1.10.0-rc.10..v1.10.0")
                + log("v1.10.0-rc.10", "v1.10.0-rc.2..v1.10.0-rc.10")
                + log("v1.10.0-rc.2", "v1.9.0..v1.10.0-rc.2")
                + log("v1.9.0", "v1.9.0"));
    assertThat(
            render(
                "{% for r in git.releases %}{{ r.version }}<{{ r.previous }}"
                    + "{% if r.isPrerelease %}*{% endif %} {% endfor %}"))
        .isEqualTo(
            "<v1.10.0 1.10.0<v1.10.0-rc.10 1.10.0-rc.10<v1.10.0-rc.2* 1.10.0-rc.2<v1.9.0* 1.9.0< ");
  }

  @Test
  void aVersionWithTwoTagsIsOneRelease() {
    release("one", "v1.0.0");
    release("two", "1.1.0");
    release("three", "v1.1.0");
    git.git("checkout", "-q", "-b", "other");
    release("elsewhere", "v1.2.0");
    git.git("checkout", "-q", "main");
    release("four", "1.2.0");
    assertThat(render(RELEASES))
        .isEqualTo(
            ":\n"
                + log("1.2.0", "v1.1.0..1.2.0")
                + log("v1.1.0", "v1.0.0..v1.1.0")
                + log("v1.0.0", "v1.0.0"));
  }

  @Test
  void onlyTagsThatHeadContains() {
    release("one", "v1.0.0");
    git.git("checkout", "-q", "-b", "maintenance");
    release("fix", "v1.0.1");
    git.git("checkout", "-q", "main");
    release("two", "v1.1.0");
    assertThat(render(RELEASES))
        .isEqualTo(":\n" + log("v1.1.0", "v1.0.0..v1.1.0") + log("v1.0.0", "v1.0.0"));
    git.git("merge", "-q", "-m", "Merge maintenance", "maintenance");
    assertThat(render(RELEASES))
        .isEqualTo(
            log("", "v1.1.0..HEAD", "^v1.0.1")
                + log("v1.1.0", "v1.0.1..v1.1.0")
                + log("v1.0.1", "v1.0.0..v1.0.1")
                + log("v1.0.0", "v1.0.0"));
    assertThat(render("{{ git.releases[0].commits[0].isMerge }}")).isEqualTo("true");
  }

  @Test
  void eachPartOfARepositoryHasItsPrefix() {
    release("one", "parser-v1.0.0");
    release("two", "@scope/printer@2.0.0");
    release("three", "parser-v1.1.0");
    assertThat(
            render(
                "{% for prefix in ['parser-', '@scope/printer@', 'other-'] %}"
                    + "{% for r in git.releasesOf[prefix] %}"
                    + "{{ r.tag }}={{ r.commits | length }} {% endfor %}{% endfor %}"))
        .isEqualTo("=0 parser-v1.1.0=2 parser-v1.0.0=1 =1 @scope/printer@2.0.0=2 =3 ");
  }

  @Test
  void aReleaseIsAsOldAsItsTag() {
    git.commit("a.txt", "a", "one");
    git.git("tag", "v1.0.0");
    git.git("tag", "-a", "-m", "Version 1.1", "v1.1.0");
    git.git("tag", "-a", "-m", "A tag of a tag", "v1.2.0", "v1.1.0");
    assertThat(render("{% for r in git.releases %}{{ r.date }} {% endfor %}"))
        .isEqualTo(
            " "
                + git.git(
                        "for-each-ref",
                        "--sort=-refname",
                        "--format=%(creatordate:iso-strict)",
                        "refs/tags")
                    .replace("\n", " ")
                    .replace("+00:00", "Z")
                + " ");
  }

  @Test
  void partsOfMessages() {
    commit(
        "feat(parser)!: read lists\n\nText.\n\nBREAKING CHANGE: all of them\nand more\n"
            + "Closes #12\nReviewed-by: A <a@example.org>\nReviewed-by: B <b@example.org>");
    var template =
        "{% for c in git.commits %}{{ c.type }} {{ c.scope }} {{ c.breaking }}"
            + " {{ c.breakingDescription }} {{ c.description }}"
            + "{% for f in c.footers %}|{{ f.token }}{{ f.separator }}{{ f.value }}{% endfor %}"
            + "{% for t in c.trailers %}|{{ t.key }}={{ t.value }}{% endfor %}{% endfor %}";
    assertThat(render(template))
        .isEqualTo(
            "feat parser true all of them\nand more read lists|BREAKING CHANGE: all of them\nand more"
                + "|Closes #12|Reviewed-by: A <a@example.org>|Reviewed-by: B <b@example.org>");
    commit("docs: a\n\nReviewed-by: A <a@example.org>\nRefs: #1");
    assertThat(
            render(
                "{% for t in git.commits[0].trailers %}{{ t.key }}: {{ t.value }}\n{% endfor %}"))
        .isEqualToIgnoringNewLines(git.git("log", "-1", "--format=%(trailers)"));
  }

  @Test
  void everyValueOfACommitCanBeRead() {
    git.git("remote", "add", "origin", "git@example.org:a/b.git");
    git.commit("a.txt", "a", "fix: one");
    var id = git.git("rev-parse", "HEAD");
    var commit = render("{{ git.commits | first | json }}");
    assertThat(commit)
        .contains(
            "\"hash\":\"" + id + "\"",
            "\"type\":\"fix\"",
            "\"footers\":[]",
            "\"trailers\":[]",
            "\"isMerge\":false",
            "\"url\":\"https://example.org/a/b/commit/" + id + "\"");
    assertThat(render("{{ git.url }}")).isEqualTo("https://example.org/a/b");
  }

  @Test
  void linksToReleases() {
    git.git("remote", "add", "origin", "https://name:secret@github.com/a/b.git");
    release("one", "v1.0.0");
    release("two", "v1.1.0");
    assertThat(render("{% for r in git.releases %}{{ r.url }}\n{% endfor %}"))
        .isEqualTo(
            "https://github.com/a/b/compare/v1.1.0...HEAD\n"
                + "https://github.com/a/b/compare/v1.0.0...v1.1.0\n"
                + "https://github.com/a/b/releases/tag/v1.0.0\n");
  }
}
