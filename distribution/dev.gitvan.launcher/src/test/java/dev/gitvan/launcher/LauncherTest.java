package dev.gitvan.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs a real framework on bundles made here. */
class LauncherTest {
  private static final String PACKAGE_OF_COMMANDS = "dev.gitvan.commands";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final PrintStream stdout = System.out;
  private final PrintStream stderr = System.err;
  private final Thread.UncaughtExceptionHandler uncaught =
      Thread.getDefaultUncaughtExceptionHandler();
  @TempDir Path directory;

  @BeforeEach
  void makeInstallation() throws IOException {
    Files.createDirectories(directory.resolve("bundles"));
    Files.createDirectories(directory.resolve("etc"));
    Files.writeString(directory.resolve("etc/launcher.properties"), "start-level.1=a.\n");
  }

  /** The launcher owns its process; a test has to give back what it takes. */
  @AfterEach
  void restoreProcess() {
    System.setOut(stdout);
    System.setErr(stderr);
    Thread.setDefaultUncaughtExceptionHandler(uncaught);
  }

  @Test
  void handsTheArgumentsToTheCommandLineService() throws Exception {
    bundle("b.echo", Map.of("Bundle-Activator", EchoActivator.class.getName()));

    assertThat(launch("job", "$list {}")).isEqualTo(2);
    assertThat(out.toString(StandardCharsets.UTF_8).strip()).isEqualTo("[job, $list {}]");
    assertThat(directory.resolve("home/cache/framework")).isEmptyDirectory();
  }

  /**
   * Shown to fail on a launcher that gives up at the first file that cannot be installed; the FIFO,
   * on one that opens every file, which waits forever.
   */
  @Test
  @Timeout(60)
  void filesThatAreNoBundlesStopNothing() throws Exception {
    bundle("b.echo", Map.of("Bundle-Activator", EchoActivator.class.getName()));
    bundle("c.invalid", Map.of("Import-Package", "a;;b="));
    Path bundles = directory.resolve("bundles");
    Path whole = bundles.resolve("b.echo-1.0.0.jar");
    byte[] bytes = Files.readAllBytes(whole);
    Files.write(bundles.resolve("a.truncated.jar"), Arrays.copyOf(bytes, bytes.length / 2));
    Files.createFile(bundles.resolve("a.empty.jar"));
    Files.writeString(bundles.resolve("a.text.jar"), "not a jar");
    Files.createDirectory(bundles.resolve("a.directory.jar"));
    Files.createSymbolicLink(bundles.resolve("a.dangling.jar"), directory.resolve("nothing"));
    makeFifo(bundles.resolve("a.fifo.jar"));

    assertThat(launch("report")).isEqualTo(1);

    var report = out.toString(StandardCharsets.UTF_8);
    assertThat(report.lines())
        .contains(
            bundles.resolve("a.empty.jar") + " is empty",
            bundles.resolve("a.directory.jar") + " is a directory, not a jar file",
            bundles.resolve("a.dangling.jar") + " is a symbolic link to a file that does not exist",
            bundles.resolve("a.fifo.jar") + " is not a regular file")
        .anyMatch(
            line -> line.startsWith(bundles.resolve("a.truncated.jar") + " is not a complete"))
        .anyMatch(line -> line.startsWith(bundles.resolve("a.text.jar") + " is not a complete"))
        .anyMatch(
            line ->
                line.startsWith(bundles.resolve("c.invalid-1.0.0.jar") + " cannot be installed"));
    assertThat(directory.resolve("home/state/logs/gitvan.log"))
        .content()
        .contains("a.empty.jar is empty");
  }

  @Test
  void reportsBundlesThatDoNotStart() throws Exception {
    bundle("b.echo", Map.of("Bundle-Activator", EchoActivator.class.getName()));
    bundle("c.failing", Map.of("Bundle-Activator", "org.example.Missing"));
    Files.writeString(
        directory.resolve("etc/launcher.properties"), "start-level.1=a.\nlibraries=d.\n");
    bundle("d.idle", Map.of());

    assertThat(launch("report")).isEqualTo(1);

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("failed c.failing: org.osgi.framework.BundleException", "org.example.Missing")
        .contains("idle d.idle");
  }

  /** A file that cannot be installed may be why nothing takes the command line. */
  @Test
  void namesUnreadableFilesWhenThereIsNoCommandLine() throws Exception {
    Files.createFile(directory.resolve("bundles/a.shell.jar"));

    var failure =
        catchThrowableOfType(
            LaunchException.class, () -> launcher(Duration.ofMillis(1)).run(List.of("version")));

    assertThat(failure.line().lines())
        .contains("  " + directory.resolve("bundles/a.shell.jar") + " is empty");
  }

