package dev.gitvan.template.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.testkit.GitSandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnifiedDiffTest {
  private static DiffSide side(String text) throws IOException {
    return DiffSide.of(out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** A change of two neighbouring lines is one removal of both and one addition of both. */
  @Test
  void readsAsGitPrintsIt(@TempDir Path directory) throws IOException {
    var before = "one\ntwo\nthree\nfour\nfive\n";
    var after = "one\nTWO\nTHREE\nfour\nfive\nsix\n";
    var git = GitSandbox.init(directory);
    git.commit("a.txt", before, "before");
    git.write("a.txt", after);
    var printed = git.git("diff", "--no-color", "a.txt");
    assertThat(UnifiedDiff.of("a.txt", side(before), side(after)).strip())
        .isEqualTo(printed.substring(printed.indexOf("--- ")).strip());
  }
}
