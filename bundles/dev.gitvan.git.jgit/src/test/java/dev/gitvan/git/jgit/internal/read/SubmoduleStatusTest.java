package dev.gitvan.git.jgit.internal.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.Status;
import dev.gitvan.git.jgit.internal.JGitGit;
import dev.gitvan.git.jgit.internal.command.GitCommand;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.process.local.internal.LocalLauncher;
import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Submodules in the status, compared with {@code git status -uno}. Shown to fail when submodules
 * are left out.
 */
class SubmoduleStatusTest {
  @TempDir Path directory;
  private GitSandbox git;
  private GitSandbox sub;
  private Repositories repositories;

  @BeforeEach
  void open() throws IOException {
    git = GitSandbox.init(directory);
    var source = git.at(Files.createDirectory(directory.resolve("source")));
    source.git("init", "-q");
    source.commit("a.txt", "1\n", "one");
    git.commit("a.txt", "1\n", "one");
    git.git("-c", "protocol.file.allow=always", "submodule", "-q", "add", "../source", "lib/sub");
    git.git("commit", "-qm", "submodule");
    sub = git.at(git.root().resolve("lib/sub"));
    repositories = new Repositories(git.environment());
  }

  @AfterEach
  void close() {
    repositories.close();
  }

  private Status status() {
    var service = new JGitGit(repositories, Metrics.NONE, new GitCommand(new LocalLauncher()));
    try (var repository = service.open(service.discover(git.root()))) {
      return repository.status();
    }
  }

  private void compare(String what) {
    var ours = status();
    var lines =
        git.git("--no-optional-locks", "status", "--porcelain", "--no-renames", "-uno").lines();
    var expected = lines.map(line -> line.substring(line.lastIndexOf(' ') + 1)).toList();
    var found = new TreeSet<>(ours.staged());
    found.addAll(ours.unstaged());
    found.addAll(ours.conflicted());
    assertThat(found).as(what).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(ours.isClean()).as(what).isEqualTo(expected.isEmpty());
  }

  private void commitInside() {
    sub.git("commit", "-q", "--allow-empty", "-m", "more");
  }

  @Test
  void whatChangesInside() {
    compare("as committed");
    assertThat(status().isClean()).isTrue();
    sub.write("new.txt", "1\n");
    compare("untracked content");
    sub.git("add", "new.txt");
    compare("staged content");
    assertThat(status().unstaged()).containsExactly("lib/sub");
    sub.git("reset", "-q", "--hard");
    sub.write("a.txt", "2\n");
    compare("modified content");
    assertThat(status().unstaged()).containsExactly("lib/sub");
    sub.git("reset", "-q", "--hard");
    commitInside();
    compare("new commits");
    assertThat(status().unstaged()).containsExactly("lib/sub");
    git.git("add", "lib/sub");
    compare("new commits staged");
    assertThat(status().staged()).containsExactly("lib/sub");
    assertThat(status().unstaged()).isEmpty();
    git.git("update-index", "--skip-worktree", "lib/sub");
    sub.write("a.txt", "2\n");
    compare("skip-worktree");
    git.git("update-index", "--no-skip-worktree", "--assume-unchanged", "lib/sub");
    compare("assume-unchanged");
  }

  @Test
  void settingsThatIgnore() {
    var everything = List.of("untracked content", "modified content", "new commits");
    for (var state : everything) {
      switch (state) {
        case "untracked content" -> sub.write("new.txt", "1\n");
        case "modified content" -> sub.write("a.txt", "2\n");
        default -> commitInside();
      }
      for (var ignore : List.of("none", "untracked", "dirty", "all")) {
        git.git("config", "diff.ignoreSubmodules", ignore);
        compare(state + ", diff.ignoreSubmodules=" + ignore);
        git.git("config", "-f", ".gitmodules", "submodule.lib/sub.ignore", ignore);
        compare(state + ", .gitmodules " + ignore + " too");
        git.git("config", "--unset", "diff.ignoreSubmodules");
        compare(state + ", .gitmodules " + ignore);
        for (var own : List.of("none", "untracked", "dirty", "all")) {
          git.git("config", "submodule.lib/sub.ignore", own);
          compare(state + ", submodule.ignore=" + own + " over " + ignore);
        }
        git.git("config", "--unset", "submodule.lib/sub.ignore");
      }
      git.git("checkout", "-q", ".gitmodules");
    }
    git.git("config", "-f", ".gitmodules", "submodule.lib/sub.ignore", "all");
    git.git("add", ".gitmodules", "lib/sub");
    compare("what is staged is never ignored");
    git.git("commit", "-qm", "ignore all");
    git.git("rm", "-q", "--cached", ".gitmodules");
    git.git("reset", "-q");
    commitInside();
    assertThat(git.root().resolve(".gitmodules").toFile().delete()).isTrue();
    compare(".gitmodules of the index");
    git.git("config", "submodule.lib/sub.ignore", "some");
    assertThat(git.run("status").status()).isNotZero();
    assertThatExceptionOfType(GitVanException.class)
        .isThrownBy(this::status)
        .withMessageContaining("submodule.lib/sub.ignore")
        .satisfies(e -> assertThat(e.code()).isEqualTo(Codes.CONFIG_PARSE));
  }

