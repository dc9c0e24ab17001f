package dev.gitvan.git.jgit.internal.write;

import dev.gitvan.git.jgit.internal.text.GitText;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * Makes a tree from another one and a few changed paths. Only the folders on their way are read and
 * written, whatever the size of the rest.
 */
final class TreeEdit {
  /**
   * A path's new entry.
   *
   * @param id null: the path goes
   */
  record Leaf(int mode, ObjectId id) {
    static final Leaf GONE = new Leaf(0, null);
  }

  private final ObjectReader reader;
  private final ObjectInserter inserter;

  TreeEdit(ObjectReader reader, ObjectInserter inserter) {
    this.reader = reader;
    this.inserter = inserter;
  }

  /** The changed tree; the same id when nothing differs. */
  ObjectId apply(ObjectId tree, Map<String, Leaf> changes) throws IOException {
    var raw = new HashMap<String, Leaf>();
    changes.forEach((path, leaf) -> raw.put(GitText.raw(GitText.bytes(path)), leaf));
    var edited = edit(tree, raw);
    return edited != null ? edited : inserter.insert(new TreeFormatter());
  }

  /** The folder's new tree; null when nothing is left in it. */
  private ObjectId edit(ObjectId tree, Map<String, Leaf> changes) throws IOException {
    var entries = read(tree);
    var folders = new TreeMap<String, Map<String, Leaf>>();
    var leaves = new TreeMap<String, Leaf>();
    changes.forEach(
        (path, leaf) -> {
          int slash = path.indexOf('/');
          if (slash < 0) {
            leaves.put(path, leaf);
          } else {
            folders
                .computeIfAbsent(path.substring(0, slash), name -> new HashMap<>())
                .put(path.substring(slash + 1), leaf);
          }
        });
    boolean changed = false;
    for (var folder : folders.entrySet()) {
      changed |= folder(entries, folder.getKey(), folder.getValue());
    }
    for (var leaf : leaves.entrySet()) {
      changed |= leaf(entries, leaf.getKey(), leaf.getValue());
    }
    if (!changed && tree != null) {
      return tree;
    }
    return entries.isEmpty() ? null : write(entries);
  }

  private boolean folder(Map<String, Leaf> entries, String name, Map<String, Leaf> changes)
      throws IOException {
    var old = entries.get(name);
    boolean isFolder = old != null && FileMode.TREE.equals(old.mode());
    if (!isFolder && changes.values().stream().allMatch(leaf -> leaf.id() == null)) {
      return false; // nothing can go from what is not there
    }
    var edited = edit(isFolder ? old.id() : null, changes);
    var leaf = edited == null ? null : new Leaf(FileMode.TREE.getBits(), edited);
    if (leaf == null) {
      return entries.remove(name) != null;
    }
    return !leaf.equals(entries.put(name, leaf));
  }

  private boolean leaf(Map<String, Leaf> entries, String name, Leaf leaf) {
    var old = entries.get(name);
    if (leaf.id() == null) {
      // A file that went for a folder of the same name is no reason to take that folder out.
      return old != null && !FileMode.TREE.equals(old.mode()) && entries.remove(name) != null;
    }
    entries.put(name, leaf);
    return !leaf.equals(old);
  }

  private Map<String, Leaf> read(ObjectId tree) throws IOException {
    var entries = new HashMap<String, Leaf>();
    if (tree == null) {
      return entries;
    }
    var bytes = reader.open(tree, Constants.OBJ_TREE).getCachedBytes();
    var p = new CanonicalTreeParser();
    for (p.reset(bytes); !p.eof(); p.next(1)) {
      var name = Arrays.copyOfRange(p.getEntryPathBuffer(), 0, p.getEntryPathLength());
      entries.put(GitText.raw(name), new Leaf(p.getEntryRawMode(), p.getEntryObjectId()));
    }
    return entries;
  }

  private ObjectId write(Map<String, Leaf> entries) throws IOException {
    var sorted = new TreeMap<String, String>();
    // Trees sort as if their name ended with a slash. Raw names keep the order of bytes.
    entries.forEach(
        (name, leaf) -> sorted.put(FileMode.TREE.equals(leaf.mode()) ? name + "/" : name, name));
    var formatter = new TreeFormatter();
    for (var name : sorted.values()) {
      var leaf = entries.get(name);
      formatter.append(
          GitText.raw(name), 0, name.length(), FileMode.fromBits(leaf.mode()), leaf.id());
    }
    return inserter.insert(formatter);
  }
}
