package dev.gitvan.git.jgit.internal.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.HistoryQuery;
import dev.gitvan.git.jgit.internal.JGitGit;
import dev.gitvan.git.jgit.internal.command.GitCommand;
import dev.gitvan.git.jgit.internal.refs.Failpoint;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.process.local.internal.LocalLauncher;
import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything in a repository that Git would run names a program that leaves a canary. Nothing may.
 *
 * <p>Shown to bite: the same repository read by {@code git status} leaves several.
 */
class HostileRepositoryTest {
  private static final List<String> KEYS =
      List.of(
          "core.fsmonitor",
          "core.sshCommand",
          "core.editor",
          "core.pager",
          "core.askPass",
          "core.gitProxy",
          "core.alternateRefsCommand",
          "credential.helper",
          "diff.external",
          "diff.evil.command",
          "diff.evil.textconv",
          "merge.evil.driver",
          "filter.evil.clean",
          "filter.evil.smudge",
          "filter.evil.process",
          "gpg.program",
          "gpg.ssh.program",
          "gpg.ssh.defaultKeyCommand",
          "gpg.x509.program",
          "sequence.editor",
          "uploadpack.packObjectsHook",
          "interactive.diffFilter",
          "alias.status",
          "trailer.evil.command",
          "trailer.evil.cmd");

  @TempDir Path directory;

  @Test
  void nothingThatARepositoryNamesIsRun() throws IOException {
    var git = GitSandbox.init(directory);
    git.commit("a.txt", "1\n", "one");
    git.commit("evil.bin", "1\n", "two");
    var canaries = Files.createDirectory(directory.resolve("canaries"));
    for (var key : KEYS) {
      git.git("config", key, script(canaries, key));
    }
    var hooks = Files.createDirectory(git.root().resolve(".git/evil-hooks"));
    for (var hook :
        List.of(
            "pre-commit",
            "prepare-commit-msg",
            "commit-msg",
            "post-commit",
            "reference-transaction",
            "post-index-change",
            "post-checkout",
            "post-rewrite",
            "pre-auto-gc",
            "fsmonitor-watchman")) {
      Files.copy(Path.of(script(canaries, "hook-" + hook)), hooks.resolve(hook));
      Files.copy(hooks.resolve(hook), git.root().resolve(".git/hooks").resolve(hook));
    }
    git.git("config", "core.hooksPath", hooks.toString());
    Files.writeString(
        git.root().resolve(".gitattributes"), "evil.bin filter=evil diff=evil merge=evil\n");
    git.write("evil.bin", "2\n");
    git.write("out.txt", "1\n");

    try (var gitvan = Receipts.open(git)) {
      gitvan.run(git.worktree(), Receipts.id(1), "out.txt", ".gitattributes");
      var service =
          new JGitGit(gitvan.repositories, Metrics.NONE, new GitCommand(new LocalLauncher()));
      try (var repository = service.open(service.discover(git.root()))) {
        assertThat(repository.status().unstaged()).containsExactly("evil.bin");
        assertThat(repository.nearestTag()).isEmpty();
        assertThat(repository.changedPaths("HEAD~1", "HEAD")).isNotEmpty();
        try (var history = repository.history(HistoryQuery.fromHead())) {
          assertThat(history.hasNext()).isTrue();
        }
      }
      assertThatExceptionOfType(GitVanException.class)
          .isThrownBy(() -> gitvan.run(git.worktree(), Receipts.id(2), "evil.bin"))
          .satisfies(e -> assertThat(e.code()).isEqualTo(Codes.FILTER_UNSUPPORTED));
      git.git("config", "commit.gpgSign", "true");
      git.git("config", "tag.gpgSign", "true");
      for (var format : List.of("openpgp", "ssh", "x509")) {
        git.git("config", "gpg.format", format);
        git.write("out.txt", format + "\n");
        assertThatExceptionOfType(GitVanException.class)
            .isThrownBy(() -> gitvan.run(git.worktree(), Receipts.id(3), "out.txt"))
            .satisfies(e -> assertThat(e.code()).isEqualTo(Codes.SIGNING_FAILED));
      }
    }
    try (var left = Files.list(canaries)) {
      assertThat(left.filter(file -> file.toString().endsWith(".canary"))).isEmpty();
    }
    // The repository is hostile indeed.
    git.run("status");
    try (var left = Files.list(canaries)) {
      assertThat(left.filter(file -> file.toString().endsWith(".canary"))).isNotEmpty();
    }
  }

  private static String script(Path folder, String name) throws IOException {
    var script = folder.resolve(name + ".sh");
    Files.writeString(script, "#!/bin/sh\ntouch " + folder.resolve(name + ".canary") + "\ncat\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return script.toString();
  }

  /**
   * A repository that is named is the one that is changed, whatever Git's variables say: they count
   * only where a caller asks for its own repository, and never reach a run's git processes.
   */
  @Test
  void theCallersGitVariablesDoNotRedirect() {
    var git = GitSandbox.init(directory);
    git.commit("a.txt", "1\n", "one");
    git.git("init", "-q", directory + "/other");
    git.write("out.txt", "1\n");
    var environment = new java.util.HashMap<>(git.environment());
    environment.putAll(
        Map.of(
            "GIT_DIR", directory + "/other/.git",
            "GIT_WORK_TREE", directory + "/other",
            "GIT_INDEX_FILE", directory + "/other/index",
            "GIT_OBJECT_DIRECTORY", directory + "/other/objects",
            "GIT_NAMESPACE", "x"));
    try (var gitvan = Receipts.open(environment, Failpoint.NONE)) {
      gitvan.run(gitvan.repositories.discover(git.root()), Receipts.id(1), "out.txt");
    }
    assertThat(git.git("log", "-1", "--format=%s")).isEqualTo("docs: update");
    assertThat(git.git("status", "--porcelain")).isEmpty();
    assertThat(directory.resolve("other/index")).doesNotExist();
  }
}
