package dev.gitvan.git;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Objects, and writing them. An object that no ref leads to is nobody's business, and collected by
 * Git in time: what is written here is neither staged nor immediate, and stays unwritten in a dry
 * run.
 */
@ProviderType
public interface RunPlumbing extends Plumbing {
  /**
   * Writes a blob.
   *
   * @return its id
   */
  String writeBlob(byte[] content);

  /**
   * Writes a tree of one level.
   *
   * @param items with plain names, in any order
   * @return its id
   * @throws IllegalArgumentException for a name with {@code /} and for names that are there twice
   */
  String writeTree(List<TreeItem> items);

  /**
   * Writes the index as a tree, by {@code git write-tree}.
   *
   * @return its id
   * @throws dev.gitvan.diagnostics.GitVanException {@code REPO_IN_PROGRESS} for a conflict, {@code
   *     REPO_BARE}; {@code DRY_RUN}
   */
  String writeIndex();
}
