package dev.gitvan.git.jgit.internal.read;

import dev.gitvan.git.Commit;
import dev.gitvan.git.History;
import dev.gitvan.git.HistoryQuery;
import dev.gitvan.git.jgit.internal.settings.GitFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevFlag;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * A walk that parses a commit when it is asked for. Where history is left out, its ids are gathered
 * first, as Git does: JGit gives commits before it knows that they are to be left out, when a way
 * to them is found late.
 */
final class CommitHistory implements History {
  private final Repository repository;
  private final ObjectReader reader;
  private final RevWalk walk;
  private final boolean ownCommits;
  private final boolean limited;
  private Iterator<RevCommit> gathered;
  private RevCommit next;
  private boolean ended;
  private boolean closed;

  /**
   * @param empty whether there is no commit to start at
   */
  CommitHistory(View view, HistoryQuery query, boolean empty) {
    this.repository = view.repository();
    var revisions = view.revisions();
    this.reader = view.commitReader();
    this.walk = new RevWalk(reader);
    this.ownCommits = query.ownCommits();
    this.limited = !query.exclude().isEmpty();
    this.ended = empty;
    repository.incrementOpen();
    try {
      if (!empty) {
        walk.setRetainBody(!limited);
        walk.markStart(walk.parseCommit(revisions.id(query.from())));
        for (var revision : query.exclude()) {
          walk.markUninteresting(walk.parseCommit(revisions.id(revision)));
        }
        if (!query.paths().isEmpty()) {
          var paths = query.paths().stream().map(CommitHistory::plain).toList();
          if (!paths.contains("")) {
            walk.setTreeFilter(
                AndTreeFilter.create(
                    PathFilterGroup.createFromStrings(paths), TreeFilter.ANY_DIFF));
          }
        }
      }
    } catch (IOException e) {
      close();
      throw GitFailure.of(e, query.from());
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** The walk that a query asks for. */
  static CommitHistory of(View view, HistoryQuery query) {
    boolean unborn =
        query.from().equals(Constants.HEAD) && new JGitRefs(view).find(Constants.HEAD).isEmpty();
    return new CommitHistory(view, query, unborn);
  }

  private static String plain(String path) {
    var plain = path.replaceFirst("^(\\./)+", "").replaceFirst("/+$", "");
    return plain.equals(".") ? "" : plain;
  }

  @Override
  public boolean hasNext() {
    while (next == null && !ended) {
      try {
        var commit = limited ? gathered() : walk.next();
        if (commit == null) {
          ended = true;
        } else if (ownCommits || !Commits.isOwn(commit)) {
          next = commit;
        } else {
          commit.disposeBody();
        }
      } catch (IOException e) {
        throw GitFailure.of(e, repository.getDirectory().toString());
      }
    }
    return next != null;
  }

  private RevCommit gathered() throws IOException {
    if (gathered == null) {
      var commits = new ArrayList<RevCommit>();
      for (RevCommit commit; (commit = walk.next()) != null; ) {
        commits.add(commit);
      }
      commits.removeIf(commit -> commit.has(RevFlag.UNINTERESTING));
      gathered = commits.iterator();
    }
    if (!gathered.hasNext()) {
      return null;
    }
    var commit = gathered.next();
    walk.parseBody(commit);
    return commit;
  }

  @Override
  public Commit next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    var commit = Commits.of(next);
    next.disposeBody();
    next = null;
    return commit;
  }

  /** The next commit's id. */
  String nextId() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    var id = next.name();
    next.disposeBody();
    next = null;
    return id;
  }

  @Override
  public void close() {
    ended = true;
    next = null;
    if (!closed) {
      closed = true;
      walk.close();
      reader.close();
      repository.close();
    }
  }
}