  @Test
  void whatIsNotCheckedOut() throws IOException {
    git.git("submodule", "-q", "deinit", "-f", "lib/sub");
    compare("deinitialised");
    git.write("lib/sub/x", "1\n");
    compare("a folder of other files");
    git.exec(List.of("rm", "-r", "lib/sub"), Map.of());
    compare("missing");
    assertThat(status().unstaged()).containsExactly("lib/sub");
    git.git("config", "submodule.lib/sub.ignore", "all");
    compare("missing and ignored");
    git.git("config", "--unset", "submodule.lib/sub.ignore");
    git.write("lib/sub", "a file\n");
    compare("a file in its place");
    Files.delete(git.root().resolve("lib/sub"));
    Files.createSymbolicLink(git.root().resolve("lib/sub"), directory.resolve("source"));
    assertThat(git.run("status").err()).contains("not to be a symbolic link");
    assertThat(status().unstaged()).containsExactly("lib/sub");
    Files.delete(git.root().resolve("lib/sub"));
    Files.createDirectory(git.root().resolve("lib/sub"));
    sub.git("init", "-q");
    compare("a repository without commits");
    git.exec(List.of("mv", "lib", "elsewhere"), Map.of());
    Files.createSymbolicLink(git.root().resolve("lib"), Path.of("elsewhere"));
    compare("beyond a link");
    assertThat(status().unstaged()).containsExactly("lib/sub");
  }

  @Test
  void aSubmoduleThatIsABrokenLink() {
    git.write("lib/sub/.git", "gitdir: /nowhere\n");
    assertThat(git.run("status").status()).isNotZero();
    assertThatExceptionOfType(GitVanException.class)
        .isThrownBy(this::status)
        .satisfies(e -> assertThat(e.code()).isEqualTo(Codes.REPO_NOT_FOUND));
  }

  @Test
  void submodulesOfSubmodules() {
    sub.git("-c", "protocol.file.allow=always", "submodule", "-q", "add", "../source", "deep");
    sub.git("commit", "-qm", "deep");
    git.git("commit", "-qam", "deep");
    compare("as committed");
    var deep = git.at(sub.root().resolve("deep"));
    deep.write("new.txt", "1\n");
    compare("untracked content below");
    git.git("config", "submodule.lib/sub.ignore", "none");
    compare("untracked content below counts");
    sub.git("config", "status.showUntrackedFiles", "no");
    compare("untracked content below does not count for the submodule");
    deep.write("a.txt", "2\n");
    compare("modified content below");
    git.git("config", "submodule.lib/sub.ignore", "dirty");
    compare("modified content below is ignored");
  }

  /** Shown to bite: git leaves the canary. */
  @Test
  void nothingThatASubmoduleNamesIsRun() throws IOException {
    var canary = directory.resolve("canary");
    var script = directory.resolve("evil.sh");
    Files.writeString(script, "#!/bin/sh\ntouch " + canary + "\ncat\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    sub.write(".gitattributes", "a.txt filter=evil\n");
    for (var key : List.of("core.fsmonitor", "filter.evil.clean", "filter.evil.process")) {
      sub.git("config", key, script.toString());
    }
    sub.write("a.txt", "2\n");
    assertThat(status().unstaged()).containsExactly("lib/sub");
    assertThat(canary).doesNotExist();
    git.run("status");
    assertThat(canary).exists();
  }

  /** Git itself starts processes without end here. */
  @Test
  void aSubmoduleThatIsTheRepositoryItself() {
    git.write("lib/sub/.git", "gitdir: ../../.git\n");
    git.git("config", "core.worktree", git.root().toString());
    assertThat(status().isClean()).isFalse();
  }
}
