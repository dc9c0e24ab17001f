package dev.gitvan.itests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Plugin jars: those that were built, changed versions of them, and broken ones. */
final class Plugins {
  private Plugins() {}

  /** The jar of a plugin in {@code itests/plugins}. */
  static Path built(String name) throws IOException {
    var target = Path.of(System.getProperty("gitvan.plugins"), name, "target");
    try (var files = Files.list(target)) {
      return files
          .filter(file -> file.toString().endsWith("-1.0.0.jar"))
          .findFirst()
          .orElseThrow(() -> new IOException("no jar in " + target));
    }
  }

  /** The same jar with another {@code Bundle-Version}. */
  static Path withVersion(Path jar, String version) throws IOException {
    var copy = work().resolve(jar.getFileName().toString().replace("1.0.0", version));
    try (var original = new JarFile(jar.toFile())) {
      var manifest = new Manifest(original.getManifest());
      manifest.getMainAttributes().putValue("Bundle-Version", version);
      try (var out = new JarOutputStream(Files.newOutputStream(copy), manifest)) {
        for (var entry : (Iterable<JarEntry>) original.stream()::iterator) {
          if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
            out.putNextEntry(new JarEntry(entry.getName()));
            original.getInputStream(entry).transferTo(out);
            out.closeEntry();
          }
        }
      }
    }
    return copy;
  }

  /** A bundle whose only component needs a service that nobody has. */
  static Path unsatisfied() throws IOException {
    var jar = work().resolve("org.example.waiting.jar");
    var manifest = new Manifest();
    var main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", "org.example.waiting");
    main.putValue("Bundle-Version", "1.0.0");
    main.putValue("Service-Component", "OSGI-INF/waiting.xml");
    var component =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="org.example.waiting.Component">
          <implementation class="org.example.waiting.Component"/>
          <reference name="moon" interface="org.example.Moon"/>
        </scr:component>
        """;
    try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.putNextEntry(new JarEntry("OSGI-INF/waiting.xml"));
      out.write(component.getBytes(StandardCharsets.UTF_8));
      out.closeEntry();
    }
    return jar;
  }

  private static Path work() throws IOException {
    return Files.createDirectories(Path.of(System.getProperty("gitvan.tests.work"), "plugins"));
  }
}
