package dev.gitvan.git.jgit.internal.read;

import dev.gitvan.git.Status;
import dev.gitvan.git.jgit.internal.settings.Opened;
import dev.gitvan.git.jgit.internal.settings.Settings;
import dev.gitvan.git.jgit.internal.text.GitText;
import dev.gitvan.git.jgit.internal.worktree.Ignores;
import dev.gitvan.git.jgit.internal.worktree.IndexEntry;
import dev.gitvan.git.jgit.internal.worktree.IndexFile;
import dev.gitvan.git.jgit.internal.worktree.Untracked;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * {@code git status --porcelain}, without running a filter, hook or monitor and without writing the
 * index. Untracked files are found as with {@code -uall}; a submodule is compared as with {@code
 * -uno}: one in which only untracked files are new is unchanged. A file with a clean filter whose
 * stat data changed counts as changed.
 */
final class StatusWalk {
  /** Values of {@code status.showUntrackedFiles}; all but the first since Git 2.44. */
  private static final Set<String> NOT_SHOWN = Set.of("no", "false", "off", "0");

  private final Opened opened;
  private final boolean countsUntracked;
  private final Set<Path> enclosing;
  private final SortedSet<String> staged = new TreeSet<>();
  private final SortedSet<String> unstaged = new TreeSet<>();
  private final SortedSet<String> untracked = new TreeSet<>();
  private final SortedSet<String> conflicted = new TreeSet<>();

  StatusWalk(Opened opened) {
    this(opened, false, Set.of());
  }

  /**
   * @param countsUntracked whether untracked files are changes of a submodule
   * @param enclosing Git directories of the repositories that this one is a submodule of
   */
  StatusWalk(Opened opened, boolean countsUntracked, Set<Path> enclosing) {
    this.opened = opened;
    this.countsUntracked = countsUntracked;
    this.enclosing = enclosing;
  }

  /**
   * @param head HEAD's commit, or null when there is none
   */
  Status read(ObjectId head) throws IOException {
    walk(head, opened.settings(), countsUntracked, true);
    return new Status(staged, unstaged, untracked, conflicted);
  }

  /**
   * Whether this is a submodule without changes.
   *
   * @param head HEAD's commit, or null when there is none
   */
  boolean isUnchanged(ObjectId head) throws IOException {
    var settings = opened.settings();
    boolean counts = countsUntracked && showsUntracked(settings);
    walk(head, settings, counts, counts);
    return staged.isEmpty() && unstaged.isEmpty() && untracked.isEmpty() && conflicted.isEmpty();
  }

  private static boolean showsUntracked(Settings settings) {
    var shown = settings.all().getString("status", null, "showuntrackedfiles");
    return shown == null || !NOT_SHOWN.contains(shown.toLowerCase(Locale.ROOT));
  }

  private void walk(ObjectId head, Settings settings, boolean counts, boolean visits)
      throws IOException {
    var worktree = opened.worktree();
    var index = IndexFile.read(worktree.index());
    var submodules = new Submodules(opened, settings, index, counts, enclosing);
    var comparison = IndexComparison.start(opened, settings, index, submodules);
    try {
      try (var reader = opened.repository().newObjectReader()) {
        compareHead(head, index, reader);
      }
      var untrackedFiles = new Untracked(worktree, index, new Ignores(worktree, settings), true);
      if (visits) {
        untrackedFiles.visit("", untracked::add);
      }
      var found = comparison.finish();
      unstaged.addAll(found.unstaged());
      conflicted.addAll(found.conflicted());
      if (visits) {
        unstaged.forEach(path -> untrackedFiles.look(path, untracked::add));
      }
    } finally {
      comparison.stop();
    }
  }

  private void compareHead(ObjectId head, IndexFile index, ObjectReader reader) throws IOException {
    var entries = index.entries().iterator();
    var entry = next(entries);
    if (head != null) {
      try (var walk = new TreeWalk(reader);
          var commits = new RevWalk(reader)) {
        var root = commits.parseCommit(head).getTree();
        var trees = index.trees();
        if (root.equals(trees.get(""))) {
          return;
        }
        walk.addTree(root);
        while (walk.next()) {
          if (!walk.isSubtree()) {
            entry = compare(walk, entry, entries);
          } else if (walk.getObjectId(0).equals(trees.get(GitText.name(walk.getRawPath())))) {
            entry = pass(walk.getRawPath(), entry, entries);
          } else {
            walk.enterSubtree();
          }
        }
      }
    }
    while (entry != null) {
      added(entry);
      entry = next(entries);
    }
  }

  /**
   * Past a file of HEAD. Index entries and the files of a tree walk are both in the order of their
   * bytes.
   */
  private IndexEntry compare(TreeWalk walk, IndexEntry first, Iterator<IndexEntry> entries) {
    var entry = addedBefore(walk.getRawPath(), first, entries);
    if (entry == null || entry.comparePath(walk.getRawPath()) > 0) {
      staged.add(GitText.name(walk.getRawPath()));
      return entry;
    }
    if (entry.stage() != 0) {
      return skip(entry, entries);
    }
    if (entry.mode() != walk.getRawMode(0) || !entry.id().equals(walk.getObjectId(0))) {
      staged.add(GitText.name(walk.getRawPath()));
    }
    return next(entries);
  }

  /** Past a folder of HEAD that is the same in the index. */
  private IndexEntry pass(byte[] path, IndexEntry first, Iterator<IndexEntry> entries) {
    var folder = Arrays.copyOf(path, path.length + 1);
    folder[path.length] = '/';
    var entry = addedBefore(folder, first, entries);
    while (entry != null && entry.isBelow(folder)) {
      entry = next(entries);
    }
    return entry;
  }

  /** The first entry that is not before a path; HEAD has not those that are. */
  private IndexEntry addedBefore(byte[] path, IndexEntry first, Iterator<IndexEntry> entries) {
    var entry = first;
    while (entry != null && entry.comparePath(path) < 0) {
      added(entry);
      entry = next(entries);
    }
    return entry;
  }

  private void added(IndexEntry entry) {
    if (entry.stage() == 0 && !entry.isIntentToAdd()) {
      staged.add(entry.path());
    }
  }

  /** Past all stages of a conflict. */
  private static IndexEntry skip(IndexEntry conflict, Iterator<IndexEntry> entries) {
    var entry = next(entries);
    while (entry != null && entry.path().equals(conflict.path())) {
      entry = next(entries);
    }
    return entry;
  }

  private static IndexEntry next(Iterator<IndexEntry> entries) {
    return entries.hasNext() ? entries.next() : null;
  }
}
