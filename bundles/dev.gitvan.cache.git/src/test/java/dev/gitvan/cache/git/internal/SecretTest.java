package dev.gitvan.cache.git.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SecretTest {
  @TempDir Path directory;

  private String seal(Path file) throws IOException {
    return new Secret(file).seal("cache", 1, "tree");
  }

  private void assertRefused(Path file) {
    assertThatIOException()
        .isThrownBy(() -> seal(file))
        .withMessage(file + " is not a key; delete it");
  }

  @Test
  void theFirstProcessMakesTheKey() throws IOException {
    var file = directory.resolve("state/cache-key");
    assertThat(seal(file)).isEqualTo(seal(file)).isNotEqualTo(seal(directory.resolve("other")));
  }

  @Test
  void noPartOfAKeyIsAKey() throws IOException {
    var file = directory.resolve("cache-key");
    seal(file);
    var whole = Files.readAllBytes(file);
    for (int length = 0; length <= whole.length + 1; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      if (length != whole.length) {
        assertRefused(file);
      }
    }
  }

  /** Shown to fail when a FIFO is opened: it waits for a writer. */
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void linksAndSpecialFilesAreNotOpened() throws Exception {
    var fifo = directory.resolve("fifo");
    assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
    assertRefused(fifo);
    var key = directory.resolve("cache-key");
    seal(key);
    assertRefused(Files.createSymbolicLink(directory.resolve("link"), key));
  }
}
