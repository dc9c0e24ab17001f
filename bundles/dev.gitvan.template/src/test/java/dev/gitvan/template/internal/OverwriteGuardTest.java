package dev.gitvan.template.internal;

import static dev.gitvan.template.internal.TemplatesFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.git.jgit.internal.JGitGit;
import dev.gitvan.git.jgit.internal.command.GitCommand;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.process.local.internal.LocalLauncher;
import dev.gitvan.template.Templates.Overwrite;
import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Content that is neither committed nor GitVan's is not lost, in whatever state of Git it is. */
class OverwriteGuardTest {
  private static final String PATH = "docs/größe.md";

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
    fixture.template("page.peb", "page {{ n }}\n");
  }

  @AfterEach
  void close() {
    fixture.close();
    repositories.close();
  }

  /** As a run does, which opens the templates again. */
  private void write(int n) {
    fixture.open().write("page.peb", Map.of("n", n), PATH);
  }

  private void assertRefused() {
    var content = git.read(PATH);
    var failure = failure(() -> write(1));
    assertThat(failure.code()).isEqualTo(Codes.REPO_DIRTY);
    assertThat(failure.problem().place()).isEqualTo(PATH);
    var preview =
        failure(
            () ->
                fixture.openDry().preview("page.peb", Map.of("n", 1), PATH, Overwrite.RECOVERABLE));
    assertThat(preview.code()).isEqualTo(Codes.REPO_DIRTY);
    assertThat(git.read(PATH)).isEqualTo(content);
    assertThat(git.root().resolve("docs")).isDirectoryContaining("glob:**größe.md");
    try (var files = Files.list(git.root().resolve("docs"))) {
      assertThat(files).as("no temporary file stays").hasSize(1);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"untracked", "unborn", "modified", "staged", "staged only", "added"})
  void whatIsNotCommittedStays(String state) {
    if (!state.equals("unborn")) {
      git.commit("README.md", "readme\n", "Begin");
    }
    if (List.of("modified", "staged", "staged only").contains(state)) {
      git.commit(PATH, "committed\n", "Add the page");
    }
    git.write(PATH, "by hand\n");
    if (state.startsWith("staged") || state.equals("added")) {
      git.git("add", PATH);
    }
    if (state.equals("staged only")) {
      git.write(PATH, "committed\n");
    }
    assertRefused();
    fixture.open().write("page.peb", Map.of("n", 1), PATH, Overwrite.ANY);
    assertThat(git.read(PATH)).isEqualTo("page 1\n");
    write(2);
    assertThat(git.read(PATH)).isEqualTo("page 2\n");
  }

  @Test
  void whatIsCommittedOrIgnoredIsReplaced() {
    git.commit(PATH, "committed\n", "Add the page");
    write(1);
    assertThat(git.read(PATH)).isEqualTo("page 1\n");
    git.git("rm", "-q", "--cached", PATH);
    git.commit(".gitignore", "docs/\n", "Ignore the pages");
    git.write(PATH, "by hand\n");
    write(2);
    assertThat(git.read(PATH)).isEqualTo("page 2\n");
  }

  @Test
  void whatGitVanWroteIsReplaced() {
    git.commit("README.md", "readme\n", "Begin");
    write(1);
    write(2);
    write(3);
    git.write(PATH, "page 2\n");
    write(3);
    git.write(PATH, "page 3, and by hand\n");
    assertRefused();
    // The same content elsewhere is not GitVan's.
    git.write("docs/other.md", "page 3\n");
    assertThat(
            failure(() -> fixture.open().write("page.peb", Map.of("n", 1), "docs/other.md")).code())
        .isEqualTo(Codes.REPO_DIRTY);
  }

  @Test
  void theSameContentIsNoChange() {
    git.write(PATH, "page 1\n");
    write(1);
    assertThat(git.read(PATH)).isEqualTo("page 1\n");
  }

  /** Two processes, of which the first has read what was written before the second. */
  @Test
  void whatAnotherProcessWroteMeanwhileIsReplaced() {
    git.commit("README.md", "readme\n", "Begin");
    write(1);
    var first = fixture.open();
    first.write("page.peb", Map.of("n", 2), PATH);
    write(3);
    first.write("page.peb", Map.of("n", 4), PATH);
    assertThat(git.read(PATH)).isEqualTo("page 4\n");
  }

  /** Only half of it is forgotten when the file is full. */
  @Test
  void theFileOfDigestsIsBounded() throws IOException {
    git.commit("README.md", "readme\n", "Begin");
    var line = "0".repeat(64) + "\n";
    var file = git.worktree().gitDir().resolve("gitvan/outputs");
    Files.createDirectories(file.getParent());
    Files.writeString(file, line.repeat((8 << 20) / 65));
    write(1);
    write(2);
    assertThat(Files.size(file)).isLessThan(5 << 20).satisfies(n -> assertThat(n % 65).isZero());
    write(3);
    assertThat(git.read(PATH)).isEqualTo("page 3\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"link", "link of the folder", "folder", "fifo", "garbage"})
  @Timeout(60)
  void whatIsInThePlaceOfTheDigestsIsLeftAlone(String what) throws Exception {
    git.commit("README.md", "readme\n", "Begin");
    var file = git.worktree().gitDir().resolve("gitvan/outputs");
    var precious = git.write("precious/outputs", "mine\n");
    if (what.equals("link of the folder")) {
      Files.createSymbolicLink(file.getParent(), precious.getParent());
    } else {
      Files.createDirectories(file.getParent());
      switch (what) {
        case "link" -> Files.createSymbolicLink(file, precious);
        case "folder" -> Files.createDirectory(file);
        case "fifo" -> git.exec(List.of("mkfifo", file.toString()), Map.of());
        default -> Files.writeString(file, "no digest");
      }
    }
    write(1);
    assertThat(git.read(PATH)).isEqualTo("page 1\n");
    assertThat(git.read("precious/outputs")).isEqualTo("mine\n");
    git.write(PATH, "by hand\n");
    assertRefused();
  }
}
