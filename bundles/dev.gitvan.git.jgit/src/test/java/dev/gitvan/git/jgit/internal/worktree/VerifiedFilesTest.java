package dev.gitvan.git.jgit.internal.worktree;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.Test;

class VerifiedFilesTest {
  private static final long NOW = 1_800_000_000_123_456_789L;
  private static final ObjectId BLOB = ObjectId.fromString("a".repeat(40));

  private final VerifiedFiles files = new VerifiedFiles();

  private static FileStat stat(long modified, long changed) {
    return new FileStat(FileStat.Kind.FILE, false, 4, modified, changed, 1, 2, 3, 4);
  }

  @Test
  void knowsAFileWithTheSameStatDataAndBlob() {
    var stat = stat(NOW - 1_000_000_000, NOW - 500_000_000);
    files.add("a", stat, BLOB, NOW);
    assertThat(files.has("a", stat, BLOB)).isTrue();
    assertThat(files.has("b", stat, BLOB)).isFalse();
    assertThat(files.has("a", stat, ObjectId.zeroId())).isFalse();
    assertThat(files.has("a", stat(stat.modified(), stat.changed() + 1), BLOB)).isFalse();
  }

  /** The next change could leave the same times. */
  @Test
  void forgetsWhatWasChangedJustNow() {
    var modified = stat(NOW - 1, NOW - 500_000_000);
    var changed = stat(NOW - 1_000_000_000, NOW - 1);
    files.add("a", modified, BLOB, NOW);
    files.add("b", changed, BLOB, NOW);
    assertThat(files.has("a", modified, BLOB)).isFalse();
    assertThat(files.has("b", changed, BLOB)).isFalse();
  }
}
