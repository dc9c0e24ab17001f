package dev.gitvan.git.jgit.internal.read;

import dev.gitvan.git.Status;
import dev.gitvan.git.jgit.internal.settings.Opened;
import dev.gitvan.git.jgit.internal.worktree.Ignores;
import dev.gitvan.git.jgit.internal.worktree.IndexEntry;
import dev.gitvan.git.jgit.internal.worktree.IndexFile;
import dev.gitvan.git.jgit.internal.worktree.Untracked;
import dev.gitvan.git.jgit.internal.worktree.WorktreeReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * {@code git status --porcelain -uall --ignore-submodules=dirty}, without running a filter, hook or
 * monitor and without writing the index. A file with a clean filter whose stat data changed counts
 * as changed.
 */
final class StatusWalk {
  /** So many files are worth a thread of their own. */
  private static final int PART = 250;

  private static final int MAX_PARTS = Math.min(4, Runtime.getRuntime().availableProcessors());

  private final Opened opened;
  private final SortedSet<String> staged = new TreeSet<>();
  private final SortedSet<String> unstaged = new TreeSet<>();
  private final SortedSet<String> untracked = new TreeSet<>();
  private final SortedSet<String> conflicted = new TreeSet<>();

  StatusWalk(Opened opened) {
    this.opened = opened;
  }

  /**
   * @param head HEAD's commit, or null when there is none
   */
  Status read(ObjectId head) throws IOException {
    var worktree = opened.worktree();
    var settings = opened.settings();
    var index = IndexFile.read(worktree.gitDir().resolve("index"));
    var entries = index.entries();
    int parts = Math.max(1, Math.min(MAX_PARTS, entries.size() / PART));
    var compared = new ArrayList<CompletableFuture<Compared>>();
    for (int part = 0; part < parts; part++) {
      var some =
          entries.subList(entries.size() * part / parts, entries.size() * (part + 1) / parts);
      compared.add(
          CompletableFuture.supplyAsync(() -> compareFiles(some, index), opened.background()));
    }
    try (var reader = opened.repository().newObjectReader()) {
      compareHead(head, index, reader);
    }
    var untrackedFiles = new Untracked(worktree, index, new Ignores(worktree, settings), true);
    untrackedFiles.visit("", untracked::add);
    for (var each : compared) {
      var part = joined(each);
      unstaged.addAll(part.unstaged());
      conflicted.addAll(part.conflicted());
    }
    for (var path : unstaged) {
      untrackedFiles.look(path, untracked::add);
    }
    return new Status(staged, unstaged, untracked, conflicted);
  }

  /** Tracked paths whose files differ from the index, or are in conflict. */
  private record Compared(List<String> unstaged, List<String> conflicted) {}

  private static Compared joined(CompletableFuture<Compared> future) throws IOException {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException cause) {
        throw cause.getCause();
      }
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private Compared compareFiles(List<IndexEntry> entries, IndexFile index) {
    var compared = new Compared(new ArrayList<>(), new ArrayList<>());
    try (var reader = opened.repository().newObjectReader()) {
      var files = new WorktreeReader(opened.worktree(), opened.settings(), index, reader);
      for (var entry : entries) {
        if (entry.stage() != 0) {
          compared.conflicted().add(entry.path());
        } else if (!entry.isAssumedUnchanged()
            && !entry.isSkipWorktree()
            && !FileMode.GITLINK.equals(entry.mode())
            && !files.isUnchanged(entry)) {
          compared.unstaged().add(entry.path());
        }
      }
      return compared;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void compareHead(ObjectId head, IndexFile index, ObjectReader reader) throws IOException {
    var entries = index.entries().iterator();
    var entry = next(entries);
    if (head != null) {
      try (var walk = new TreeWalk(reader);
          var commits = new RevWalk(reader)) {
        walk.addTree(commits.parseCommit(head).getTree());
        walk.setRecursive(true);
        while (walk.next()) {
          var path = walk.getPathString();
          while (entry != null && compare(entry, walk) < 0) {
            added(entry);
            entry = next(entries);
          }
          if (entry == null || compare(entry, walk) > 0) {
            staged.add(path);
            continue;
          }
          if (entry.stage() != 0) {
            entry = skip(entry, entries);
            continue;
          }
          if (entry.mode() != walk.getRawMode(0) || !entry.id().equals(walk.getObjectId(0))) {
            staged.add(path);
          }
          entry = next(entries);
        }
      }
    }
    while (entry != null) {
      added(entry);
      entry = next(entries);
    }
  }

  private void added(IndexEntry entry) {
    if (entry.stage() == 0 && !entry.isIntentToAdd()) {
      staged.add(entry.path());
    }
  }

  /** Past all stages of a conflict. */
  private static IndexEntry skip(IndexEntry conflict, java.util.Iterator<IndexEntry> entries) {
    var entry = next(entries);
    while (entry != null && entry.path().equals(conflict.path())) {
      entry = next(entries);
    }
    return entry;
  }

  private static IndexEntry next(java.util.Iterator<IndexEntry> entries) {
    return entries.hasNext() ? entries.next() : null;
  }

  /** Index entries and a recursive tree walk are both in the order of their bytes. */
  private static int compare(IndexEntry entry, TreeWalk walk) {
    return entry.comparePath(walk.getRawPath());
  }
}
