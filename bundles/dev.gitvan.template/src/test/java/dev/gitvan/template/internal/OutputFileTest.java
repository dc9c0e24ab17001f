package dev.gitvan.template.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.repository.RepositoryId;
import dev.gitvan.repository.WorktreeId;
import dev.gitvan.template.Templates.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One output, while its content is made: what is small is in memory until then, the rest in a file
 * beside the target. Somebody changes the folder in the middle; whatever happens, the output is at
 * its path or nowhere, and nothing else is left.
 */
@DisabledOnOs(OS.WINDOWS)
class OutputFileTest {
  private static final String PATH = "out/sub/page.txt";

  @TempDir Path directory;
  private Path root;
  private Path out;
  private Path page;

  /** Whether a part of the output is in a file when its first half has been written. */
  enum Size {
    SMALL(10),
    LARGE(1 << 20);

    private final String half;

    Size(int half) {
      this.half = "x".repeat(half);
    }

    String content() {
      return half + half;
    }
  }

  /** Done when half of the content is written. */
  @FunctionalInterface
  interface Meanwhile {
    void run() throws IOException;
  }

  @BeforeEach
  void create() throws IOException {
    root = Files.createDirectory(directory.toRealPath().resolve("worktree"));
    out = root.resolve("out");
    page = root.resolve(PATH);
  }

  private Written write(Size size, Meanwhile meanwhile) {
    var git = root.resolve(".git");
    var worktree = new WorktreeId(git, new RepositoryId(git), root);
    return new OutputFile(OutputPath.of(worktree, PATH), false)
        .write(
            writer -> {
              writer.write(size.half);
              writer.flush();
              meanwhile.run();
              writer.write(size.half);
            },
            artifact -> {});
  }

  private void assertRefused(ErrorCode code, Size size, Meanwhile meanwhile) {
    var failure = catchThrowable(() -> write(size, meanwhile));
    assertThat(failure).isInstanceOf(GitVanException.class);
    assertThat(((GitVanException) failure).code()).as(failure.getMessage()).isEqualTo(code);
    assertThat(failure.getMessage()).contains("out").doesNotContain(".tmp");
  }