  @Test
  void passesTheDirectoriesOnToBundles() throws Exception {
    bundle("b.echo", Map.of("Bundle-Activator", EchoActivator.class.getName()));

    launch("home");

    assertThat(out.toString(StandardCharsets.UTF_8).strip())
        .isEqualTo(directory.resolve("home/state").toString());
  }

  /** A property in {@code etc/launcher.properties} takes precedence over the environment. */
  @Test
  void directoriesCanBeFrameworkProperties() throws Exception {
    bundle("b.echo", Map.of("Bundle-Activator", EchoActivator.class.getName()));
    Path elsewhere = directory.resolve("elsewhere");
    Files.writeString(
        directory.resolve("etc/launcher.properties"), "framework.gitvan.home=" + elsewhere + "\n");

    launch("home");

    assertThat(out.toString(StandardCharsets.UTF_8).strip())
        .isEqualTo(elsewhere.resolve("state").toString());
    assertThat(directory.resolve("home")).doesNotExist();
    assertThat(elsewhere.resolve("cache/framework")).isEmptyDirectory();
  }

  private static void makeFifo(Path path) throws Exception {
    assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
  }

  @Test
  void explainsUnresolvedBundlesAsATree() throws Exception {
    bundle("b.shell", Map.of("Import-Package", PACKAGE_OF_COMMANDS));
    bundle(
        "a.commands",
        Map.of("Import-Package", "org.example.missing", "Export-Package", PACKAGE_OF_COMMANDS));

    var failure = catchThrowableOfType(LaunchException.class, () -> launch("version"));

    assertThat(failure.exitStatus()).isEqualTo(70);
    assertThat(failure.line().lines())
        .satisfies(lines -> assertThat(lines.get(0)).startsWith("INTERNAL gitvan: "))
        .containsSubsequence(
            "  a.commands 1.0.0 does not resolve",
            "    needs the package org.example.missing",
            "  b.shell 1.0.0 does not resolve",
            "    needs the package " + PACKAGE_OF_COMMANDS,
            "      a.commands 1.0.0 provides it but cannot be resolved either");
  }

  @Test
  void explainsMissingServicesAsATree() throws Exception {
    bundle(
        "b.shell",
        Map.of(
            "Require-Capability",
            "osgi.service;filter:=\"(objectClass=org.example.Git)\";effective:=active"));
    bundle(
        "a.git",
        Map.of(
            "Provide-Capability",
            "osgi.service;objectClass:List<String>=\"org.example.Git\"",
            "Require-Capability",
            "osgi.service;filter:=\"(objectClass=org.example.Clock)\";effective:=active"));

    var failure =
        catchThrowableOfType(
            LaunchException.class, () -> launcher(Duration.ofMillis(1)).run(List.of("version")));

    assertThat(failure.line().lines())
        .containsSubsequence(
            "  a.git 1.0.0 waits",
            "    needs the service org.example.Clock",
            "  b.shell 1.0.0 waits",
            "    needs the service org.example.Git",
            "      a.git 1.0.0 declares it but has not registered it");
  }

  private int launch(String... arguments) throws LaunchException {
    return launcher(Duration.ofSeconds(20)).run(List.of(arguments));
  }

  private Launcher launcher(Duration patience) {
    var print = new PrintStream(out, true, StandardCharsets.UTF_8);
    Path home = directory.resolve("home");
    return new Launcher(
        new Installation(directory),
        Map.of("GITVAN_HOME", home.toString()),
        new StandardStreams(InputStream.nullInputStream(), print, print, Optional::empty),
        new Interrupts(Duration.ofSeconds(10)),
        patience);
  }

  /** A bundle with {@link EchoActivator} in it, started or not. */
  private void bundle(String name, Map<String, String> headers) throws IOException {
    var manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.putValue("Manifest-Version", "1.0");
    attributes.putValue("Bundle-ManifestVersion", "2");
    attributes.putValue("Bundle-SymbolicName", name);
    attributes.putValue("Bundle-Version", "1.0.0");
    headers.forEach(attributes::putValue);
    if (headers.containsKey("Bundle-Activator")) {
      attributes.putValue("Import-Package", "org.osgi.framework");
    }
    Path jar = directory.resolve("bundles").resolve(name + "-1.0.0.jar");
    String type = EchoActivator.class.getName().replace('.', '/') + ".class";
    try (var stream = new JarOutputStream(Files.newOutputStream(jar), manifest);
        InputStream bytes = EchoActivator.class.getClassLoader().getResourceAsStream(type)) {
      stream.putNextEntry(new ZipEntry(type));
      bytes.transferTo(stream);
    }
  }
}
