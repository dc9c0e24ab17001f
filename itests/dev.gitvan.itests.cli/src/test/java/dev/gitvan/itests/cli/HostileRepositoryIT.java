package dev.gitvan.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository whose own configuration and hooks want to run programs. */
class HostileRepositoryIT {
  private static final String COMMITS =
      """
      steps:
        - { template: t.peb, to: out.md }
        - commit: { message: "docs: out", paths: [out.md] }
        - tag: { name: v1, message: One }
      """;

  @TempDir Path directory;

  /**
   * Every way by which a repository's configuration or hooks start a program at a commit leaves a
   * canary when it sings.
   *
   * <p>Aimed at a commit made by {@code git commit}, which runs hooks and fsmonitor.
   */
  @Test
  void nothingOfTheRepositorysIsRun() throws IOException {
    var repository = prepared();
    var canary = repository.sandbox().home().resolve("canary");
    var program =
        Files.writeString(
            repository.sandbox().home().resolve("sing"),
            "#!/bin/sh\necho \"$0 $*\" >> " + canary + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    for (var hook :
        List.of(
            "pre-commit",
            "prepare-commit-msg",
            "commit-msg",
            "post-commit",
            "reference-transaction",
            "post-index-change",
            "pre-auto-gc")) {
      Files.copy(program, repository.file(".git/hooks/" + hook));
    }
    for (var key :
        List.of(
            "core.fsmonitor",
            "core.sshCommand",
            "core.pager",
            "core.editor",
            "core.askPass",
            "gpg.program",
            "gpg.ssh.program",
            "credential.helper",
            "diff.external",
            "alias.commit",
            "uploadpack.packObjectsHook")) {
      repository.git("config", key, program.toString());
    }
    repository.run("run", "commits").ok();
    repository.run("job", "list").ok();
    repository.run("receipt", "verify").ok();
    assertThat(canary).doesNotExist();
    assertThat(repository.git("-c", "core.fsmonitor=", "log", "-1", "--format=%s"))
        .isEqualTo("docs: out");
  }

  /** A filter of the repository's is not run, and its path is not committed unfiltered either. */
  @Test
  void pathWithACleanFilter() {
    var repository = prepared();
    repository.git("config", "filter.lfs.clean", "touch " + repository.root() + "/pwned; cat");
    repository.git("config", "filter.lfs.required", "true");
    repository.write(".gitattributes", "*.md filter=lfs\n");
    var refs = repository.refs(false);
    var problem = repository.run("-q", "run", "commits").refused("FILTER_UNSUPPORTED");
    assertThat(problem.place() + problem.message()).contains("out.md");
    assertThat(repository.file("pwned")).doesNotExist();
    assertThat(repository.refs(false)).isEqualTo(refs);
  }

  /** {@code commit.gpgsign} is never silently ignored, and the repository's program not trusted. */
  @Test
  void signingWithoutAProgramOfTheUser() throws IOException {
    var repository = prepared();
    var program = Files.writeString(repository.file("gpg.sh"), "#!/bin/sh\ntouch pwned\n").toFile();
    assertThat(program.setExecutable(true)).isTrue();
    repository.git("config", "commit.gpgsign", "true");
    repository.git("config", "gpg.program", program.toString());
    var refs = repository.refs(false);
    var gitvan = repository.gitvan().with("PATH", withoutGpg(repository));
    gitvan.run("-q", "run", "commits").refused("SIGNING_FAILED");
    assertThat(repository.file("pwned")).doesNotExist();
    assertThat(repository.refs(false)).isEqualTo(refs);
  }

  @Test
  void withoutAnIdentity() throws IOException {
    var repository = prepared();
    Files.writeString(
        repository.sandbox().home().resolve(".gitconfig"), "[init]\n\tdefaultBranch = main\n");
    var refs = repository.refs(false);
    var problem = repository.run("-q", "run", "commits").refused("IDENTITY_MISSING");
    assertThat(problem.message()).contains("user.name");
    assertThat(repository.refs(false)).isEqualTo(refs);
    assertThat(repository.file("out.md")).doesNotExist();
  }

  /** The Git environment of the caller, such as a hook's, leads nobody to another repository. */
  @Test
  void configurationWithAnIncludeThatIsMissing() {
    var repository = prepared();
    repository.git("config", "include.path", "/nowhere/config");
    repository.git("config", "extensions.worktreeConfig", "true");
    repository.run("run", "commits").ok();
  }

  private Repository prepared() {
    var repository = Repository.withOneCommit(directory);
    repository.template("t.peb", "text\n");
    repository.job("commits", COMMITS);
    return repository;
  }

  /** A {@code PATH} with everything that a shell script needs but gpg. */
  private static String withoutGpg(Repository repository) throws IOException {
    var bin = Files.createDirectories(repository.sandbox().home().resolve("bin"));
    for (var program :
        List.of("sh", "git", "setsid", "readlink", "sed", "nice", "mkdir", "rm", "mv", "env")) {
      for (var folder : System.getenv("PATH").split(":")) {
        var found = Path.of(folder, program);
        if (Files.isExecutable(found)) {
          Files.createSymbolicLink(bin.resolve(program), found);
          break;
        }
      }
    }
    return bin.toString();
  }
}
