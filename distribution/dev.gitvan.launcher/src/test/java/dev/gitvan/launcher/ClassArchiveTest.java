package dev.gitvan.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {
  @TempDir Path directory;

  @Test
  void isRecordedByOneProcess() throws Exception {
    var archive = archive();

    assertThat(archive.claim(Instant.now())).isTrue();
    assertThat(archive().claim(Instant.now())).isFalse();
  }

  @Test
  void isRecordedAgainWhenTheRecorderWasKilled() throws Exception {
    archive().claim(Instant.now());

    Instant later = Instant.now().plus(ClassArchive.RECORDING_LIMIT).plusSeconds(1);
    assertThat(archive().claim(later)).isTrue();
  }

  private ClassArchive archive() {
    return new ClassArchive(directory.resolve("classes/17/a.jsa"), directory.resolve("gitvan"));
  }
}
