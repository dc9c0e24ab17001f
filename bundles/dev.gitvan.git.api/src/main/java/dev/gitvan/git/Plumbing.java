package dev.gitvan.git;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Objects as they are: what {@code git cat-file}, {@code ls-tree} and {@code hash-object} tell.
 * Safe for any thread.
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
   * An object's content, as it is stored: no filter, no line ends changed.
   *
   * @param revision such as {@code HEAD:docs/git.md}
   */
  byte[] content(String revision);

  /**
   * The entries of a tree, in the order of their paths' bytes.
   *
   * @param revision of a tree or a commit
   * @param recursive whether trees are entered instead of listed
   */
  List<TreeItem> tree(String revision, boolean recursive);

  /** The id that a blob with this content has, whether it is there or not. */
  String hash(byte[] content);

  /**
   * An object's type and size.
   *
   * @param size of its content, in bytes
   */
  record ObjectInfo(String id, ObjectType type, long size) {}

  /**
   * An entry of a tree.
   *
   * @param path below the tree that was asked for
   * @param mode the Git file mode, such as {@code 0100755}
   * @param type COMMIT for a submodule, whose object is not here
   */
  record TreeItem(String path, int mode, ObjectType type, String id) {}

  /** What an object is. */
  enum ObjectType {
    COMMIT,
    TREE,
    BLOB,
    TAG
  }
}
