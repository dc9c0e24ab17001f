package dev.gitvan.git.jgit.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.jgit.internal.settings.EnvironmentConfig;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.repository.GitVariable;
import dev.gitvan.repository.WorktreeId;
import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Git's variables in a caller's environment, compared with git. */
class CallerEnvironmentTest {
  @TempDir Path directory;
  private Path root;
  private GitSandbox git;
  private Repositories repositories;

  @BeforeEach
  void open() throws IOException {
    root = directory.toRealPath();
    git = GitSandbox.init(directory);
    git.commit("a/b/c", "1\n", "one");
    git.git("worktree", "add", "-q", "--detach", root + "/linked");
    git.git("clone", "-q", "--bare", git.root().toString(), root + "/bare.git");
    git.git("init", "-q", "--separate-git-dir", root + "/elsewhere", root + "/apart");
    Files.createDirectory(root.resolve("files"));
    repositories = new Repositories(git.environment());
  }

  @AfterEach
  void close() {
    repositories.close();
  }

  private WorktreeId discover(String at, Map<String, String> variables) {
    return repositories.discover(root.resolve(at), variables);
  }

  private void assertSame(String at, String... pairs) {
    var variables = variables(pairs);
    var there = git.at(root.resolve(at));
    var found = discover(at, variables);
    var command = List.of("git", "rev-parse", "--absolute-git-dir");
    assertThat(found.gitDir() + "\n")
        .as(variables + " in " + at)
        .isEqualTo(there.exec(command, variables).out());
    var top = there.exec(List.of("git", "rev-parse", "--show-toplevel"), variables).out();
    assertThat(found.root().map(path -> path + "\n").orElse(""))
        .as(variables + " in " + at)
        .isEqualTo(top);
  }

  private void assertSameIndex(String at, String variable) {
    assertSame(at, variable);
    var command = List.of("git", "diff", "--cached", "--name-only");
    var staged = git.at(root.resolve(at)).exec(command, variables(variable));
    assertThat(discover(at, variables(variable)).hasOwnIndex())
        .as(variable + " in " + at)
        .isEqualTo(staged.out().isEmpty());
  }

