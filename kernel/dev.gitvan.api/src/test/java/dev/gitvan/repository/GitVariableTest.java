package dev.gitvan.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.repository.GitVariable.Use;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class GitVariableTest {
  private static final Path PAGE = Path.of("../../docs/git.md");
  private static final Pattern ROW =
      Pattern.compile("\\| (`GIT_[^|]+) \\| (honours|refuses|ignores) [^|]+\\|[^|]+\\|");
  private static final Pattern NAME = Pattern.compile("`(GIT_[A-Z_]+)`(\\*?)");

  /** Every variable with its use, and a star behind those that programs of a run do not get. */
  @Test
  void thePageListsEveryVariable() throws IOException {
    var documented = new TreeMap<String, String>();
    for (var line : Files.readAllLines(PAGE)) {
      var row = ROW.matcher(line);
      if (row.matches()) {
        NAME.matcher(row.group(1))
            .results()
            .forEach(name -> documented.put(name.group(1), row.group(2) + name.group(2)));
      }
    }
    for (var variable : GitVariable.values()) {
      var name = variable.name();
      boolean removed = GitVariable.removedFrom(Map.of(name, "x")).isEmpty();
      assertThat(documented).containsEntry(name, verb(variable.use()) + (removed ? "*" : ""));
    }
  }

  private static String verb(Use use) {
    return switch (use) {
      case HONOURED -> "honours";
      case REFUSED -> "refuses";
      case IGNORED -> "ignores";
    };
  }

  @Test
  void pairsOfSettingsAreRemovedWithTheirNumber() {
    var environment =
        Map.of(
            "GIT_CONFIG_COUNT", "1",
            "GIT_CONFIG_KEY_0", "a.b",
            "GIT_CONFIG_VALUE_0", "c",
            "GIT_CONFIG_GLOBAL", "kept",
            "PATH", "kept");
    assertThat(GitVariable.removedFrom(environment)).containsOnlyKeys("GIT_CONFIG_GLOBAL", "PATH");
  }

  @Test
  void anIndexIsTheWorktreesOwnUnlessItIsNamed() {
    var git = Path.of("/r/.git");
    var own = new WorktreeId(git, new RepositoryId(git), Path.of("/r"));
    assertThat(own.index()).isEqualTo(git.resolve("index"));
    assertThat(own.hasOwnIndex()).isTrue();
    assertThat(new WorktreeId(git, own.repository(), own.workTree(), git.resolve("index")))
        .isEqualTo(own);
    var other = new WorktreeId(git, own.repository(), own.workTree(), git.resolve("index.lock"));
    assertThat(other.hasOwnIndex()).isFalse();
    assertThat(other).isNotEqualTo(own);
  }
}
