package dev.gitvan.git.jgit.internal.write;

import dev.gitvan.git.jgit.internal.worktree.FileChange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;

/**
 * A commit that a run has staged: what it needs to be made again on another parent.
 *
 * @param id the commit as staged
 * @param runId the run that made it
 * @param message with its trailers
 * @param names the named paths, plain
 * @param changes the files below them, by path
 */
record StagedCommit(
    ObjectId id,
    String runId,
    String message,
    PersonIdent author,
    PersonIdent committer,
    List<String> names,
    Map<String, FileChange> changes) {
  /** The files as tree entries. */
  Map<String, TreeEdit.Leaf> leaves() {
    var leaves = new HashMap<String, TreeEdit.Leaf>();
    changes.forEach(
        (path, change) ->
            leaves.put(
                path,
                change
                    .blob()
                    .map(blob -> new TreeEdit.Leaf(blob.mode(), blob.id()))
                    .orElse(TreeEdit.Leaf.GONE)));
    return leaves;
  }
}
