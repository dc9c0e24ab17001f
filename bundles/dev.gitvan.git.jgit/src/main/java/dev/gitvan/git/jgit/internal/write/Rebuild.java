package dev.gitvan.git.jgit.internal.write;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Makes staged commits again on a branch that has moved. */
final class Rebuild {
  private final ObjectReader reader;
  private final StagedObjects objects;
  private final CommitFactory factory;

  Rebuild(ObjectReader reader, StagedObjects objects, CommitFactory factory) {
    this.reader = reader;
    this.objects = objects;
    this.factory = factory;
  }

  /**
   * Puts commits on another tip.
   *
   * @return each commit's id there, in order; a commit that changes nothing there is its parent
   * @throws GitVanException {@code REPO_MOVED} when a named path differs between base and tip
   */
  Map<ObjectId, ObjectId> onto(List<StagedCommit> commits, ObjectId base, ObjectId tip)
      throws IOException {
    try (var walk = new RevWalk(reader)) {
      ObjectId before = walk.parseCommit(base).getTree();
      ObjectId now = walk.parseCommit(tip).getTree();
      for (var commit : commits) {
        for (var name : commit.names()) {
          if (!Objects.equals(entry(before, name), entry(now, name))) {
            throw GitVanException.of(
                Codes.REPO_MOVED,
                name.isEmpty() ? "." : name,
                "the branch has moved and this path has changed there",
                "Run the job again.");
          }
        }
      }
      var made = new HashMap<ObjectId, ObjectId>();
      var edit = new TreeEdit(reader, objects);
      var parent = tip;
      for (var commit : commits) {
        var tree = edit.apply(now, commit.leaves());
        if (!tree.equals(now)) {
          parent =
              factory.commit(tree, parent, commit.author(), commit.committer(), commit.message());
          now = tree;
        }
        made.put(commit.id(), parent);
      }
      return made;
    }
  }

  private TreeEdit.Leaf entry(ObjectId tree, String name) throws IOException {
    if (name.isEmpty()) {
      return new TreeEdit.Leaf(0, tree);
    }
    try (var walk = TreeWalk.forPath(reader, name, tree)) {
      return walk == null ? null : new TreeEdit.Leaf(walk.getRawMode(0), walk.getObjectId(0));
    }
  }
}
