package dev.gitvan.git;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Raw objects, with operations that write them. Unreachable objects have no effect and are pruned
 * by Git in time, so writing them is neither staged nor immediate. In a dry run nothing is written.
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
   * @throws IllegalArgumentException for a name with {@code /} and for duplicate names
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
