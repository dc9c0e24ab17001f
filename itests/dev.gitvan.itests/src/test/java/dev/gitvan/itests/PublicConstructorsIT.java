package dev.gitvan.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.Test;

/**
 * A new parameter of a public constructor breaks its callers, and a record has a parameter for each
 * component. Types in exported packages that need many values therefore have a builder.
 *
 * <p>Shown to fail with records of up to 21 components.
 */
public class PublicConstructorsIT {
  private static final int MAX_PARAMETERS = 5;

  private static final Path BUNDLES = Path.of(System.getProperty("gitvan.bundles"));

  @Test
  public void longConstructorsAreNotPublic() throws Exception {
    var tooLong = new TreeSet<String>();
    try (var loader = new URLClassLoader(jars(), ClassLoader.getPlatformClassLoader())) {
      for (var name : exportedClasses()) {
        var type = loader.loadClass(name);
        for (var constructor : type.getConstructors()) {
          if (Modifier.isPublic(type.getModifiers())
              && constructor.getParameterCount() > MAX_PARAMETERS) {
            tooLong.add(describe(constructor));
          }
        }
      }
    }
    assertEquals("Give these types a builder:", "", String.join("\n", tooLong));
  }

  private static String describe(Constructor<?> constructor) {
    return constructor.getName() + " has " + constructor.getParameterCount() + " parameters";
  }

  /** The distribution, with the libraries that the launcher has on its class path. */
  private static URL[] jars() throws IOException {
    var urls = new ArrayList<URL>();
    for (var folder : List.of(BUNDLES, BUNDLES.resolveSibling("lib"))) {
      try (var jars = Files.newDirectoryStream(folder, "*.jar")) {
        for (var jar : jars) {
          urls.add(jar.toUri().toURL());
        }
      }
    }
    return urls.toArray(URL[]::new);
  }

  private static Set<String> exportedClasses() throws IOException {
    var classes = new TreeSet<String>();
    try (var jars = Files.newDirectoryStream(BUNDLES, "dev.gitvan.*.jar")) {
      for (var path : jars) {
        try (var jar = new JarFile(path.toFile())) {
          var packages = exports(jar);
          jar.stream()
              .map(JarEntry::getName)
              .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
              .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
              .filter(name -> packages.contains(name.substring(0, name.lastIndexOf('.'))))
              .forEach(classes::add);
        }
      }
    }
    assertFalse(classes.isEmpty());
    return classes;
  }

  private static Set<String> exports(JarFile jar) throws IOException {
    var header = jar.getManifest().getMainAttributes().getValue("Export-Package");
    var packages = new TreeSet<String>();
    if (header != null) {
      Stream.of(header.replaceAll("\"[^\"]*\"", "").split(","))
          .map(clause -> clause.replaceAll(";.*", "").strip())
          .forEach(packages::add);
    }
    return packages;
  }
}
