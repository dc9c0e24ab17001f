package dev.gitvan.config.internal.setting;

import dev.gitvan.config.Configuration;
import dev.gitvan.config.InvalidSettingException;
import dev.gitvan.config.Setting;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A configuration as the merged document of its files, checked against the sections. It keeps no
 * section, so that it does not keep the classes of a plugin that has been replaced.
 */
public final class MergedConfiguration implements Configuration {
  private final Set<String> builtIn;
  private final Set<String> plugins;
  private final Node root;
  private final List<Problem> warnings;
  private final String fingerprint;
  private final List<Value> settings;

  /**
   * @param root the merged document, without errors; null without files
   */
  public MergedConfiguration(
      Sections sections, Node root, List<Problem> warnings, String fingerprint) {
    this.builtIn = Set.copyOf(sections.builtIn().keySet());
    this.plugins = Set.copyOf(sections.plugins().keySet());
    this.root = root;
    this.warnings = List.copyOf(warnings);
    this.fingerprint = fingerprint;
    this.settings = values(sections);
  }

  @Override
  public <T> T get(Setting<T> setting) {
    var node = node(setting);
    if (node == null) {
      return setting.defaultValue();
    }
    try {
      return setting.type().read(node);
    } catch (InvalidSettingException e) {
      throw GitVanException.of(
          e.code(),
          node.place().toString(),
          setting.section() + "." + setting.key() + " must be " + e.getMessage(),
          "The default is " + setting.writtenDefault() + ".");
    }
  }

  @Override
  public Map<String, Node> jobs() {
    return entries("jobs");
  }

  @Override
  public Map<String, Node> hooks() {
    return entries("hooks");
  }

  @Override
  public List<Value> settings() {
    return settings;
  }

  @Override
  public List<Problem> warnings() {
    return warnings;
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  private List<Value> values(Sections sections) {
    var values = new ArrayList<Value>();
    sections.settings().forEach((path, setting) -> values.add(value(path, setting)));
    return List.copyOf(values);
  }

  private <T> Value value(String path, Setting<T> setting) {
    var node = node(setting);
    return new Value(
        path,
        setting.type().written(get(setting)),
        node == null ? "default" : node.place().toString());
  }

  private Map<String, Node> entries(String key) {
    return child(root, key) instanceof Node.Mapping mapping ? mapping.entries() : Map.of();
  }

  /** The node of a setting; null when no file contains it. */
  private Node node(Setting<?> setting) {
    Node node;
    if (builtIn.contains(setting.section())) {
      node = child(root, setting.section());
    } else if (plugins.contains(setting.section())) {
      node = child(child(root, Sections.PLUGINS), setting.section());
    } else {
      return null;
    }
    var key = setting.key();
    int start = 0;
    for (int dot; (dot = key.indexOf('.', start)) >= 0; start = dot + 1) {
      node = child(node, key.substring(start, dot));
    }
    node = child(node, key.substring(start));
    return node instanceof Node.Scalar scalar && scalar.value() == null ? null : node;
  }

  private static Node child(Node node, String key) {
    return node instanceof Node.Mapping mapping ? mapping.entries().get(key) : null;
  }
}
