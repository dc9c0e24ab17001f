package dev.gitvan.git;

import dev.gitvan.repository.RepositoryId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Objects and refs that GitVan keeps for itself in a repository, outside of any run's transaction:
 * caches, not results. Safe for any thread.
 */
@ProviderType
public interface GitObjects {
  /** All refs that can be moved here begin so. */
  String OWN_REFS = "refs/gitvan/";

  /** The object that a ref names; empty when there is no such ref. */
  Optional<String> ref(RepositoryId repository, String name) throws IOException;

  /**
   * The refs below a prefix, with the objects that they name.
   *
   * @param prefix ends with a slash
   */
  Map<String, String> refs(RepositoryId repository, String prefix) throws IOException;

  /**
   * Moves a ref from one object to another, if it still names the first. There is no reflog.
   *
   * @param name below {@link #OWN_REFS}
   * @param expected null: there must be no such ref
   * @return false when it names another object, or somebody is moving it at this moment
   * @throws IllegalArgumentException for any other ref
   */
  boolean moveRef(RepositoryId repository, String name, String expected, String next)
      throws IOException;

  /**
   * A blob's content, compared with its id.
   *
   * @return empty when there is none of that id
   * @throws DamagedObjectException when the content is not the id's
   */
  Optional<byte[]> blob(RepositoryId repository, String id) throws IOException;

  /**
   * A tree's entries, compared with its id.
   *
   * @return empty when there is none of that id
   * @throws DamagedObjectException when the content is not the id's
   */
  Optional<List<TreeEntry>> tree(RepositoryId repository, String id) throws IOException;

  /**
   * Writes a blob.
   *
   * @param again although one of that id is there: it is damaged
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
