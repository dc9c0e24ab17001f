package dev.gitvan.git.jgit.internal.worktree;

import dev.gitvan.diagnostics.FileProblem;
import dev.gitvan.git.jgit.internal.settings.Settings;
import dev.gitvan.git.jgit.internal.text.GitText;
import dev.gitvan.repository.WorktreeId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.attributes.Attribute;
import org.eclipse.jgit.attributes.Attribute.State;
import org.eclipse.jgit.attributes.AttributesNode;
import org.eclipse.jgit.attributes.AttributesRule;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * The attributes of paths as {@code git check-attr} prints them, read from the worktree, for the
 * time of one operation. Not safe for several threads.
 */
public final class Attributes {
  private static final String MACRO = "[attr]";
  private static final AttributesNode NONE = new AttributesNode();

  private final Path root;
  private final IndexFile index;
  private final ObjectReader objects;
  private final AttributesNode info;
  private final AttributesNode global;
  private final AttributesNode system;
  private final Map<String, AttributesNode> folders = new HashMap<>();
  private final Map<String, List<Attribute>> macros = new HashMap<>();

  /**
   * @param index where a {@code .gitattributes} is read that is not checked out
   */
  public Attributes(WorktreeId worktree, Settings settings, IndexFile index, ObjectReader objects) {
    this.root = worktree.workTree();
    this.index = index;
    this.objects = objects;
    this.info = read(worktree.repository().commonDir().resolve("info/attributes"), true);
    this.global =
        read(
            settings
                .path("core", "attributesfile")
                .orElseGet(() -> settings.user().xdgHome().resolve("git/attributes")),
            true);
    this.system =
        settings.user().variable("GIT_ATTR_NOSYSTEM").isPresent()
            ? NONE
            : read(Path.of("/etc/gitattributes"), true);
    macros.put(
        "binary", new AttributesRule(MACRO + "binary", "-diff -merge -text").getAttributes());
    for (var node : List.of(system, global, folder(""), info)) {
      for (var rule : node.getRules()) {
        if (rule.getPattern().startsWith(MACRO)) {
          macros.put(rule.getPattern().substring(MACRO.length()).strip(), rule.getAttributes());
        }
      }
    }
  }

  /** The attributes of a file that are set, unset or have a value. */
  public Map<String, Attribute> of(String path) {
    var found = new HashMap<String, Attribute>();
    merge(info, path, found);
    for (int slash = path.lastIndexOf('/'); slash >= 0; slash = path.lastIndexOf('/', slash - 1)) {
      merge(folder(path.substring(0, slash)), path.substring(slash + 1), found);
      if (slash == 0) {
        break;
      }
    }
    merge(folder(""), path, found);
    merge(global, path, found);
    merge(system, path, found);
    found.values().removeIf(attribute -> attribute.getState() == State.UNSPECIFIED);
    return found;
  }

  private AttributesNode folder(String folder) {
    return folders.computeIfAbsent(
        folder,
        f -> {
          var file = GitText.file(root, f).resolve(".gitattributes");
          return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
              ? read(file, false)
              : readIndex(f.isEmpty() ? ".gitattributes" : f + "/.gitattributes");
        });
  }

  private AttributesNode readIndex(String path) {
    var entry = index.find(path).filter(e -> FileMode.TYPE_FILE == (e.mode() & FileMode.TYPE_MASK));
    if (entry.isEmpty()) {
      return NONE;
    }
    try (var in = objects.open(entry.get().id(), Constants.OBJ_BLOB).openStream()) {
      var node = new AttributesNode();
      node.parse(in);
      return node;
    } catch (MissingObjectException e) {
      return NONE; // added with -N, or not fetched
    } catch (IOException e) {
      throw FileProblem.of(e, root.resolve(path)).toException(e);
    }
  }

  private static AttributesNode read(Path file, boolean followed) {
    // Inside the worktree Git does not follow a link here, and so it cannot lead outside.
    var options = followed ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
    if (!Files.isRegularFile(file, options)) {
      return NONE;
    }
    try {
      var node = new AttributesNode();
      node.parse(new ByteArrayInputStream(Files.readAllBytes(file)));
      return node;
    } catch (IOException e) {
      throw FileProblem.of(e, file).toException(e);
    }
  }

  private void merge(AttributesNode node, String path, Map<String, Attribute> found) {
    var rules = node.getRules();
    for (int i = rules.size() - 1; i >= 0; i--) {
      if (!rules.get(i).getPattern().startsWith(MACRO) && rules.get(i).isMatch(path, false)) {
        var attributes = rules.get(i).getAttributes();
        for (int j = attributes.size() - 1; j >= 0; j--) {
          expand(attributes.get(j), found);
        }
      }
    }
  }

  private void expand(Attribute attribute, Map<String, Attribute> found) {
    if (found.putIfAbsent(attribute.getKey(), attribute) != null) {
      return;
    }
    // A macro means what it stands for only where it is set.
    if (attribute.getState() == State.SET && macros.containsKey(attribute.getKey())) {
      var expansion = macros.get(attribute.getKey());
      for (int i = expansion.size() - 1; i >= 0; i--) {
        expand(expansion.get(i), found);
      }
    }
  }
}
