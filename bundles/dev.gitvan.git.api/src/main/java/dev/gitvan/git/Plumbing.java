package dev.gitvan.git;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Raw objects, as in {@code git cat-file}, {@code ls-tree} and {@code hash-object}. Safe for any
 * thread.
 *
 * <p>All methods throw {@code OBJECT_NOT_FOUND}, {@code OBJECT_AMBIGUOUS} and {@code
 * ARG_LOOKS_LIKE_OPTION}.
 *
 * @see GitRepository#plumbing
 */
@ProviderType
public interface Plumbing {
  /** An object's type and size. */
  ObjectInfo info(String revision);

  /**
   * The content of an object as stored, without filters and conversion of line endings.
   *
   * @param revision such as {@code HEAD:docs/git.md}
   */
  byte[] content(String revision);

  /**
   * The entries of a tree, ordered by the bytes of their paths.
   *
   * @param revision of a tree or a commit
   * @param recursive whether trees are entered instead of listed
   */
  List<TreeItem> tree(String revision, boolean recursive);

  /** The id of a blob with this content; the blob need not exist. */
  String hash(byte[] content);

  /**
   * An object's type and size.
   *
   * @param size size of its content, in bytes
   */
  record ObjectInfo(String id, ObjectType type, long size) {}

  /**
   * An entry of a tree.
   *
   * @param path path relative to the requested tree
   * @param mode the Git file mode, such as {@code 0100755}
   * @param type COMMIT for a submodule, whose object is in another repository
   */
  record TreeItem(String path, int mode, ObjectType type, String id) {}

  /** The type of an object. */
  enum ObjectType {
    COMMIT,
    TREE,
    BLOB,
    TAG
  }
}
