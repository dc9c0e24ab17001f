package dev.gitvan.template.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.ErrorCode;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.testkit.Machine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both ways to hold an output's folder keep the same rules. */
@DisabledOnOs(OS.WINDOWS)
class OutputFolderTest {
  @TempDir Path directory;
  private OutputPath output;

  /** How the folder is held. */
  enum Kind {
    BY_DESCRIPTOR {
      @Override
      OutputFolder reach(OutputPath output, boolean create) throws IOException {
        var root = Files.newDirectoryStream(output.root());
        Machine.needs(root instanceof SecureDirectoryStream, "no folder can be held here");
        return SecureOutputFolder.reach((SecureDirectoryStream<Path>) root, output, create);
      }
    },
    BY_PATH {
      @Override
      OutputFolder reach(OutputPath output, boolean create) throws IOException {
        return PathOutputFolder.reach(output, create);
      }
    };

    abstract OutputFolder reach(OutputPath output, boolean create) throws IOException;
  }

  @BeforeEach
  void create() throws IOException {
    output = new OutputPath(directory.toRealPath(), List.of("a", "b"), "page.txt");
  }

  private Path a() {
    return output.root().resolve("a");
  }

  private Path b() {
    return a().resolve("b");
  }

  private static void assertRefused(Kind kind, OutputPath output, ErrorCode code, String which) {
    var refusal = catchThrowableOfType(GitVanException.class, () -> kind.reach(output, true));
    assertThat(refusal).isNotNull();
    assertThat(refusal.code()).isEqualTo(code);
    assertThat(refusal.problem().place()).isEqualTo(output.toString());
    assertThat(refusal.problem().what()).contains(which);
  }

