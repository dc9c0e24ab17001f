package dev.gitvan.itests;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.cleanCaches;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.systemPackages;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.options.UrlProvisionOption;

/** The bundles of the built distribution, started as the launcher starts them. */
final class Distribution {
  private Distribution() {}

  static Option[] options() throws IOException {
    List<Option> options = new ArrayList<>();
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(Path.of(System.getProperty("gitvan.bundles")), "*.jar")) {
      for (Path jar : jars) {
        options.add(provision(jar));
      }
    }
    String version = ";version=" + System.getProperty("slf4j.version");
    options.add(
        systemPackages(
            "org.slf4j" + version,
            "org.slf4j.event" + version,
            "org.slf4j.helpers" + version,
            "org.slf4j.spi" + version));
    options.add(frameworkProperty("org.osgi.framework.bootdelegation").value("sun.misc"));
    options.add(frameworkProperty("org.osgi.framework.bsnversion").value("multiple"));
    for (String directory : List.of("config", "cache", "state")) {
      Path path = Path.of(System.getProperty("gitvan.home"), directory);
      options.add(frameworkProperty("gitvan.home." + directory).value(path.toString()));
    }
    options.add(frameworkProperty("gitvan.version").value("test"));
    // The interactive shell would take the terminal.
    options.add(frameworkProperty("gosh.args").value("--nointeractive"));
    options.add(systemProperty("gosh.home").value(shellWithoutProfile().toString()));
    options.add(systemProperty("org.ops4j.pax.logging.DefaultServiceLog.level").value("WARN"));
    // Without it a test passes over bundles that do not resolve.
    options.add(systemProperty("pax.exam.osgi.unresolved.fail").value("true"));
    options.add(cleanCaches(true));
    options.add(junitBundles());
    return options.toArray(new Option[0]);
  }

  /** Gogo's own profile sets up a line editor: without a terminal it prints a stack trace. */
  private static Path shellWithoutProfile() throws IOException {
    Path home = Path.of(System.getProperty("gitvan.tests.work"), "gosh");
    Files.writeString(Files.createDirectories(home.resolve("etc")).resolve("gosh_profile"), "");
    return home;
  }

  private static Option provision(Path jar) {
    String name = jar.getFileName().toString();
    UrlProvisionOption option = bundle(jar.toUri().toString());
    if (Libraries.has(name)) {
      option.noStart();
    }
    if (name.startsWith("org.osgi.")) {
      option.startLevel(1);
    } else if (name.startsWith("org.apache.felix.")) {
      option.startLevel(2);
    } else {
      option.startLevel(name.startsWith("dev.gitvan.") ? 4 : 3);
    }
    return option;
  }
}
