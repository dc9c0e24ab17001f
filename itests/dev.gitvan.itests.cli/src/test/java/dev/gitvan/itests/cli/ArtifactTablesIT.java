package dev.gitvan.itests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The tables from which {@code diag} knows which artifact has a package or service are those of the
 * distribution.
 */
class ArtifactTablesIT {
  private static final String TABLES = "dev/gitvan/shell/internal/diag/";
  private static final Pattern SERVICES =
      Pattern.compile("osgi\\.service;objectClass(?::List<String>)?=\"([^\"]*)\"");

  @Test
  void packages() throws Exception {
    var table = table("packages.properties");
    var mistakes = new ArrayList<String>();
    for (var jar : jars()) {
      for (var name : exports(header(jar, "Export-Package"))) {
        var artifact = nearest(table, name);
        if (!isOf(jar, artifact)) {
          mistakes.add(name + " is in " + jar.getFileName() + ", not in " + artifact);
        }
      }
    }
    assertThat(mistakes).isEmpty();
  }

  /** Those that one bundle alone provides: contributions come from anybody. */
  @Test
  void services() throws Exception {
    Map<String, List<String>> providers = new TreeMap<>();
    for (var jar : jars()) {
      SERVICES
          .matcher(header(jar, "Provide-Capability"))
          .results()
          .flatMap(match -> Stream.of(match.group(1).split(",")))
          .distinct()
          .filter(type -> type.startsWith("dev.gitvan.") && !type.contains(".internal."))
          .forEach(
              type ->
                  providers
                      .computeIfAbsent(type, key -> new ArrayList<>())
                      .add("dev.gitvan:" + artifactId(jar)));
    }
    providers.values().removeIf(artifacts -> artifacts.size() > 1);
    Map<String, List<String>> expected = new TreeMap<>();
    table("services.properties")
        .forEach((type, artifact) -> expected.put((String) type, List.of((String) artifact)));

    assertThat(providers).isEqualTo(expected);
  }

  private static String nearest(Properties table, String name) {
    for (var prefix = name; !prefix.isEmpty(); ) {
      if (table.containsKey(prefix)) {
        return table.getProperty(prefix);
      }
      prefix = prefix.substring(0, Math.max(0, prefix.lastIndexOf('.')));
    }
    return "no artifact";
  }

  private static boolean isOf(Path jar, String artifact) {
    return jar.getFileName().toString().startsWith(artifact.replaceFirst(".*:", "") + "-");
  }

  private static String artifactId(Path jar) {
    return jar.getFileName().toString().replaceFirst("-\\d.*", "");
  }

  /** The names in an {@code Export-Package} header, without attributes. */
  private static List<String> exports(String header) {
    return Stream.of(header.replaceAll("\"[^\"]*\"", "").split(","))
        .flatMap(clause -> Stream.of(clause.split(";")))
        .map(String::strip)
        .filter(part -> !part.isEmpty() && !part.contains("="))
        .toList();
  }

  private static String header(Path jar, String name) throws IOException {
    try (var file = new JarFile(jar.toFile())) {
      var value = file.getManifest().getMainAttributes().getValue(name);
      return value == null ? "" : value;
    }
  }

  private static List<Path> jars() throws IOException {
    try (var jars = Files.list(Distribution.root().resolve("bundles"))) {
      return jars.filter(jar -> jar.toString().endsWith(".jar")).sorted().toList();
    }
  }

  private static Properties table(String name) throws IOException {
    var shell =
        jars().stream()
            .filter(jar -> jar.getFileName().toString().startsWith("dev.gitvan.shell-"))
            .findFirst()
            .orElseThrow();
    try (var jar = new JarFile(shell.toFile());
        var stream = jar.getInputStream(jar.getEntry(TABLES + name))) {
      var table = new Properties();
      table.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
      return table;
    }
  }
}
