package dev.gitvan.config.internal.setting;

import dev.gitvan.config.Configuration;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.Nearest;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Node;
import dev.gitvan.document.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Reads the settings of one document, and makes a configuration of them. */
public final class SettingsReader {
  /** Keys at the top that are no settings. {@code $schema} is for editors. */
  private static final List<String> OTHER_KEYS = List.of("jobs", "hooks", "$schema");

  private record Read(Object value, Place place) {}

  private final Map<Setting<?>, Read> values = new HashMap<>();

  /** Reads a document; later ones win. Problems are told in the document's order. */
  public void read(Node root, Consumer<Problem> problems) {
    if (root instanceof Node.Mapping mapping) {
      section("", mapping, problems);
    } else {
      problems.accept(
          new Problem(
              Codes.CONFIG_TYPE,
              root.place().toString(),
              "the document must be a mapping, but is " + Form.Misfit.describe(root),
              "Write keys with values, such as templates: { strict: true }."));
    }
  }

  private void section(String path, Node.Mapping mapping, Consumer<Problem> problems) {
    mapping
        .entries()
        .forEach(
            (key, node) -> {
              var child = path.isEmpty() ? key : path + "." + key;
              var setting = key.indexOf('.') < 0 ? Settings.at(child) : null;
              if (setting != null) {
                setting(setting, node, problems);
              } else if (key.indexOf('.') < 0 && Settings.keys(child) != null) {
                subsection(child, node, problems);
              } else if (!path.isEmpty() || !OTHER_KEYS.contains(key)) {
                problems.accept(unknown(path, key, mapping.keyPlaces().get(key)));
              }
            });
  }

  private void subsection(String path, Node node, Consumer<Problem> problems) {
    if (node instanceof Node.Mapping mapping) {
      section(path, mapping, problems);
    } else if (!isNothing(node)) {
      problems.accept(
          new Problem(
              Codes.CONFIG_TYPE,
              node.place().toString(),
              path + " must be a mapping, but is " + Form.Misfit.describe(node),
              "Its keys are " + String.join(", ", Settings.keys(path)) + "."));
    }
  }

  private void setting(Setting<?> setting, Node node, Consumer<Problem> problems) {
    if (isNothing(node)) {
      // A key without a value says nothing: in a later file it brings the default back.
      values.remove(setting);
      return;
    }
    try {
      values.put(setting, new Read(setting.form().read(node), node.place()));
    } catch (Form.Misfit e) {
      problems.accept(
          new Problem(
              e.code(),
              node.place().toString(),
              setting.path() + " must be " + e.getMessage(),
              "The default is " + setting.writtenFallback() + "."));
    }
  }

  private static Problem unknown(String section, String key, Place place) {
    var keys = new TreeSet<>(Settings.keys(section));
    if (section.isEmpty()) {
      keys.addAll(OTHER_KEYS);
    }
    return new Problem(
        Codes.CONFIG_UNKNOWN_KEY,
        place.toString(),
        "there is no key " + key + (section.isEmpty() ? "" : " in " + section),
        Nearest.sentence(key, keys, "The keys are " + String.join(", ", keys) + "."));
  }

  private static boolean isNothing(Node node) {
    return node instanceof Node.Scalar scalar && scalar.value() == null;
  }

  private <T> T get(Setting<T> setting) {
    var read = values.get(setting);
    @SuppressWarnings("unchecked")
    var value = read == null ? setting.fallback() : (T) read.value();
    return value;
  }

  /** The configuration that was read, over the defaults. */
  public Configuration configuration(
      Map<String, Node> jobs, Map<String, Node> hooks, String fingerprint) {
    return new Configuration(
        new Configuration.Templates(
            get(Settings.TEMPLATES_DIR),
            get(Settings.TEMPLATES_ENGINE),
            get(Settings.TEMPLATES_CACHE),
            get(Settings.TEMPLATES_AUTOESCAPE),
            get(Settings.TEMPLATES_STRICT),
            get(Settings.TEMPLATES_MAX_OUTPUT),
            get(Settings.TEMPLATES_MAX_RANGE),
            get(Settings.TEMPLATES_ENV),
            get(Settings.TEMPLATES_OWN_COMMITS)),
        jobs,
        hooks,
        new Configuration.Daemon(
            get(Settings.DAEMON_POLL),
            get(Settings.DAEMON_LOOKBACK),
            get(Settings.DAEMON_MAX_PER_TICK),
            get(Settings.DAEMON_WORKERS),
            get(Settings.DAEMON_HEAP)),
        new Configuration.Queue(
            get(Settings.QUEUE_CAPACITY),
            get(Settings.QUEUE_CONCURRENCY),
            get(Settings.QUEUE_RATE_LIMIT),
            get(Settings.QUEUE_RATE_PER)),
        new Configuration.Cache(
            get(Settings.CACHE_MEMORY_ENTRIES),
            get(Settings.CACHE_MEMORY_TTL),
            get(Settings.CACHE_DISK_SIZE),
            get(Settings.CACHE_DISK_TTL),
            get(Settings.CACHE_GIT_ENABLED)),
        new Configuration.Files(get(Settings.FILES_RATE)),
        new Configuration.Git(get(Settings.GIT_DURABILITY)),
        listing(),
        fingerprint);
  }

  private List<Configuration.Setting> listing() {
    var list = new ArrayList<Configuration.Setting>(Settings.ALL.size());
    for (var setting : Settings.ALL) {
      list.add(listed(setting));
    }
    return List.copyOf(list);
  }

  private <T> Configuration.Setting listed(Setting<T> setting) {
    var read = values.get(setting);
    return new Configuration.Setting(
        setting.path(),
        setting.form().written(get(setting)),
        read == null ? "default" : read.place().toString());
  }
}
