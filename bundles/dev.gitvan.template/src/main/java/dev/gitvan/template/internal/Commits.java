package dev.gitvan.template.internal;

import dev.gitvan.git.Commit;
import dev.gitvan.git.History;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The commits from HEAD, newest first. Not a list: reading the first fifty reads only fifty.
 * Nothing is kept, so a long history needs no memory, and each iteration walks again.
 */
final class Commits implements Iterable<Map<String, Object>> {
  private final GitValues values;

  Commits(GitValues values) {
    this.values = values;
  }

  @Override
  public Iterator<Map<String, Object>> iterator() {
    var history = values.history();
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
      return map(history.next());
    }

    @Override
    public void close() {
      if (history != null) {
        values.close(history);
        history = null;
      }
    }

    private Map<String, Object> map(Commit commit) {
      var map = new LinkedHashMap<String, Supplier<Object>>(16);
      map.put("hash", commit::id);
      map.put("shortHash", () -> values.shortened(commit.id()));
      map.put("author", commit::author);
      map.put("email", commit::email);
      map.put("date", () -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(commit.date()));
      map.put("subject", commit::subject);
      map.put("body", commit::body);
      return new LazyMap(map, Set.of());
    }
  }
}
