package dev.gitvan.git.jgit.internal.read;

import dev.gitvan.git.jgit.internal.settings.Opened;
import dev.gitvan.git.jgit.internal.settings.Settings;
import dev.gitvan.git.jgit.internal.worktree.IndexEntry;
import dev.gitvan.git.jgit.internal.worktree.IndexFile;
import dev.gitvan.git.jgit.internal.worktree.WorktreeReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jgit.lib.FileMode;

/**
 * Compares the files of a worktree with its index. Other threads begin at once, and who has started
 * it helps when he has nothing else to do: each takes the next few entries until none are left.
 */
final class IndexComparison {
  /** So many files are worth a thread of their own. */
  private static final int PART = 250;

  private static final int MAX_PARTS = Math.min(4, Runtime.getRuntime().availableProcessors());

  /** So many entries are taken at once. */
  private static final int FEW = 50;

  private final Opened opened;
  private final Settings settings;
  private final IndexFile index;
  private final Submodules submodules;
  private final AtomicInteger next = new AtomicInteger();
  private final List<CompletableFuture<Found>> helpers = new ArrayList<>();

  /** Tracked paths whose files differ from the index, or are in conflict. */
  record Found(Collection<String> unstaged, Collection<String> conflicted) {
    private void addAll(Found other) {
      unstaged.addAll(other.unstaged);
      conflicted.addAll(other.conflicted);
    }
  }

  private IndexComparison(
      Opened opened, Settings settings, IndexFile index, Submodules submodules) {
    this.opened = opened;
    this.settings = settings;
    this.index = index;
    this.submodules = submodules;
  }

  /** Begins in the background, if there is enough to do. */
  static IndexComparison start(
      Opened opened, Settings settings, IndexFile index, Submodules submodules) {
    var comparison = new IndexComparison(opened, settings, index, submodules);
    int parts = Math.min(MAX_PARTS, index.entries().size() / PART);
    for (int part = 1; part < parts; part++) {
      comparison.helpers.add(
          CompletableFuture.supplyAsync(comparison::compare, opened.background()));
    }
    return comparison;
  }

  /** Helps, and returns what all have found, in no order. */
  Found finish() throws IOException {
    try {
      var found = compare();
      for (var helper : helpers) {
        found.addAll(helper.join());
      }
      return found;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException cause) {
        throw cause.getCause();
      }
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Leaves what has not been begun; harmless when all is done. */
  void stop() {
    next.set(index.entries().size());
  }

  private Found compare() {
    var found = new Found(new ArrayList<>(), new ArrayList<>());
    var entries = index.entries();
    try (var reader = opened.repository().newObjectReader()) {
      var files = new WorktreeReader(opened.worktree(), settings, index, reader, opened.verified());
      for (int from; (from = next.getAndAdd(FEW)) < entries.size(); ) {
        for (var entry : entries.subList(from, Math.min(from + FEW, entries.size()))) {
          compare(entry, files, found);
        }
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void compare(IndexEntry entry, WorktreeReader files, Found found) throws IOException {
    if (entry.stage() != 0) {
      found.conflicted().add(entry.path());
    } else if (!entry.isAssumedUnchanged()
        && !entry.isSkipWorktree()
        && !isUnchanged(entry, files)) {
      found.unstaged().add(entry.path());
    }
  }

  private boolean isUnchanged(IndexEntry entry, WorktreeReader files) throws IOException {
    boolean gone = files.isBeyondLink(entry.path());
    return FileMode.GITLINK.equals(entry.mode())
        ? submodules.isUnchanged(entry, gone)
        : !gone && files.isUnchanged(entry);
  }
}
