package dev.gitvan.testkit.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Manifest;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.osgi.framework.Version;
import org.osgi.service.component.ComponentConstants;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * What the build made of a component's annotations: its description in the bundle, which the
 * framework reads, too.
 *
 * @param interfaces names of the types that the component provides
 * @param properties the service's properties
 */
record ComponentDescription(
    List<String> interfaces, Map<String, Object> properties, String symbolicName, Version version) {
  private static final String HEADER = "Service-Component";

  /**
   * Reads the description of a component.
   *
   * @throws IllegalArgumentException if the folder or jar of the class has none
   */
  static ComponentDescription of(Class<?> component) {
    try {
      var location = location(component);
      if (Files.isDirectory(location)) {
        return read(location, component);
      }
      try (var jar = FileSystems.newFileSystem(location)) {
        return read(jar.getPath("/"), component);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path location(Class<?> component) {
    try {
      URI location = component.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Path.of(location);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static ComponentDescription read(Path root, Class<?> component) throws IOException {
    var file = root.resolve("META-INF/MANIFEST.MF");
    if (Files.exists(file)) {
      var manifest = manifest(file);
      var header = manifest.getOrDefault(HEADER, "");
      for (var entry : header.isEmpty() ? new String[0] : header.split("\\s*,\\s*")) {
        try (var in = Files.newInputStream(root.resolve(entry))) {
          var xml = parse(in);
          if (attributes(xml, "implementation", "class").contains(component.getName())) {
            return new ComponentDescription(
                attributes(xml, "provide", "interface"),
                properties(xml),
                manifest.get("Bundle-SymbolicName"),
                Version.parseVersion(manifest.get("Bundle-Version")));
          }
        }
      }
    }
    throw new IllegalArgumentException(
        component.getName()
            + " has no component description in "
            + root
            + ": build it with bnd before the test, or pass the service and its properties");
  }

  private static Map<String, String> manifest(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var headers = new LinkedHashMap<String, String>();
      new Manifest(in)
          .getMainAttributes()
          .forEach((name, value) -> headers.put(name.toString(), value.toString()));
      return headers;
    }
  }

  private static Element parse(InputStream in) throws IOException {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(in)
          .getDocumentElement();
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(e);
    }
  }

  private static List<Element> elements(Element xml, String name) {
    var nodes = xml.getElementsByTagName(name);
    var elements = new ArrayList<Element>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static List<String> attributes(Element xml, String name, String attribute) {
    return elements(xml, name).stream().map(element -> element.getAttribute(attribute)).toList();
  }

  private static Map<String, Object> properties(Element xml) {
    var properties = new LinkedHashMap<String, Object>();
    properties.put(ComponentConstants.COMPONENT_NAME, xml.getAttribute("name"));
    for (var property : elements(xml, "property")) {
      var type = property.getAttribute("type");
      properties.put(
          property.getAttribute("name"),
          property.hasAttribute("value")
              ? value(type, property.getAttribute("value"))
              : values(type, property.getTextContent()));
    }
    return properties;
  }

  /** An array: a value a line. */
  private static Object[] values(String type, String lines) {
    var values = lines.lines().map(String::strip).filter(line -> !line.isEmpty());
    return type.equals("String")
        ? values.toArray(String[]::new)
        : values.map(line -> value(type, line)).toArray();
  }

  private static Object value(String type, String text) {
    return switch (type) {
      case "Boolean" -> Boolean.valueOf(text);
      case "Integer" -> Integer.valueOf(text);
      case "Long" -> Long.valueOf(text);
      case "Double" -> Double.valueOf(text);
      default -> text;
    };
  }
}
