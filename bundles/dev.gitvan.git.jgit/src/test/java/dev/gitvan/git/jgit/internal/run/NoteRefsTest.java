package dev.gitvan.git.jgit.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gitvan.job.spi.Staging.NoteSpec;
import dev.gitvan.testkit.GitSandbox;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Names of notes of which one would be the other's folder. In {@code packed-refs} both can stand,
 * and {@code git clone} and {@code git gc} fail then.
 *
 * <p>Shown to fail when nobody looks for them: both notes were written.
 */
class NoteRefsTest {
  @TempDir Path directory;
  private GitSandbox git;

  @BeforeEach
  void create() {
    git = GitSandbox.init(directory);
    git.commit("a.txt", "1\n", "one");
  }

  private static NoteSpec note(String ref) {
    return new NoteSpec(ref, "m");
  }

  @Test
  void twoOfOneRun() {
    try (var run = OneRun.in(git)) {
      run.staging().note(note("refs/notes/review"));
      assertThatThrownBy(() -> run.staging().note(note("refs/notes/review/sub")))
          .hasMessageContaining("REF_EXISTS refs/notes/review/sub");
      run.apply();
    }
    assertThat(git.git("for-each-ref", "--format=%(refname)", "refs/notes/review"))
        .isEqualTo("refs/notes/review");
  }

  @Test
  void oneThatIsThere() {
    git.git("notes", "--ref", "review/sub", "add", "-m", "x");
    try (var run = OneRun.in(git)) {
      assertThatThrownBy(() -> run.staging().note(note("refs/notes/review")))
          .hasMessageContaining("REF_EXISTS refs/notes/review")
          .hasMessageContaining("refs/notes/review/sub");
    }
  }

  @Test
  void oneThatCameMeanwhile() {
    try (var run = OneRun.in(git)) {
      run.staging().note(note("refs/notes/review"));
      git.git("notes", "--ref", "review/sub", "add", "-m", "x");
      assertThatThrownBy(run::apply).hasMessageContaining("REF_EXISTS refs/notes/review");
    }
    assertThat(git.run("rev-parse", "-q", "--verify", "refs/notes/gitvan/results").status())
        .isNotZero();
  }

  @Test
  void theReceipts() {
    try (var run = OneRun.in(git)) {
      assertThatThrownBy(() -> run.staging().note(note("refs/notes/gitvan")))
          .hasMessageContaining("REF_INVALID refs/notes/gitvan");
    }
    git.git("notes", "--ref", "gitvan", "add", "-m", "x");
    try (var run = OneRun.in(git)) {
      assertThatThrownBy(run::apply).hasMessageContaining("REF_EXISTS refs/notes/gitvan/results");
    }
  }
}