  /** All files and folders below the directory, the worktree's own aside. */
  private List<String> all() throws IOException {
    var top = directory.toRealPath();
    try (var files = Files.walk(top)) {
      return files
          .filter(file -> !file.equals(top) && !file.equals(root))
          .map(file -> top.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static void removeAll(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void foldersAreMade(Size size) throws IOException {
    assertThat(write(size, () -> {}).changed()).isTrue();
    assertThat(page).hasContent(size.content());
    assertThat(all()).containsExactly("worktree/out", "worktree/out/sub", "worktree/" + PATH);
  }

  @ParameterizedTest
  @EnumSource
  void foldersThatWereMadeGoWhenItFails(Size size) throws IOException {
    Meanwhile fails =
        () -> {
          throw new IOException("the content fails");
        };
    assertRefused(Codes.IO_ERROR, size, fails);
    assertThat(all()).isEmpty();
    Files.createDirectory(out);
    assertRefused(Codes.IO_ERROR, size, fails);
    assertThat(all()).containsExactly("worktree/out");
    Files.createDirectory(out.resolve("sub"));
    Files.writeString(page, "before");
    assertRefused(Codes.IO_ERROR, size, fails);
    assertThat(all()).containsExactly("worktree/out", "worktree/out/sub", "worktree/" + PATH);
    assertThat(page).hasContent("before");
  }

  /** What somebody else has put into a folder that was made stays, and the folder with it. */
  @ParameterizedTest
  @EnumSource
  void foldersThatSomebodyUsesStay(Size size) throws IOException {
    assertRefused(
        Codes.IO_ERROR,
        size,
        () -> {
          Files.createDirectories(out.resolve("sub"));
          Files.writeString(out.resolve("theirs.txt"), "theirs");
          throw new IOException("the content fails");
        });
    assertThat(out.resolve("theirs.txt")).hasContent("theirs");
    assertThat(all()).noneMatch(name -> name.endsWith(".tmp"));
  }

  @ParameterizedTest
  @EnumSource
  void unchangedIsNotWritten(Size size) throws IOException {
    Files.createDirectories(page.getParent());
    Files.writeString(page, size.content());
    Files.setPosixFilePermissions(page, PosixFilePermissions.fromString("r--r--r--"));
    TemplatesFixture.old(page);
    var before = Files.readAttributes(page, "unix:ino,lastModifiedTime,mode,ctime");
    assertThat(write(size, () -> {}).changed()).isFalse();
    assertThat(Files.readAttributes(page, "unix:ino,lastModifiedTime,mode,ctime"))
        .isEqualTo(before);
    assertThat(all()).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource
  void permissionsAreKept(Size size) throws IOException {
    Files.createDirectories(page.getParent());
    Files.writeString(page, "before");
    var permissions = PosixFilePermissions.fromString("rwxr-x--x");
    Files.setPosixFilePermissions(page, permissions);
    assertThat(write(size, () -> {}).changed()).isTrue();
    assertThat(Files.getPosixFilePermissions(page)).isEqualTo(permissions);
    assertThat(page).hasContent(size.content());
    assertThat(all()).hasSize(3);
  }

  /** Shown to fail for a large one when a folder that is held passed for the one that is named. */
  @ParameterizedTest
  @EnumSource
  void aLinkInPlaceOfTheFolder(Size size) throws IOException {
    var outside = Files.createDirectory(directory.toRealPath().resolve("outside"));
    for (var folder : List.of(out.resolve("sub"), out)) {
      Files.createDirectories(page.getParent());
      Files.writeString(page, "before");
      var parked = directory.toRealPath().resolve("parked-" + folder.getFileName());
      assertRefused(
          Codes.OUTPUT_SYMLINK,
          size,
          () -> {
            Files.move(folder, parked);
            Files.createSymbolicLink(folder, outside);
          });
      assertThat(outside).isEmptyDirectory();
      assertThat(parked.resolve(folder.relativize(page))).hasContent("before");
      Files.delete(folder);
      removeAll(parked);
    }
    assertThat(all()).containsExactly("outside");
  }

  /**
   * The link leads to where the folder has gone, so that it looks like the same. Shown to fail when
   * only the last folder was compared.
   */
  @ParameterizedTest
  @EnumSource
  void aLinkToTheFolderItself(Size size) throws IOException {
    Files.createDirectories(page.getParent());
    var parked = directory.toRealPath().resolve("parked");
    assertRefused(
        Codes.OUTPUT_SYMLINK,
        size,
        () -> {
          Files.move(out, parked);
          Files.createSymbolicLink(out, parked);
        });
    assertThat(all()).containsExactly("parked", "parked/sub", "worktree/out");
  }

  @ParameterizedTest
  @EnumSource
  void aFileInPlaceOfTheFolder(Size size) throws IOException {
    Files.createDirectories(page.getParent());
    assertRefused(
        Codes.OUTPUT_NOT_A_FILE,
        size,
        () -> {
          removeAll(out);
          Files.writeString(out, "in the way");
        });
    assertThat(out).hasContent("in the way");
    assertThat(all()).containsExactly("worktree/out");
  }

  /**
   * As a build does that empties its output folder. Shown to fail for a large one while only the
   * name of the temporary file led to what was written: {@code NoSuchFileException}.
   */
  @ParameterizedTest
  @EnumSource
  void theFolderIsDeleted(Size size) throws IOException {
    Files.createDirectories(page.getParent());
    Files.writeString(page, "before");
    assertThat(write(size, () -> removeAll(out)).changed()).isTrue();
    assertThat(page).hasContent(size.content());
    assertThat(all()).containsExactly("worktree/out", "worktree/out/sub", "worktree/" + PATH);
  }

  @ParameterizedTest
  @EnumSource
  void theFolderIsDeletedAndMadeAgain(Size size) throws IOException {
    Files.createDirectories(page.getParent());
    Files.writeString(page, "before");
    var written =
        write(
            size,
            () -> {
              removeAll(out);
              Files.createDirectories(page.getParent());
              Files.writeString(page.resolveSibling("new.txt"), "new");
            });
    assertThat(written.changed()).isTrue();
    assertThat(page).hasContent(size.content());
    assertThat(all())
        .containsExactly(
            "worktree/out", "worktree/out/sub", "worktree/out/sub/new.txt", "worktree/" + PATH);
  }

  /** The output goes where its path leads; what was moved away stays as it was. */
  @ParameterizedTest
  @EnumSource
  void theFolderIsRenamed(Size size) throws IOException {
    Files.createDirectories(page.getParent());
    Files.writeString(page, "before");
    var parked = directory.toRealPath().resolve("parked");
    assertThat(write(size, () -> Files.move(out, parked)).changed()).isTrue();
    assertThat(page).hasContent(size.content());
    assertThat(parked.resolve("sub/page.txt")).hasContent("before");
    assertThat(all())
        .containsExactly(
            "parked",
            "parked/sub",
            "parked/sub/page.txt",
            "worktree/out",
            "worktree/out/sub",
            "worktree/" + PATH);
  }

  /** One with the very content comes in its place: there is nothing to write then. */
  @ParameterizedTest
  @EnumSource
  void anotherFolderWithTheSameContent(Size size) throws IOException {
    Files.createDirectories(page.getParent());
    var parked = directory.toRealPath().resolve("parked");
    var written =
        write(
            size,
            () -> {
              Files.move(out, parked);
              Files.createDirectories(page.getParent());
              Files.writeString(page, size.content());
            });
    assertThat(written.changed()).isFalse();
    assertThat(page).hasContent(size.content());
    assertThat(all())
        .containsExactly(
            "parked", "parked/sub", "worktree/out", "worktree/out/sub", "worktree/" + PATH);
  }

  @ParameterizedTest
  @EnumSource
  void aLinkOrAFolderInPlaceOfTheFile(Size size) throws IOException {
    Files.createDirectories(page.getParent());
    var outside = Files.writeString(directory.toRealPath().resolve("outside"), "outside");
    assertRefused(Codes.OUTPUT_SYMLINK, size, () -> Files.createSymbolicLink(page, outside));
    assertThat(outside).hasContent("outside");
    Files.delete(page);
    assertRefused(Codes.OUTPUT_NOT_A_FILE, size, () -> Files.createDirectory(page));
    assertThat(page).isEmptyDirectory();
    assertThat(all())
        .containsExactly("outside", "worktree/out", "worktree/out/sub", "worktree/" + PATH);
  }
}
