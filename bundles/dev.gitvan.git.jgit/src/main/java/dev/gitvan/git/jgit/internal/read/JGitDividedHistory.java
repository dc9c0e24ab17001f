package dev.gitvan.git.jgit.internal.read;

import dev.gitvan.git.DividedHistory;
import dev.gitvan.git.History;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;

/** The ids of a history, by parts. Messages are read when somebody asks for them. */
final class JGitDividedHistory implements DividedHistory {
  private final View view;
  private final List<List<ObjectId>> parts;
  private final BitSet contained;

  private JGitDividedHistory(View view, List<List<ObjectId>> parts, BitSet contained) {
    this.view = view;
    this.parts = parts;
    this.contained = contained;
  }

  /**
   * Walks the history, children before their parents: when a commit is reached, every way to it is
   * known, and with them the first end that contains it.
   */
  static JGitDividedHistory of(View view, String revision, List<String> ends) throws IOException {
    try (var walk = new PartWalk(view, ends.size())) {
      var start = walk.parseCommit(view.revisions().id(revision));
      var commits = new ArrayList<PartCommit>(ends.size());
      for (var end : ends) {
        commits.add(walk.end(ObjectId.fromString(end), commits.size()));
      }
      walk.markStart(start);
      var parts = new ArrayList<List<ObjectId>>();
      for (int i = 0; i <= ends.size(); i++) {
        parts.add(new ArrayList<>());
      }
      for (PartCommit commit; (commit = (PartCommit) walk.next()) != null; ) {
        commit.reached = true;
        parts.get(commit.part).add(commit.copy());
        for (var parent : commit.getParents()) {
          ((PartCommit) parent).isIn(commit.part);
        }
      }
      var contained = new BitSet();
      for (int i = 0; i < ends.size(); i++) {
        contained.set(i, commits.get(i) != null && commits.get(i).reached);
      }
      return new JGitDividedHistory(view, parts, contained);
    }
  }

  @Override
  public boolean contains(int end) {
    return contained.get(end);
  }

  @Override
  public History commits(int part, boolean ownCommits) {
    return new ListedHistory(view, parts.get(part), ownCommits);
  }

  /** A commit and the part that it is in as far as is known. */
  private static final class PartCommit extends RevCommit {
    private int part;
    private boolean reached;

    PartCommit(AnyObjectId id, int part) {
      super(id);
      this.part = part;
    }

    void isIn(int other) {
      part = Math.min(part, other);
    }
  }

  private static final class PartWalk extends RevWalk {
    private final int rest;

    PartWalk(View view, int rest) {
      super(view.repository());
      this.rest = rest;
      setRetainBody(false);
      sort(RevSort.TOPO);
      sort(RevSort.COMMIT_TIME_DESC, true);
    }

    @Override
    protected RevCommit createCommit(AnyObjectId id) {
      return new PartCommit(id, rest);
    }

    /** The commit that an end is; null if it is another object or, in a partial clone, missing. */
    PartCommit end(ObjectId id, int index) throws IOException {
      try {
        if (peel(parseAny(id)) instanceof PartCommit commit) {
          commit.isIn(index);
          return commit;
        }
        return null;
      } catch (MissingObjectException e) {
        return null;
      }
    }
  }
}
