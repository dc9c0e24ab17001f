package dev.gitvan.git.jgit.internal.worktree;

import dev.gitvan.git.jgit.internal.text.GitText;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;

/** The index extension {@code TREE}: ids of the trees that entries would make. */
final class CacheTree {
  private static final int ID = 20;

  private final byte[] data;
  private final Set<String> folders;
  private final ByteArrayOutputStream out;
  private int at;

  private CacheTree(byte[] data, Set<String> folders) {
    this.data = data;
    this.folders = folders;
    this.out = new ByteArrayOutputStream(data.length + 16);
  }

  /** The same without the ids of some folders; {@code ""} is the root. */
  static byte[] invalidate(byte[] data, Set<String> folders) {
    var tree = new CacheTree(data, folders);
    if (data.length > 0) {
      tree.node("", true);
    }
    return tree.out.toByteArray();
  }

  /** Folders to the ids of their trees; without those that have none, empty when it is damaged. */
  static Map<String, ObjectId> valid(byte[] data) {
    var trees = new HashMap<String, ObjectId>();
    try {
      if (data.length > 0) {
        new CacheTree(data, Set.of()).collect("", true, trees);
      }
      return trees;
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      return Map.of(); // Git goes on without it, too
    }
  }

  private void collect(String parent, boolean root, Map<String, ObjectId> trees) {
    var name = token('\0');
    int entries = Integer.parseInt(token(' '));
    int children = Integer.parseInt(token('\n'));
    var path = path(parent, name, root);
    if (entries >= 0) {
      trees.put(path, ObjectId.fromRaw(data, at));
      at += ID;
    }
    for (int i = 0; i < children; i++) {
      collect(path, false, trees);
    }
  }

  private static String path(String parent, String name, boolean root) {
    return root ? "" : parent.isEmpty() ? name : parent + "/" + name;
  }

  private void node(String parent, boolean root) {
    var name = token('\0');
    int entries = Integer.parseInt(token(' '));
    int children = Integer.parseInt(token('\n'));
    var path = path(parent, name, root);
    boolean valid = entries >= 0;
    boolean keep = valid && !folders.contains(path);
    out.writeBytes(GitText.bytes(name + "\0" + (keep ? entries : -1) + " " + children + "\n"));
    if (valid) {
      if (keep) {
        out.write(data, at, ID);
      }
      at += ID;
    }
    for (int i = 0; i < children; i++) {
      node(path, false);
    }
  }

  private String token(char end) {
    int start = at;
    while (data[at] != end) {
      at++;
    }
    return GitText.name(Arrays.copyOfRange(data, start, at++));
  }
}