  private static void fill(OutputFolder folder, String name, String text) throws IOException {
    try (var channel = folder.create(name)) {
      channel.write(ByteBuffer.wrap(text.getBytes()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void isThereOrNot(Kind kind) throws IOException {
    assertThat(kind.reach(output, false)).isNull();
    assertThat(output.root()).isEmptyDirectory();
    Files.createDirectory(a());
    assertThat(kind.reach(output, false)).isNull();
    assertThat(a()).isEmptyDirectory();
    Files.createDirectory(b());
    try (var folder = kind.reach(output, false)) {
      assertThat(folder.isInPlace(output)).isTrue();
      assertThat(folder.find(output)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatWasMadeIsRemovedAgain(Kind kind) throws IOException {
    try (var folder = kind.reach(output, true)) {
      assertThat(b()).isEmptyDirectory();
      folder.removeMadeFolders();
    }
    assertThat(output.root()).isEmptyDirectory();
    Files.createDirectory(a());
    try (var folder = kind.reach(output, true)) {
      folder.removeMadeFolders();
    }
    assertThat(a()).isEmptyDirectory();
    try (var folder = kind.reach(output, true)) {
      Files.writeString(b().resolve("theirs.txt"), "theirs");
      folder.removeMadeFolders();
    }
    assertThat(b().resolve("theirs.txt")).hasContent("theirs");
  }

  @ParameterizedTest
  @EnumSource
  void noLinkIsFollowed(Kind kind) throws IOException {
    var outside = Files.createDirectories(output.root().resolve("outside/b"));
    Files.createSymbolicLink(a(), outside.getParent());
    assertRefused(kind, output, Codes.OUTPUT_SYMLINK, "its folder a ");
    Files.delete(a());
    Files.createDirectory(a());
    Files.createSymbolicLink(b(), outside);
    assertRefused(kind, output, Codes.OUTPUT_SYMLINK, "its folder a/b ");
    assertThat(outside).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource
  void noFileIsAFolder(Kind kind) throws IOException {
    Files.createDirectory(a());
    Files.writeString(b(), "a file");
    assertRefused(kind, output, Codes.OUTPUT_NOT_A_FILE, "a/b is not a folder");
    assertThat(b()).hasContent("a file");
  }

  @ParameterizedTest
  @EnumSource
  void onlyRegularFilesAreFound(Kind kind) throws Exception {
    Files.createDirectories(b());
    var page = b().resolve("page.txt");
    try (var folder = kind.reach(output, false)) {
      Files.writeString(page, "12345");
      assertThat(folder.find(output)).get().satisfies(f -> assertThat(f.size()).isEqualTo(5));
      var before = folder.find(output);
      assertThat(folder.find(output)).isEqualTo(before);
      Files.setLastModifiedTime(page, FileTime.from(Instant.EPOCH));
      assertThat(folder.find(output)).as("touched").isNotEqualTo(before);
      Files.delete(page);

      Files.createSymbolicLink(page, output.root().resolve("nowhere"));
      assertThatThrownBy(() -> folder.find(output))
          .hasMessageContaining(Codes.OUTPUT_SYMLINK.name());
      assertThatThrownBy(() -> folder.read("page.txt")).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> folder.create("page.txt")).isInstanceOf(IOException.class);
      assertThat(output.root().resolve("nowhere")).doesNotExist();
      Files.delete(page);

      Files.createDirectory(page);
      assertThatThrownBy(() -> folder.find(output)).hasMessageContaining("a folder there");
      Files.delete(page);

      assertThat(new ProcessBuilder("mkfifo", page.toString()).start().waitFor()).isZero();
      assertThatThrownBy(() -> folder.find(output)).hasMessageContaining("device, pipe or socket");
    }
  }

  @ParameterizedTest
  @EnumSource
  void filesAreMadeRenamedAndDeleted(Kind kind) throws IOException {
    try (var folder = kind.reach(output, true)) {
      fill(folder, "new.tmp", "new");
      assertThatThrownBy(() -> folder.create("new.tmp"))
          .isInstanceOf(FileAlreadyExistsException.class);
      var permissions = PosixFilePermissions.fromString("rwxr-x---");
      folder.setPermissions("new.tmp", permissions);
      folder.setModified("new.tmp", FileTime.from(Instant.EPOCH));
      fill(folder, "page.txt", "old");
      folder.rename("new.tmp", "page.txt");
      assertThat(b().resolve("page.txt")).hasContent("new");
      var found = folder.find(output).orElseThrow();
      assertThat(found.permissions()).isEqualTo(permissions);
      assertThat(found.modified()).isEqualTo(FileTime.from(Instant.EPOCH));
      folder.delete("page.txt");
      assertThat(b()).isEmptyDirectory();
    }
  }

  /** A held folder is another one than the link; one known by its path is checked again. */
  @ParameterizedTest
  @EnumSource
  void aLinkThatComesLaterIsNotFollowed(Kind kind) throws IOException {
    Files.createDirectories(b());
    var outside = Files.createDirectory(output.root().resolve("outside"));
    try (var folder = kind.reach(output, false)) {
      Files.move(b(), output.root().resolve("parked"));
      Files.createSymbolicLink(b(), outside);
      try {
        fill(folder, "new.tmp", "new");
        assertThat(output.root().resolve("parked/new.tmp")).hasContent("new");
        assertThat(folder.isInPlace(output)).isFalse();
      } catch (GitVanException e) {
        assertThat(e.code()).isEqualTo(Codes.OUTPUT_SYMLINK);
      }
    }
    assertThat(outside).isEmptyDirectory();
  }

  /** Whatever has become of its path, asking is no failure. */
  @ParameterizedTest
  @EnumSource
  void isNotInPlaceAnyMore(Kind kind) throws IOException {
    Files.createDirectories(b());
    try (var folder = kind.reach(output, false)) {
      Files.delete(b());
      assertThat(folder.isInPlace(output)).isFalse();
      Files.delete(a());
      assertThat(folder.isInPlace(output)).isFalse();
      Files.writeString(a(), "a file");
      assertThat(folder.isInPlace(output)).isFalse();
    }
  }
}
