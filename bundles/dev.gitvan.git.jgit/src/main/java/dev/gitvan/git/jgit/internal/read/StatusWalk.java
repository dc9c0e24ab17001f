package dev.gitvan.git.jgit.internal.read;

import dev.gitvan.git.Status;
import dev.gitvan.git.jgit.internal.settings.Opened;
import dev.gitvan.git.jgit.internal.worktree.Ignores;
import dev.gitvan.git.jgit.internal.worktree.IndexEntry;
import dev.gitvan.git.jgit.internal.worktree.IndexFile;
import dev.gitvan.git.jgit.internal.worktree.Untracked;
import dev.gitvan.git.jgit.internal.worktree.WorktreeReader;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
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
  private final Opened opened;
  private final SortedSet<String> staged = new TreeSet<>();
  private final SortedSet<String> unstaged = new TreeSet<>();
  private final SortedSet<String> untracked = new TreeSet<>();
  private final Set<String> unchanged = new HashSet<>();
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
    try (var reader = opened.repository().newObjectReader()) {
      compareHead(head, index, reader);
      var files = new WorktreeReader(worktree, settings, index, reader);
      for (var entry : index.entries()) {
        compareFile(entry, files);
      }
    }
    new Untracked(worktree, index, new Ignores(worktree, settings), unchanged)
        .visit("", untracked::add);
    return new Status(staged, unstaged, untracked, conflicted);
  }

  private void compareFile(IndexEntry entry, WorktreeReader files) throws IOException {
    if (entry.stage() != 0) {
      conflicted.add(entry.path());
    } else if (!entry.isAssumedUnchanged()
        && !entry.isSkipWorktree()
        && !FileMode.GITLINK.equals(entry.mode())) {
      (files.isUnchanged(entry) ? unchanged : unstaged).add(entry.path());
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
