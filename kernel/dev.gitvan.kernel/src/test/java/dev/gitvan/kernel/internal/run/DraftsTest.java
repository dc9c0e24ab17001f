package dev.gitvan.kernel.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.job.Artifact;
import dev.gitvan.job.PlannedEffect;
import org.junit.jupiter.api.Test;

class DraftsTest {
  private final Drafts drafts = new Drafts();

  @Test
  void writesWithTheirContentAndRefsAreForeseen() {
    drafts.put(new Artifact("./docs/a.md", "ab", 1));
    plan("write", "docs/a.md");
    plan("commit", "refs/heads/main");
    plan("tag", "refs/tags/v1");
    plan("note", "refs/notes/review");
    assertThat(drafts.isPredictable()).isTrue();
    assertThat(drafts.files()).extracting(Artifact::path).containsExactly("docs/a.md");
  }

  @Test
  void whatIsNotCalledIsNot() {
    plan("run", "make");
    assertThat(drafts.isPredictable()).isFalse();
  }

  @Test
  void writeWithoutItsContentIsNot() {
    drafts.put(new Artifact("docs/a.md", "ab", 1));
    plan("write", "docs/b.md");
    assertThat(drafts.isPredictable()).isFalse();
  }

  @Test
  void lastOneOfAFileCounts() {
    drafts.put(new Artifact("a", "ab", 1));
    drafts.put(new Artifact("./a", "cd", 2));
    assertThat(drafts.files()).containsExactly(new Artifact("a", "cd", 2));
  }

  private void plan(String kind, String subject) {
    drafts.planned(new PlannedEffect(kind, subject, ""));
  }
}
