package dev.gitvan.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gitvan.git.Operations.FastForward;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class GitValuesTest {
  private static final OffsetDateTime DATE = OffsetDateTime.parse("2026-01-02T03:04:05+02:00");

  private static Commit.Builder commit() {
    return Commit.builder("1234567890").author("Ada", "ada@example.org", DATE).subject("docs: x");
  }

  @Test
  void valuesAreEqualByTheirFields() {
    assertThat(commit().build()).isEqualTo(commit().build()).hasSameHashCodeAs(commit().build());
    assertThat(commit().build()).isNotEqualTo(commit().body("more").build());
    assertThat(commit().parents(List.of("0")).build()).isNotEqualTo(commit().build());
  }

  @Test
  void authorIsTheCommitterByDefault() {
    var details = CommitDetails.builder(commit().build(), "tree").build();
    assertThat(details.committer()).isEqualTo("Ada");
    assertThat(details.committerEmail()).isEqualTo("ada@example.org");
    assertThat(details.committed()).isEqualTo(DATE);
  }

  @Test
  void fileKeepsItsPathByDefault() {
    var file = FileDiff.builder(Diff.Kind.MODIFIED, "a.txt");
    assertThat(file.build().oldPath()).isEqualTo("a.txt");
    assertThat(file.build()).hasToString("MODIFIED a.txt");
    assertThat(file.oldPath("b.txt").build()).hasToString("MODIFIED b.txt to a.txt");
  }

  @Test
  void lockedWorktreeHasAReason() {
    var worktree = Worktree.builder(Path.of("/r"));
    assertThat(worktree.build().locked()).isFalse();
    assertThat(worktree.locked("usb").build().lockReason()).isEqualTo("usb");
  }

  @Test
  void requestsAreCopied() {
    var plain = MergeSpec.of("topic");
    var changed = plain.fastForward(FastForward.NEVER).message("Merge").hooks(true);
    assertThat(plain).isEqualTo(MergeSpec.of("topic"));
    assertThat(changed.revision()).isEqualTo("topic");
    assertThat(changed.fastForward()).isEqualTo(FastForward.NEVER);
    assertThat(changed.message()).isEqualTo("Merge");
    assertThat(changed.hooks()).isTrue();
  }

  @Test
  void lockRequestIsChecked() {
    var request = LockRequest.of("deploy", "job deploy");
    assertThat(request.waiting(Duration.ofSeconds(2)).patience()).isEqualTo(Duration.ofSeconds(2));
    assertThatThrownBy(() -> request.withLease(Duration.ofMillis(999)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> request.waiting(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