  private static Map<String, String> variables(String... pairs) {
    var variables = new HashMap<String, String>();
    for (var pair : pairs) {
      variables.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    return variables;
  }

  private void assertRefused(ErrorCode code, String message, String at, String... pairs) {
    assertThatExceptionOfType(GitVanException.class)
        .isThrownBy(() -> discover(at, variables(pairs)))
        .withMessageContaining(message)
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void theRepositoryAndItsFiles() {
    var repo = root.relativize(git.root()).toString();
    var gitDir = git.root() + "/.git";
    for (var at : List.of(repo, repo + "/a", "files", "linked", "apart")) {
      assertSame(at, "GIT_DIR=" + gitDir);
      assertSame(at, "GIT_DIR=" + gitDir, "GIT_WORK_TREE=" + git.root());
      assertSame(at, "GIT_DIR=" + gitDir, "GIT_WORK_TREE=.");
      assertSame(at, "GIT_DIR=" + gitDir, "GIT_IMPLICIT_WORK_TREE=0");
      assertSame(at, "GIT_DIR=" + gitDir + "/worktrees/linked");
      assertSame(at, "GIT_DIR=" + root + "/bare.git");
      assertSame(at, "GIT_DIR=" + root + "/bare.git", "GIT_WORK_TREE=" + root + "/files");
      assertSame(at, "GIT_DIR=" + root + "/apart/.git");
    }
    assertSame(repo, "GIT_DIR=.git");
    assertSame(repo + "/a", "GIT_WORK_TREE=" + root + "/files");
    assertSame("bare.git", "GIT_DIR=.");
    assertSame("bare.git/refs", "GIT_WORK_TREE=" + root + "/files");
    assertSame("linked/a");
    git.git("config", "core.worktree", root + "/files");
    assertSame("apart", "GIT_DIR=" + gitDir);
    assertSame("apart", "GIT_DIR=" + gitDir, "GIT_WORK_TREE=" + root + "/linked");
  }

  @Test
  void theIndex() throws IOException {
    var repo = root.relativize(git.root()).toString();
    git.write("new", "1\n");
    Files.copy(git.root().resolve(".git/index"), git.root().resolve(".git/other"));
    git.exec(List.of("git", "add", "new"), Map.of("GIT_INDEX_FILE", ".git/other"));
    assertSameIndex(repo, "GIT_INDEX_FILE=.git/other");
    assertSameIndex(repo + "/a", "GIT_INDEX_FILE=.git/other");
    assertSameIndex(repo + "/a", "GIT_INDEX_FILE=" + git.root() + "/.git/other");
    assertSameIndex(repo + "/a", "GIT_INDEX_FILE=.git/index");
    assertSameIndex(repo + "/a", "GIT_INDEX_FILE=" + git.root() + "/.git/index");
    assertRefused(Codes.REPO_NOT_FOUND, "GIT_INDEX_FILE=", repo, "GIT_INDEX_FILE=");
  }

  @Test
  void whatDoesNotLeadToARepository() {
    var not = Codes.REPO_NOT_FOUND;
    for (var value : List.of("", "nothing", root + "/files")) {
      assertRefused(not, "GIT_DIR=" + value, "linked", "GIT_DIR=" + value);
      assertThat(git.exec(List.of("git", "status"), Map.of("GIT_DIR", value)).status()).isNotZero();
    }
    assertRefused(not, "GIT_WORK_TREE=", "linked", "GIT_WORK_TREE=");
    assertRefused(not, "GIT_WORK_TREE=/none", "linked", "GIT_WORK_TREE=/none");
    var repo = root.relativize(git.root()) + "/a/b";
    assertSame(repo, "GIT_CEILING_DIRECTORIES=" + root + ":relative");
    assertSame(repo, "GIT_CEILING_DIRECTORIES=" + git.root() + "/a/b");
    for (var ceiling : List.of(git.root() + "/", "x::" + git.root(), git.root() + "/a")) {
      var variable = "GIT_CEILING_DIRECTORIES=" + ceiling;
      assertRefused(not, "not inside a Git repository", repo, variable);
      var command = List.of("git", "rev-parse");
      assertThat(git.at(root.resolve(repo)).exec(command, variables(variable)).status())
          .isNotZero();
    }
  }

  /** Each names itself; a value that changes nothing is fine. */
  @Test
  void whatIsRefused() {
    var repo = root.relativize(git.root()).toString();
    for (var variable : GitVariable.values()) {
      if (variable.use() == GitVariable.Use.REFUSED) {
        assertRefused(
            Codes.REPO_UNSUPPORTED, variable + ": ", repo, variable + "=" + root + "/files");
      }
    }
    assertSame(
        repo,
        "GIT_COMMON_DIR=.git",
        "GIT_OBJECT_DIRECTORY=.git/objects",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES=" + git.root() + "/.git/objects",
        "GIT_NAMESPACE=x",
        "GIT_PREFIX=a/");
  }

  @Test
  void everyVariableThatGitTiesToARepositoryIsKnown() {
    var known = Arrays.stream(GitVariable.values()).map(Enum::name).toList();
    assertThat(git.git("rev-parse", "--local-env-vars").split("\n")).isSubsetOf(known);
  }

  @Test
  void configuration() {
    var variables =
        variables(
            "GIT_CONFIG_COUNT=2",
            "GIT_CONFIG_KEY_0=a.x",
            "GIT_CONFIG_VALUE_0=1",
            "GIT_CONFIG_KEY_1=a.Sub.Section.y",
            "GIT_CONFIG_VALUE_1=",
            "GIT_CONFIG_PARAMETERS='a.x'='it'\\''s \"2\"' 'a.old=3=4' 'a.bool' 'a.flag'=");
    var entries = EnvironmentConfig.of(variables);
    for (var entry : entries.subList(1, entries.size())) {
      var command = List.of("git", "config", "--type=" + type(entry), entry.key());
      assertThat(git.exec(command, variables).out()).isEqualTo(entry.value() + "\n");
    }
    assertThat(entries).hasSize(6);
    for (var invalid :
        List.of(
            "GIT_CONFIG_COUNT=x",
            "GIT_CONFIG_COUNT=1",
            "GIT_CONFIG_PARAMETERS=a.x=1",
            "GIT_CONFIG_PARAMETERS='nosection'='1'",
            "GIT_CONFIG_PARAMETERS='a.x'='1")) {
      var pair = variables(invalid);
      assertThat(git.exec(List.of("git", "config", "a.x"), pair).status()).isGreaterThan(1);
      assertThatExceptionOfType(GitVanException.class)
          .isThrownBy(() -> EnvironmentConfig.of(pair))
          .satisfies(e -> assertThat(e.code()).isEqualTo(Codes.CONFIG_PARSE));
    }
  }

  private static String type(EnvironmentConfig.Entry entry) {
    return entry.value().equals("true") ? "bool" : "path";
  }
}
