package dev.gitvan.git.jgit.internal.read;

import dev.gitvan.git.Commit;
import dev.gitvan.git.History;
import dev.gitvan.git.jgit.internal.settings.GitFailure;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** Commits whose ids are known, each read when it is asked for. */
final class ListedHistory implements History {
  /** A walk remembers every commit that it has read. */
  private static final int COMMITS_PER_WALK = 1000;

  private final View view;
  private final Iterator<ObjectId> ids;
  private final boolean ownCommits;
  private final ObjectReader reader;
  private RevWalk walk;
  private int walked;
  private RevCommit next;
  private boolean closed;

  ListedHistory(View view, List<ObjectId> ids, boolean ownCommits) {
    this.view = view;
    this.ids = ids.iterator();
    this.ownCommits = ownCommits;
    view.repository().incrementOpen();
    this.reader = view.commitReader();
  }

  @Override
  public boolean hasNext() {
    while (next == null && !closed && ids.hasNext()) {
      var commit = read(ids.next());
      if (ownCommits || !Commits.isOwn(commit)) {
        next = commit;
      }
    }
    return next != null;
  }

  private RevCommit read(ObjectId id) {
    if (walked++ % COMMITS_PER_WALK == 0) {
      walk = new RevWalk(reader);
    }
    try {
      return walk.parseCommit(id);
    } catch (IOException e) {
      throw GitFailure.of(e, id.name());
    }
  }

  @Override
  public Commit next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    var commit = Commits.of(next);
    next = null;
    return commit;
  }

  @Override
  public void close() {
    next = null;
    if (!closed) {
      closed = true;
      reader.close();
      view.repository().close();
    }
  }
}
