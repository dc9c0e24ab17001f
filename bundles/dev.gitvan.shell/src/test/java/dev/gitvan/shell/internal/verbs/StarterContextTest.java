package dev.gitvan.shell.internal.verbs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.git.jgit.internal.JGitGit;
import dev.gitvan.git.jgit.internal.command.GitCommand;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.process.local.internal.LocalLauncher;
import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StarterContextTest {
  private static final String STARTER = "to: CHANGELOG.md\nprefix: v # v1.0\n{\"prefix\": \"v\"}\n";

  @TempDir Path directory;
  private GitSandbox git;
  private Repositories repositories;

  @BeforeEach
  void open() {
    git = GitSandbox.init(directory);
    repositories = new Repositories(git.environment());
  }

  @AfterEach
  void close() {
    repositories.close();
  }

  private StarterContext context() throws IOException {
    var service = new JGitGit(repositories, Metrics.NONE, new GitCommand(new LocalLauncher()));
    try (var repository = service.open(git.worktree())) {
      return StarterContext.of(git.root(), repository);
    }
  }

  @Test
  void anEmptyRepositoryNeedsACommit() throws IOException {
    var context = context();
    assertThat(context.next())
        .startsWith("git add .gitvan gitvan.* && git commit -m ")
        .endsWith(" && gitvan run changelog");
    assertThat(context.adapt(STARTER)).isEqualTo(STARTER.replace(": v", ": \"v\""));
  }

  @Test
  void aDetachedHeadNeedsABranchOfItsOwn() throws IOException {
    git.commit("a.txt", "a", "Begin");
    assertThat(context().next()).isEqualTo("gitvan run changelog");
    git.git("checkout", "-q", "--detach");
    assertThat(context().next()).isEqualTo("git switch -c changelog && gitvan run changelog");
    git.git("branch", "changelog/old");
    assertThat(context().next()).isEqualTo("git switch -c changelog-2 && gitvan run changelog");
  }

  @Test
  void theChangelogKeepsItsName() throws IOException {
    git.write("History.md", "# History\n");
    assertThat(context().adapt(STARTER)).startsWith("to: History.md\n");
    git.write("changes.txt", "no Markdown\n");
    git.write("docs/Changes.md", "# Changes\n");
    Files.createSymbolicLink(git.root().resolve("ChangeLog.md"), Path.of("docs/Changes.md"));
    assertThat(context().changelog()).contains("docs/Changes.md");
    Files.delete(git.root().resolve("ChangeLog.md"));
    Files.createSymbolicLink(git.root().resolve("CHANGELOG.md"), Path.of("../elsewhere.md"));
    Files.createDirectory(git.root().resolve("CHANGES.md"));
    assertThat(context().changelog()).contains("History.md");
  }

  @Test
  void theTagsKeepTheirPrefix() throws IOException {
    git.commit("a.txt", "a", "Begin");
    git.git("tag", "nightly");
    assertThat(context().prefix()).isEqualTo("v");
    git.git("tag", "v1.0.0");
    git.git("tag", "1.0.1");
    git.git("tag", "1.1.0-rc.1");
    assertThat(context().prefix()).isEmpty();
    assertThat(context().releases()).isEqualTo(2);
    for (var tag : new String[] {"py3-parser-v1.0", "py3-parser-v1.1", "py3-parser-v1.2.0+5"}) {
      git.git("tag", tag);
    }
    assertThat(context().adapt(STARTER))
        .contains("prefix: \"py3-parser-v\" #", "{\"prefix\": \"py3-parser-v\"}");
  }
}
