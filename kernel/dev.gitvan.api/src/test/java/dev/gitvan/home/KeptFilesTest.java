package dev.gitvan.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Shown to fail when links are followed; a FIFO that is opened never lets the test end. */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(60)
class KeptFilesTest {
  private static final byte[] NEW = "new\n".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path directory;
  private Path root;
  private Path precious;
  private KeptFiles files;

  @BeforeEach
  void prepare() throws IOException {
    root = Files.createDirectory(directory.resolve("root"));
    precious = Files.writeString(directory.resolve("precious"), "mine\n");
    files = new KeptFiles(root);
  }

  private static void mkfifo(Path file) throws Exception {
    assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
  }

  private void assertInTheWay(ThrowingCallable writing, Path named, String words) {
    assertThatExceptionOfType(GitVanException.class)
        .isThrownBy(writing)
        .satisfies(e -> assertThat(e.code()).isEqualTo(Codes.IO_ERROR))
        .withMessageContainingAll(named + ": " + words, "Remove it");
  }

  @Test
  void writesAndReads() throws IOException {
    var file = root.resolve("a/b/c");
    assertThat(files.read(file, 4)).isEmpty();
    files.replace(file, NEW);
    assertThat(files.read(file, 4)).hasValue(NEW);
    assertThat(files.read(file, 3)).as("larger than the limit").isEmpty();
    assertThat(files.isFile(file)).isTrue();
    assertThat(root.resolve("a/b")).isDirectoryContaining(path -> path.equals(file));
    try (var lock = files.openLock(root.resolve("a/lock"))) {
      assertThat(lock.tryLock()).isNotNull();
    }
  }

  @Test
  void replacesALinkAndLeavesItsTarget() throws IOException {
    var link = Files.createSymbolicLink(root.resolve("link"), precious);
    assertThat(files.read(link, 100)).isEmpty();
    assertThat(files.isFile(link)).isFalse();
    assertInTheWay(() -> files.openLock(link), link, "a symbolic link is");
    files.replace(link, NEW);
    assertThat(precious).hasContent("mine\n");
    assertThat(Files.isSymbolicLink(link)).isFalse();
    assertThat(files.read(link, 4)).hasValue(NEW);
  }

  @Test
  void doesNotGoThroughALinkedFolder() throws IOException {
    var link = Files.createSymbolicLink(root.resolve("link"), directory);
    var inside = link.resolve("precious");
    assertThat(files.read(inside, 100)).isEmpty();
    assertThat(files.isFolder(link)).isFalse();
    assertInTheWay(() -> files.replace(inside, NEW), link, "a symbolic link is");
    assertInTheWay(() -> files.openLock(inside), link, "a symbolic link is");
    assertInTheWay(() -> files.createFolder(link.resolve("new")), link, "a symbolic link is");
    assertThat(precious).hasContent("mine\n");
    assertThat(directory.resolve("new")).doesNotExist();
  }

  @Test
  void doesNotWaitForAFifo() throws Exception {
    var fifo = root.resolve("fifo");
    mkfifo(fifo);
    assertThat(files.read(fifo, 100)).isEmpty();
    assertInTheWay(() -> files.openLock(fifo), fifo, "a special file is");
    assertInTheWay(() -> files.createFolder(fifo.resolve("a")), fifo, "a special file is");
    files.replace(fifo, NEW);
    assertThat(files.read(fifo, 4)).hasValue(NEW);
  }

  @Test
  void leavesAFolderInPlaceOfAFile() throws IOException {
    var folder = Files.createDirectory(root.resolve("folder"));
    assertThat(files.read(folder, 100)).isEmpty();
    assertInTheWay(() -> files.replace(folder, NEW), folder, "a folder is");
    assertInTheWay(() -> files.openLock(folder), folder, "a folder is");
    var file = Files.writeString(root.resolve("file"), "");
    assertInTheWay(() -> files.createFolder(file.resolve("a")), file, "a file is");
    assertThat(root).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void trustsThePathOfItsRoot() throws IOException {
    var link = Files.createSymbolicLink(directory.resolve("to-root"), root);
    new KeptFiles(link).replace(link.resolve("a"), NEW);
    assertThat(root.resolve("a")).hasBinaryContent(NEW);
  }
}
