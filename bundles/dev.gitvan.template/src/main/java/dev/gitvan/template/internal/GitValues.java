package dev.gitvan.template.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.CommitGraph.Trailer;
import dev.gitvan.git.DividedHistory;
import dev.gitvan.git.Git;
import dev.gitvan.git.GitRepository;
import dev.gitvan.git.History;
import dev.gitvan.git.HistoryQuery;
import dev.gitvan.git.Tags.Tag;
import dev.gitvan.repository.WorktreeId;
import dev.gitvan.template.internal.history.WebPages;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
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
  private final Supplier<Object> pages;
  private GitRepository repository;
  private boolean closed;

  GitValues(Git git, WorktreeId worktree, boolean ownCommits) {
    this.git = git;
    this.worktree = worktree;
    this.ownCommits = ownCommits;
    this.head = once(() -> repository().head().orElse(""));
    this.pages = once(this::readPages);
  }

  /** The values by name; what there is not is an empty text. */
  Map<String, Supplier<Object>> suppliers() {
    var values = new LinkedHashMap<String, Supplier<Object>>();
    values.put("head", head);
    values.put("shortHead", once(() -> shortened(head())));
    values.put("branch", once(() -> repository().branch().map(GitValues::branch).orElse("")));
    values.put("tag", once(() -> repository().nearestTag().orElse("")));
    values.put("isClean", once(() -> repository().status().isClean()));
    values.put("root", () -> worktree.root().map(Object::toString).orElse(""));
    values.put("url", once(() -> pages().root()));
    values.put("commits", once(() -> new Commits(this, this::history)));
    values.put("releases", once(() -> new Releases(this, "")));
    values.put("releasesOf", once(() -> new ReleasesByPrefix(this)));
    return Collections.unmodifiableMap(values);
  }

  /** HEAD's commit; empty when there is none yet. */
  String head() {
    return (String) head.get();
  }

  /** The pages of the remote that {@code git fetch} would use. */
  WebPages pages() {
    return (WebPages) pages.get();
  }

  private WebPages readPages() {
    return repository()
        .remotes()
        .standard()
        .flatMap(remote -> remote.fetchUrls().stream().findFirst())
        .map(WebPages::of)
        .orElse(WebPages.NONE);
  }

  List<Tag> tags() {
    return repository().tags().all();
  }

  /** When a tag was made; a lightweight one is as old as its commit. */
  String date(Tag tag) {
    var date =
        tag.isAnnotated()
            ? tag.annotation().date()
            : repository().commits().find(tag.target()).committed();
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(date);
  }

  List<Trailer> trailers(String commit) {
    return repository().commits().find(commit).trailers();
  }

  /** Whether HEAD, which there is, is a commit or has it as an ancestor. */
  boolean headContains(String commit) {
    return repository().commits().isAncestor(commit, head());
  }

  /** See {@link dev.gitvan.git.CommitGraph#divide}; there is a HEAD. */
  DividedHistory divide(List<String> ends) {
    return repository().commits().divide(head(), ends);
  }

  /** The commits of a part. */
  History commits(DividedHistory divided, int part) {
    return opened(divided.commits(part, ownCommits));
  }

  /** A walk from HEAD, newest first; null when there is no commit yet. */
  private History history() {
    return head().isEmpty()
        ? null
        : opened(repository().history(HistoryQuery.of(head()).ownCommits(ownCommits)));
  }

  private History opened(History history) {
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

  /** A supplier that remembers what it supplied. */
  static Supplier<Object> once(Supplier<Object> supplier) {
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
