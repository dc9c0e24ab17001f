package dev.gitvan.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gitvan.home.GitVanHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateHomeTest {
  @TempDir Path directory;
  private Path root;
  private GitVanHome home;
  private PrivateHome privateHome;

  @BeforeEach
  void prepare() throws IOException {
    root = Files.createDirectory(directory.resolve("home"));
    mode(root, "rwxrwxrwx");
    home = GitVanHome.of(name -> null, Map.of("GITVAN_HOME", root.toString()));
    privateHome = new PrivateHome(home);
  }

  @Test
  void createsDirectoriesForTheOwnerAlone() throws IOException {
    privateHome.open();

    assertThat(mode(root)).isEqualTo("rwx------");
    assertThat(mode(home.cache())).isEqualTo("rwx------");
    assertThat(mode(home.state())).isEqualTo("rwx------");
    assertThat(home.config()).doesNotExist();
  }

  @Test
  void hidesWhatExistsAndKeepsTheOwnersPermissions() throws IOException {
    Path history = write(home.state().resolve("shell-history"), "rw-rw-rw-");
    Path metrics = write(home.state().resolve("metrics/1.gvm"), "rw-r--r--");
    Path archive = write(home.cache().resolve("classes/17/a.jsa"), "r--r--r--");
    mode(metrics.getParent(), "rwxrwxrwx");

    privateHome.open();
    privateHome.hideFiles();

    assertThat(mode(history)).isEqualTo("rw-------");
    assertThat(mode(metrics)).isEqualTo("rw-------");
    assertThat(mode(metrics.getParent())).isEqualTo("rwx------");
    assertThat(mode(archive)).isEqualTo("r--------");
  }

  @Test
  void leavesFilesOfTheUserUnchanged() throws IOException {
    Path settings = write(home.config().resolve("gitvan.yaml"), "rw-r--r--");
    Path elsewhere = write(directory.resolve("elsewhere"), "rw-r--r--");
    Files.createDirectories(home.state());
    Files.createSymbolicLink(home.state().resolve("link"), elsewhere);

    privateHome.open();
    privateHome.hideFiles();

    assertThat(mode(home.config())).isEqualTo("rwx------");
    assertThat(mode(settings)).isEqualTo("rw-r--r--");
    assertThat(mode(elsewhere)).isEqualTo("rw-r--r--");
  }

  /** {@code GITVAN_HOME=/tmp} must not lock everybody else out of it. */
  @Test
  void leavesParentWithOtherFilesUnchanged() throws IOException {
    Files.createFile(root.resolve("other"));

    privateHome.open();

    assertThat(mode(root)).isEqualTo("rwxrwxrwx");
    assertThat(mode(home.state())).isEqualTo("rwx------");
  }

  private static Path write(Path file, String mode) throws IOException {
    Files.createDirectories(file.getParent());
    Files.createFile(file);
    mode(file, mode);
    return file;
  }

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
