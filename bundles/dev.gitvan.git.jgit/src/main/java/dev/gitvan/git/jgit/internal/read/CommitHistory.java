package dev.gitvan.git.jgit.internal.read;

import dev.gitvan.git.Commit;
import dev.gitvan.git.History;
import dev.gitvan.git.HistoryQuery;
import dev.gitvan.git.jgit.internal.settings.GitFailure;
import java.io.IOException;
import java.util.NoSuchElementException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** A walk that parses a commit when it is asked for. */
final class CommitHistory implements History {
  private final Repository repository;
  private final RevWalk walk;
  private final boolean ownCommits;
  private RevCommit next;
  private boolean ended;
  private boolean closed;

  /**
   * @param empty whether there is no commit to start at
   */
  CommitHistory(Repository repository, Revisions revisions, HistoryQuery query, boolean empty) {
    this.repository = repository;
    this.walk = new RevWalk(repository);
    this.ownCommits = query.ownCommits();
    this.ended = empty;
    repository.incrementOpen();
    try {
      if (!empty) {
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

  private static String plain(String path) {
    var plain = path.replaceFirst("^(\\./)+", "").replaceFirst("/+$", "");
    return plain.equals(".") ? "" : plain;
  }

  @Override
  public boolean hasNext() {
    while (next == null && !ended) {
      try {
        var commit = walk.next();
        if (commit == null) {
          ended = true;
        } else if (ownCommits || Commits.runs(commit).isEmpty()) {
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

  @Override
  public void close() {
    ended = true;
    next = null;
    if (!closed) {
      closed = true;
      walk.close();
      repository.close();
    }
  }
}
