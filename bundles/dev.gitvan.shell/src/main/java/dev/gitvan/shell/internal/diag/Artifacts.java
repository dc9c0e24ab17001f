package dev.gitvan.shell.internal.diag;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;

/**
 * The artifacts that have the packages and services of the distribution, for when they are not
 * installed. A test compares the tables with the distribution.
 */
final class Artifacts {
  private final Properties packages = read("packages.properties");
  private final Properties services = read("services.properties");

  /**
   * The artifact that has a package: the one of the longest entry that the package is below.
   *
   * @return {@code groupId:artifactId}
   */
  Optional<String> ofPackage(String name) {
    for (var prefix = name; !prefix.isEmpty(); prefix = parent(prefix)) {
      var artifact = packages.getProperty(prefix);
      if (artifact != null) {
        return Optional.of(artifact);
      }
    }
    return Optional.empty();
  }

  /**
   * The artifact that provides a service.
   *
   * @return {@code groupId:artifactId}
   */
  Optional<String> ofService(String type) {
    return Optional.ofNullable(services.getProperty(type));
  }

  /** The artifactId of {@code groupId:artifactId}. */
  static String id(String artifact) {
    return artifact.substring(artifact.indexOf(':') + 1);
  }

  /** Names an artifact for somebody who has to get it. */
  static String words(String artifact) {
    return id(artifact) + " (Maven: " + artifact + ")";
  }

  private static String parent(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }

  private static Properties read(String name) {
    var properties = new Properties();
    try (var stream = Artifacts.class.getResourceAsStream(name);
        var reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      properties.load(reader);
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
