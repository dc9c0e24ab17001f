package dev.gitvan.git.jgit.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.git.jgit.internal.JGitGit;
import dev.gitvan.git.jgit.internal.command.GitCommand;
import dev.gitvan.git.jgit.internal.settings.Repositories;
import dev.gitvan.metrics.Metrics;
import dev.gitvan.process.local.internal.LocalLauncher;
import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectInserter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Short names are those of {@code %h}. */
class AbbreviationTest {
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

  private String assertIsGits() {
    var service = new JGitGit(repositories, Metrics.NONE, new GitCommand(new LocalLauncher()));
    try (var repository = service.open(service.discover(git.root()))) {
      var mine = repository.commits().abbreviate(git.git("rev-parse", "HEAD"));
      assertThat(mine).isEqualTo(git.git("log", "-1", "--format=%h"));
      return mine;
    }
  }

  @Test
  void commitsThatBeginAlikeHaveMoreDigits() {
    var commit =
        "tree "
            + git.git("mktree", "--missing")
            + "\nauthor A <a@example.org> 1700000000 +0000\n"
            + "committer A <a@example.org> 1700000000 +0000\n\nfeat: ";
    var known = new HashMap<String, String>();
    try (var formatter = new ObjectInserter.Formatter()) {
      // Of 2^28 prefixes two are likely to meet after 2^14.
      for (int i = 0; ; i++) {
        var text = commit + i + "\n";
        var id = formatter.idFor(Constants.OBJ_COMMIT, text.getBytes(StandardCharsets.US_ASCII));
        var other = known.put(id.name().substring(0, 7), text);
        if (other != null) {
          object(other);
          git.git("update-ref", "HEAD", object(text));
          break;
        }
      }
    }
    assertThat(assertIsGits()).hasSizeGreaterThan(7);
    git.git("repack", "-q", "-a", "-d", "-k");
    assertThat(assertIsGits()).hasSizeGreaterThan(7);
  }

  private String object(String text) {
    try {
      var file = Files.writeString(git.home().resolve("object"), text);
      return git.git("hash-object", "-t", "commit", "-w", file.toString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "no", "off", "4", "12", "40"})
  void theirLengthIsConfigured(String value) {
    git.commit("a.txt", "1\n", "one");
    git.git("config", "core.abbrev", value);
    assertIsGits();
  }

  @Test
  void theyGrowWithTheRepository() {
    git.commit("a.txt", "1\n", "one");
    var objects = new StringBuilder();
    for (int i = 0; i < 1 << 14; i++) {
      var data = String.valueOf(i);
      objects.append("blob\ndata ").append(data.length()).append('\n').append(data).append('\n');
    }
    var input = git.write("../objects", objects.toString());
    git.git("config", "alias.import", "!git fast-import --quiet < " + input);
    git.git("import");
    assertThat(assertIsGits()).hasSize(8);
  }
}
