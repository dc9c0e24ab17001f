package dev.gitvan.config.internal.setting;

import dev.gitvan.config.Section;
import dev.gitvan.config.Setting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The sections that bundles contribute at one moment. GitVan's own are at the top of the document,
 * those of plugins below {@value #PLUGINS}. Immutable.
 */
public final class Sections {
  /** The key above the sections of plugins. */
  public static final String PLUGINS = "plugins";

  private final Map<String, Tree> builtIn = new LinkedHashMap<>();
  private final Map<String, Tree> plugins = new LinkedHashMap<>();
  private final Set<String> absent;
  private final long revision;

  /** A node of a section: a mapping with keys, or a setting. */
  static final class Tree {
    private final String path;
    private final String description;
    private final Map<String, Tree> children = new LinkedHashMap<>();
    private final Setting<?> setting;

    private Tree(String path, String description, Setting<?> setting) {
      this.path = path;
      this.description = description;
      this.setting = setting;
    }

    /** Dotted, from the top of the document. */
    String path() {
      return path;
    }

    String description() {
      return description;
    }

    /** The nodes below a mapping, by key. */
    Map<String, Tree> children() {
      return Collections.unmodifiableMap(children);
    }

    /** The setting; empty for a mapping. */
    Optional<Setting<?>> setting() {
      return Optional.ofNullable(setting);
    }
  }

  /**
   * @param absent names of GitVan's own sections that were known before and whose bundles do not
   *     contribute them now
   * @param revision differs from that of all other sections of this process
   */
  public Sections(List<Section> builtIn, List<Section> plugins, Set<String> absent, long revision) {
    builtIn.forEach(section -> this.builtIn.put(section.name(), tree("", section)));
    plugins.forEach(section -> this.plugins.put(section.name(), tree(PLUGINS + ".", section)));
    this.absent = Set.copyOf(absent);
    this.revision = revision;
  }

  /** GitVan's own sections by name. */
  Map<String, Tree> builtIn() {
    return Collections.unmodifiableMap(builtIn);
  }

  /** The sections of plugins by name. */
  Map<String, Tree> plugins() {
    return Collections.unmodifiableMap(plugins);
  }

  /** Whether GitVan's section of a name is known, but not contributed now. */
  boolean isAbsent(String name) {
    return absent.contains(name);
  }

  /** Differs from that of all other sections of this process. */
  public long revision() {
    return revision;
  }

  /** Every setting with its dotted path, in the order of the schema. */
  Map<String, Setting<?>> settings() {
    var all = new LinkedHashMap<String, Setting<?>>();
    builtIn.values().forEach(tree -> collect(tree, all));
    plugins.values().forEach(tree -> collect(tree, all));
    return all;
  }

  private static void collect(Tree tree, Map<String, Setting<?>> all) {
    tree.setting().ifPresent(setting -> all.put(tree.path(), setting));
    tree.children.values().forEach(child -> collect(child, all));
  }

  private static Tree tree(String prefix, Section section) {
    var root = new Tree(prefix + section.name(), section.description(), null);
    for (var setting : section.settings()) {
      var parent = root;
      var key = new ArrayList<String>();
      for (var parts = List.of(setting.key().split("\\.")).iterator(); parts.hasNext(); ) {
        var part = parts.next();
        key.add(part);
        var path = parent.path() + "." + part;
        if (parts.hasNext()) {
          var description = section.groups().getOrDefault(String.join(".", key), "");
          parent = parent.children.computeIfAbsent(part, p -> new Tree(path, description, null));
        } else {
          parent.children.put(part, new Tree(path, setting.description(), setting));
        }
      }
    }
    return root;
  }
}
