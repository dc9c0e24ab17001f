package dev.gitvan.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * The components that GitVan's bundles declare, read from the jars.
 *
 * @param components of all bundles
 */
record ComponentDescriptions(List<Component> components) {
  private static final String SHARED_SERVICE = "dev.gitvan.extension.spi.SharedService";
  private static final String SHARED_TYPE = "gitvan.shared.type";

  /**
   * A component.
   *
   * @param bundle symbolic name
   * @param provided interfaces under which it is registered
   * @param shared the interface that it implements as a shared service
   */
  record Component(
      String bundle,
      String name,
      Set<String> provided,
      Optional<String> shared,
      List<Reference> references) {
    @Override
    public String toString() {
      return name + " of " + bundle;
    }
  }

  /**
   * A reference of a component.
   *
   * @param type the interface
   * @param isStatic whether the component restarts when the service is replaced
   * @param isMandatory whether the component needs a service
   */
  record Reference(String type, boolean isStatic, boolean isMandatory) {}

  /** Reads the jars of a directory. */
  static ComponentDescriptions read(Path directory) throws IOException {
    var components = new ArrayList<Component>();
    try (var jars = Files.newDirectoryStream(directory, "dev.gitvan.*.jar")) {
      for (var path : jars) {
        try (var jar = new JarFile(path.toFile())) {
          components.addAll(read(jar));
        }
      }
    }
    return new ComponentDescriptions(components);
  }

  private static List<Component> read(JarFile jar) throws IOException {
    var main = jar.getManifest().getMainAttributes();
    var bundle = main.getValue("Bundle-SymbolicName");
    var header = main.getValue("Service-Component");
    var components = new ArrayList<Component>();
    for (var file : header == null ? new String[0] : header.trim().split("\\s*,\\s*")) {
      components.add(component(bundle, parse(jar, file)));
    }
    return components;
  }

  private static Document parse(JarFile jar, String file) throws IOException {
    var entry = jar.getJarEntry(file);
    if (entry == null) {
      throw new IOException(jar.getName() + " has no " + file);
    }
    try (var in = jar.getInputStream(entry)) {
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(file + " of " + jar.getName() + ": " + e.getMessage(), e);
    }
  }

  private static Component component(String bundle, Document document) {
    var provided = new HashSet<String>();
    elements(document, "provide").forEach(e -> provided.add(e.getAttribute("interface")));
    return new Component(
        bundle,
        document.getDocumentElement().getAttribute("name"),
        provided,
        elements(document, "property").stream()
            .filter(e -> e.getAttribute("name").equals(SHARED_TYPE))
            .map(e -> e.getAttribute("value"))
            .findFirst(),
        elements(document, "reference").stream().map(ComponentDescriptions::reference).toList());
  }

  private static Reference reference(Element element) {
    var policy = element.getAttribute("policy");
    var cardinality = element.getAttribute("cardinality");
    return new Reference(
        element.getAttribute("interface"),
        policy.isEmpty() || policy.equals("static"),
        cardinality.isEmpty() || cardinality.startsWith("1.."));
  }

  private static List<Element> elements(Document document, String name) {
    var found = document.getElementsByTagName(name);
    var elements = new ArrayList<Element>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  /** Interfaces that components of a bundle provide. */
  Set<String> providedBy(String bundle) {
    var types = new HashSet<String>();
    components.stream()
        .filter(component -> component.bundle().equals(bundle))
        .forEach(component -> types.addAll(component.provided()));
    return types;
  }

  /** Interfaces that are implemented as shared services. */
  Set<String> shared() {
    var types = new HashSet<String>();
    components.stream()
        .filter(component -> component.provided().contains(SHARED_SERVICE))
        .forEach(component -> component.shared().ifPresent(types::add));
    return types;
  }
}
