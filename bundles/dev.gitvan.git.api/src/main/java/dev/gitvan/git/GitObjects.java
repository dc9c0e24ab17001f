package dev.gitvan.git;

import dev.gitvan.repository.RepositoryId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * GitVan's own objects and refs in a repository, outside of any run's transaction: for caches, not
 * for results. Safe for any thread.
 */
@ProviderType
public interface GitObjects {
  /** Prefix of the refs that can be moved here. */
  String OWN_REFS = "refs/gitvan/";

  /** The object that a ref points to; empty if there is no such ref. */
  Optional<String> ref(RepositoryId repository, String name) throws IOException;

  /**
   * The refs below a prefix, with the objects that they point to.
   *
   * @param prefix ends with a slash
   */
  Map<String, String> refs(RepositoryId repository, String prefix) throws IOException;

  /**
   * Moves a ref from one object to another, if it still points to the first. Writes no reflog.
   *
   * @param name below {@link #OWN_REFS}
   * @param expected the expected object; null: the ref must not exist
   * @return false if it points to another object, or another process is moving it
   * @throws IllegalArgumentException for any other ref
   */
  boolean moveRef(RepositoryId repository, String name, String expected, String next)
      throws IOException;

  /**
   * Reads the content of a blob and verifies its id.
   *
   * @return empty if there is no object with this id
   * @throws DamagedObjectException if the content does not match the id
   */
  Optional<byte[]> blob(RepositoryId repository, String id) throws IOException;

  /**
   * Reads the entries of a tree and verifies its id.
   *
   * @return empty if there is no object with this id
   * @throws DamagedObjectException if the content does not match the id
   */
  Optional<List<TreeEntry>> tree(RepositoryId repository, String id) throws IOException;

  /**
   * Writes a blob.
   *
   * @param again whether to replace an existing, damaged object
   * @return its id
   */
  String writeBlob(RepositoryId repository, byte[] content, boolean again) throws IOException;

  /**
   * Writes a tree.
   *
   * @param entries in any order
   * @return its id
   */
  String writeTree(RepositoryId repository, List<TreeEntry> entries) throws IOException;

  /**
   * The values of a setting in the user's and the system's Git configuration, never in a
   * repository's.
   *
   * @param key such as {@code gitvan.trustCache}
   */
  List<String> userSetting(String key);

  /**
   * An entry of a tree.
   *
   * @param tree whether it is a tree; else it is a blob
   */
  record TreeEntry(String name, boolean tree, String id) {}
}
