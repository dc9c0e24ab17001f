package dev.gitvan.template.internal;

import dev.gitvan.git.History;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Supplier;

/**
 * Commits, newest first. Not a list: reading the first fifty reads only fifty. Nothing is kept, so
 * a long history needs no memory, and each iteration walks again.
 */
final class Commits implements Iterable<Map<String, Object>> {
  private final GitValues values;
  private final Supplier<History> histories;

  /**
   * @param histories opens an iteration, which the values close; null when there is no commit
   */
  Commits(GitValues values, Supplier<History> histories) {
    this.values = values;
    this.histories = histories;
  }

  @Override
  public Iterator<Map<String, Object>> iterator() {
    var history = histories.get();
    return history == null ? Collections.emptyIterator() : new Walk(values, history);
  }

  /** What a template that prints it shows, without reading anything. */
  @Override
  public String toString() {
    return "commits";
  }

  /** An iteration. A caller that leaves it early may close it; else the data does. */
  private static final class Walk implements Iterator<Map<String, Object>>, AutoCloseable {
    private final GitValues values;
    private History history;

    Walk(GitValues values, History history) {
      this.values = values;
      this.history = history;
    }

    @Override
    public boolean hasNext() {
      if (history != null && !history.hasNext()) {
        close();
      }
      return history != null;
    }

    @Override
    public Map<String, Object> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return new CommitValues(history.next(), values);
    }

    @Override
    public void close() {
      if (history != null) {
        values.close(history);
        history = null;
      }
    }
  }
}
