package dev.gitvan.git.jgit.internal.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.DiffQuery;
import dev.gitvan.git.jgit.internal.JGitGit;
import dev.gitvan.git.jgit.internal.command.GitCommand;
import dev.gitvan.git.jgit.internal.command.HostileSettings;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.process.local.internal.LocalLauncher;
import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reading with the {@code git} command runs nothing that the repository names.
 *
 * <p>Shown to fail without the settings that are put on top, and each time that one of these was
 * left out: core.fsmonitor, diff.*.textconv (with {@code --no-textconv}), filter.*.clean.
 */
class HostileReadTest {
  @TempDir Path directory;

  @Test
  void nothingThatARepositoryNamesIsRun() throws IOException {
    var git = GitSandbox.init(directory);
    git.commit("a.txt", "1\n", "one");
    git.commit("evil.bin", "1\n", "two");
    git.git("remote", "add", "origin", directory + "/none.git");
    var hostile = HostileSettings.in(git, directory.resolve("canaries"));
    Files.writeString(
        git.root().resolve(".gitattributes"), "*.txt diff=evil\nevil.bin filter=evil diff=evil\n");
    git.write("a.txt", "2\n");
    var repositories = new Repositories(git.environment());
    try {
      var service = new JGitGit(repositories, Metrics.NONE, new GitCommand(new LocalLauncher()));
      try (var repository = service.open(service.discover(git.root()))) {
        var diff = repository.diff();
        assertThat(diff.files(DiffQuery.between("HEAD~1", "HEAD"))).hasSize(1);
        assertThat(diff.patch(DiffQuery.between(null, "HEAD"))).contains("+1");
        assertThat(diff.patch(DiffQuery.worktree("HEAD").paths("a.txt"))).contains("+2");
        assertThat(diff.files(DiffQuery.unstaged().paths("a.txt"))).hasSize(1);
        assertThat(repository.commits().contributors("HEAD", List.of())).hasSize(1);
        assertThat(hostile.ran()).isEmpty();

        // Its stat data differ, so that its content is to be cleaned.
        git.write("evil.bin", "22\n");
        for (var query : List.of(DiffQuery.unstaged(), DiffQuery.worktree("HEAD"))) {
          assertThatExceptionOfType(GitVanException.class)
              .isThrownBy(() -> diff.patch(query))
              .satisfies(e -> assertThat(e.code()).isEqualTo(Codes.FILTER_UNSUPPORTED));
        }

        // In a partial clone a missing object is fetched, by a program that the remote names.
        var blob = git.git("rev-parse", "HEAD:a.txt");
        Files.delete(
            git.root()
                .resolve(".git/objects")
                .resolve(blob.substring(0, 2))
                .resolve(blob.substring(2)));
        assertThatExceptionOfType(GitVanException.class)
            .isThrownBy(() -> diff.patch(DiffQuery.between(null, "HEAD")));
        assertThat(hostile.ran()).isEmpty();
      }
    } finally {
      repositories.close();
    }
    // The repository is hostile indeed.
    git.run("status");
    git.run("diff", "--cached", "HEAD~1");
    assertThat(hostile.ran()).hasSizeGreaterThan(2);
  }
}
