package dev.gitvan.template.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.Git;
import dev.gitvan.git.GitRepository;
import dev.gitvan.git.History;
import dev.gitvan.git.HistoryQuery;
import dev.gitvan.repository.WorktreeId;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What templates see of a repository. The repository is opened by the first question, each value is
 * read once, and the history begins at the HEAD that was read. Safe for any thread.
 */
final class GitValues {
  private final Git git;
  private final WorktreeId worktree;
  private final boolean ownCommits;
  private final Set<History> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Supplier<Object> head;
  private GitRepository repository;
  private boolean closed;

  GitValues(Git git, WorktreeId worktree, boolean ownCommits) {
    this.git = git;
    this.worktree = worktree;
    this.ownCommits = ownCommits;
    this.head = once(() -> repository().head().orElse(""));
  }

  /** The values by name; what there is not is an empty text. */
  Map<String, Supplier<Object>> suppliers() {
    var values = new LinkedHashMap<String, Supplier<Object>>();
    values.put("head", head);
    values.put("shortHead", once(() -> shortened((String) head.get())));
    values.put("branch", once(() -> repository().branch().map(GitValues::branch).orElse("")));
    values.put("tag", once(() -> repository().nearestTag().orElse("")));
    values.put("isClean", once(() -> repository().status().isClean()));
    values.put("root", () -> worktree.root().map(Object::toString).orElse(""));
    values.put("commits", once(() -> new Commits(this)));
    return Collections.unmodifiableMap(values);
  }

  /** A walk from HEAD, newest first; null when there is no commit yet. */
  History history() {
    var from = (String) head.get();
    if (from.isEmpty()) {
      return null;
    }
    var history = repository().history(HistoryQuery.of(from).ownCommits(ownCommits));
    synchronized (this) {
      if (!closed) {
        open.add(history);
        return history;
      }
    }
    history.close();
    throw closed();
  }

  void close(History history) {
    synchronized (this) {
      open.remove(history);
    }
    history.close();
  }

  synchronized void close() {
    closed = true;
    open.forEach(History::close);
    open.clear();
    if (repository != null) {
      repository.close();
    }
  }

  private synchronized GitRepository repository() {
    if (closed) {
      throw closed();
    }
    if (repository == null) {
      if (git == null) {
        throw GitVanException.of(
            Codes.NO_TRANSACTION,
            "git",
            "no installed bundle reads Git repositories",
            "See gitvan diag.");
      }
      repository = git.open(worktree);
    }
    return repository;
  }

  private static IllegalStateException closed() {
    return new IllegalStateException("the template data is closed");
  }

  /** An object's id as {@code %h} shows it; an empty one stays. */
  String shortened(String id) {
    return id.isEmpty() ? id : repository().commits().abbreviate(id);
  }

  private static String branch(String ref) {
    return ref.startsWith("refs/heads/") ? ref.substring("refs/heads/".length()) : ref;
  }

  private static Supplier<Object> once(Supplier<Object> supplier) {
    return new Supplier<>() {
      private Object value;

      @Override
      public synchronized Object get() {
        if (value == null) {
          value = supplier.get();
        }
        return value;
      }
    };
  }
}
