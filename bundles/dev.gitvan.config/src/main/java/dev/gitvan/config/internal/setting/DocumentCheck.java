package dev.gitvan.config.internal.setting;

import dev.gitvan.config.InvalidSettingException;
import dev.gitvan.config.Setting;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.Nearest;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.document.Node;
import dev.gitvan.document.Place;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Checks configuration files against the sections. */
public final class DocumentCheck {
  private static final String JOBS = "jobs";
  private static final String HOOKS = "hooks";

  /** Keys at the top that are not sections. {@code $schema} is for editors. */
  private static final List<String> OTHER_KEYS = List.of(JOBS, HOOKS, Sections.PLUGINS, "$schema");

  /** Whose file it is. */
  public enum Owner {
    USER,
    REPOSITORY
  }

  private final Sections sections;
  private final Owner owner;
  private final String usersFile;
  private final Consumer<Problem> errors;
  private final Consumer<Problem> warnings;

  /**
   * @param usersFile where the user's own settings belong, for messages
   */
  public DocumentCheck(
      Sections sections,
      Owner owner,
      String usersFile,
      Consumer<Problem> errors,
      Consumer<Problem> warnings) {
    this.sections = sections;
    this.owner = owner;
    this.usersFile = usersFile;
    this.errors = errors;
    this.warnings = warnings;
  }

  /** Checks a document from its root. */
  public void check(Node root) {
    if (!(root instanceof Node.Mapping document)) {
      errors.accept(
          new Problem(
              Codes.CONFIG_TYPE,
              root.place().toString(),
              "the document must be a mapping, but is " + root.describe(),
              "Write keys with values, such as templates: { strict: true }."));
      return;
    }
    document.entries().forEach((key, node) -> top(key, document.keyPlaces().get(key), node));
  }

  /** Checks the jobs and hooks of the merged document: a chain may be in several files. */
  public static void checkMerged(Node root, Consumer<Problem> errors) {
    if (!(root instanceof Node.Mapping document)) {
      return;
    }
    var hooks = document.entries().get(HOOKS);
    if (hooks != null && !isEmpty(hooks)) {
      HookRules.check(hooks, errors);
    }
    var jobs = document.entries().get(JOBS);
    if (jobs != null && !(jobs instanceof Node.Mapping) && !isEmpty(jobs)) {
      errors.accept(
          new Problem(
              Codes.CONFIG_TYPE,
              jobs.place().toString(),
              "jobs must be a mapping of names to jobs",
              "Write the job's name and a colon before its keys."));
    }
  }

  private void top(String key, Place place, Node node) {
    var section = sections.builtIn().get(key);
    if (section != null) {
      mapping(section, node);
    } else if (key.equals(Sections.PLUGINS)) {
      plugins(node);
    } else if (key.equals(JOBS) || key.equals(HOOKS)) {
      onlyInRepository(key, place);
    } else if (sections.isAbsent(key)) {
      warnings.accept(
          new Problem(
              Codes.CONFIG_UNKNOWN_KEY,
              place.toString(),
              "the bundle that reads the section " + key + " is not active, so it has no effect",
              "Run gitvan diag."));
    } else if (!OTHER_KEYS.contains(key)) {
      var keys = new TreeSet<>(sections.builtIn().keySet());
      keys.addAll(OTHER_KEYS);
      unknown("", key, place, keys);
    }
  }

  private void onlyInRepository(String key, Place place) {
    if (owner == Owner.USER) {
      errors.accept(
          new Problem(
              Codes.CONFIG_PLACE,
              place.toString(),
              key + " belong to a repository, and this is your own file",
              "Move them to the gitvan.yaml of the repository."));
    }
  }

  private void plugins(Node node) {
    if (!(node instanceof Node.Mapping names)) {
      if (!isEmpty(node)) {
        notAMapping(Sections.PLUGINS, node, sections.plugins().keySet());
      }
      return;
    }
    names
        .entries()
        .forEach(
            (name, section) -> {
              var known = sections.plugins().get(name);
              if (known != null) {
                mapping(known, section);
                return;
              }
              warnings.accept(
                  new Problem(
                      Codes.CONFIG_PLUGIN_ABSENT,
                      names.keyPlaces().get(name).toString(),
                      "no installed plugin has a section " + name + ", so it has no effect",
                      Nearest.sentence(
                          name, sections.plugins().keySet(), "Install the plugin, or remove it.")));
            });
  }

  private void mapping(Sections.Tree tree, Node node) {
    if (!(node instanceof Node.Mapping mapping)) {
      if (!isEmpty(node)) {
        notAMapping(tree.path(), node, tree.children().keySet());
      }
      return;
    }
    mapping
        .entries()
        .forEach(
            (key, value) -> {
              var child = tree.children().get(key);
              if (child == null) {
                var place = mapping.keyPlaces().get(key);
                unknown(tree.path(), key, place, tree.children().keySet());
              } else if (child.setting().isPresent()) {
                setting(child, child.setting().get(), mapping.keyPlaces().get(key), value);
              } else {
                mapping(child, value);
              }
            });
  }

  private void setting(Sections.Tree tree, Setting<?> setting, Place key, Node value) {
    if (!isEmpty(value)) { // An empty value restores the default.
      try {
        setting.type().read(value);
      } catch (InvalidSettingException e) {
        errors.accept(
            new Problem(
                e.code(),
                value.place().toString(),
                tree.path() + " must be " + e.getMessage(),
                "The default is " + setting.writtenDefault() + "."));
        return;
      }
    }
    if (setting.userOnly() && owner == Owner.REPOSITORY) {
      errors.accept(
          new Problem(
              Codes.CONFIG_PLACE,
              key.toString(),
              tree.path() + " is for the user to set, not for a repository",
              "Move it to " + usersFile + "."));
    }
  }

  private void unknown(String section, String key, Place place, Collection<String> keys) {
    errors.accept(
        new Problem(
            Codes.CONFIG_UNKNOWN_KEY,
            place.toString(),
            "there is no key " + key + (section.isEmpty() ? "" : " in " + section),
            Nearest.sentence(key, keys, "The keys are " + list(keys) + ".")));
  }

  private void notAMapping(String path, Node node, Collection<String> keys) {
    errors.accept(
        new Problem(
            Codes.CONFIG_TYPE,
            node.place().toString(),
            path + " must be a mapping, but is " + node.describe(),
            keys.isEmpty() ? "Write keys with values." : "Its keys are " + list(keys) + "."));
  }

  private static String list(Collection<String> keys) {
    return String.join(", ", new TreeSet<>(keys));
  }

  private static boolean isEmpty(Node node) {
    return node instanceof Node.Scalar scalar && scalar.value() == null;
  }
}
