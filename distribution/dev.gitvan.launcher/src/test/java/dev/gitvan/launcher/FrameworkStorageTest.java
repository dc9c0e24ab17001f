package dev.gitvan.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameworkStorageTest {
  @TempDir Path parent;

  @Test
  void givesEveryProcessItsOwnDirectoryAndDeletesItWithAllContent() throws Exception {
    var first = FrameworkStorage.create(parent);
    var second = FrameworkStorage.create(parent);
    Files.writeString(
        Files.createDirectories(first.directory().resolve("bundle1")).resolve("a"), "");

    first.close();

    assertThat(first.directory()).doesNotExist();
    assertThat(second.directory()).isDirectory().isNotEqualTo(first.directory());
    second.close();
  }

  @Test
  void sweepsWhatAKilledProcessLeft() throws Exception {
    Path abandoned = Files.createDirectories(parent.resolve("abandoned/bundle1"));
    Files.createFile(parent.resolve("abandoned").resolve(FrameworkStorage.LOCK));

    FrameworkStorage.create(parent).close();

    assertThat(abandoned).doesNotExist();
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void keepsTheStorageOfARunningProcess() throws Exception {
    Path running = Files.createDirectories(parent.resolve("running"));
    try (var channel =
            FileChannel.open(
                running.resolve(FrameworkStorage.LOCK),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        var lock = channel.lock()) {
      FrameworkStorage.create(parent).close();

      assertThat(lock.isValid()).isTrue();
      assertThat(running).isDirectory();
    }
  }

  @Test
  void keepsADirectoryThatIsAboutToBeLocked() throws Exception {
    Path young = Files.createDirectories(parent.resolve("young"));
    Instant modified = Files.getLastModifiedTime(young).toInstant();

    FrameworkStorage.sweep(parent, modified);
    assertThat(young).isDirectory();

    FrameworkStorage.sweep(parent, modified.plusSeconds(1));
    assertThat(young).doesNotExist();
  }

  @Test
  void saysWhatToDoWhenItCannotWrite() throws Exception {
    Path file = Files.createFile(parent.resolve("file"));

    assertThatThrownBy(() -> FrameworkStorage.create(file.resolve("framework")))
        .isInstanceOfSatisfying(
            LaunchException.class,
            e -> assertThat(e.line()).startsWith("ACCESS_DENIED ").contains("GITVAN_HOME"));
  }
}
