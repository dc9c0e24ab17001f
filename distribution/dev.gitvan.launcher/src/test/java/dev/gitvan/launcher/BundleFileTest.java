package dev.gitvan.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleException;

class BundleFileTest {
  private static final BundleException FAILURE =
      new BundleException(
          "Could not create bundle object.",
          new IllegalArgumentException("invalid version \"x\"", new NumberFormatException("x")));

  @TempDir Path directory;

  @Test
  void obstaclesAreFoundWithoutOpeningTheFile() throws Exception {
    var file = directory.resolve("a.jar");
    assertThat(BundleFile.obstacle(file)).contains("does not exist");
    Files.createFile(file);
    assertThat(BundleFile.obstacle(file)).contains("is empty");
    Files.writeString(file, "text");
    assertThat(BundleFile.obstacle(file)).isEmpty();
    assertThat(BundleFile.obstacle(Files.createDirectory(directory.resolve("b.jar"))))
        .contains("is a directory, not a jar file");
  }

  @Test
  void aLinkIsFollowed() throws Exception {
    var link = Files.createSymbolicLink(directory.resolve("l.jar"), directory.resolve("a.jar"));
    assertThat(BundleFile.obstacle(link))
        .contains("is a symbolic link to a file that does not exist");
    Files.writeString(directory.resolve("a.jar"), "text");
    assertThat(BundleFile.obstacle(link)).isEmpty();
  }

  @Test
  void reasonsNameWhatIsWrongWithTheFile() throws Exception {
    var text = Files.writeString(directory.resolve("text.jar"), "text");
    assertThat(BundleFile.reason(text, FAILURE)).startsWith("is not a complete jar file: ");

    assertThat(BundleFile.reason(jar("plain.jar", null), FAILURE))
        .isEqualTo("has no META-INF/MANIFEST.MF, so it is not a bundle");

    var manifest = new Manifest();
    manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
    assertThat(BundleFile.reason(jar("bundle.jar", manifest), FAILURE))
        .isEqualTo("cannot be installed: invalid version \"x\"");
  }

  private Path jar(String name, Manifest manifest) throws IOException {
    var file = directory.resolve(name);
    try (var stream = Files.newOutputStream(file);
        var jar =
            manifest == null
                ? new JarOutputStream(stream)
                : new JarOutputStream(stream, manifest)) {
      jar.putNextEntry(new java.util.zip.ZipEntry("a.txt"));
      jar.closeEntry();
    }
    return file;
  }
}
