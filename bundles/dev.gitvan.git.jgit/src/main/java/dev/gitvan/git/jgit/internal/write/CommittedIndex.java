package dev.gitvan.git.jgit.internal.write;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.GitRepository.State;
import dev.gitvan.git.jgit.internal.read.Progress;
import dev.gitvan.git.jgit.internal.refs.RefFiles;
import dev.gitvan.git.jgit.internal.refs.RefTransaction;
import dev.gitvan.git.jgit.internal.worktree.FileChange;
import dev.gitvan.git.jgit.internal.worktree.FileStat;
import dev.gitvan.git.jgit.internal.worktree.IndexEdit;
import dev.gitvan.git.jgit.internal.worktree.IndexFile;
import dev.gitvan.git.jgit.internal.worktree.WorktreeReader;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a commit does to the user's index: the committed paths become what was committed, as with
 * {@code git commit --only}; every other entry stays. A path whose entry changed since it was read
 * (the user has staged something there meanwhile) stays too, and so stays staged.
 */
final class CommittedIndex {
  private final Request request;
  private final RefFiles refs;
  private final WorktreeId worktree;
  private FileTime racy;
  private boolean refused;

  CommittedIndex(Request request, RefFiles refs) {
    this.request = request;
    this.refs = refs;
    this.worktree = request.opened.worktree();
  }

  Path file() {
    return worktree.gitDir().resolve("index");
  }

  /** Whether {@link #edit} has found that the commits must not be applied. */
  boolean refused() {
    return refused;
  }

  /**
   * The new index, or null when it stays as it is. Called under the index's lock.
   *
   * @throws GitVanException {@code HEAD_MOVED}, {@code REPO_IN_PROGRESS}
   */
  RefTransaction.NewIndex edit() throws IOException {
    try {
      // Under the index's lock nobody can check out another branch, or begin a merge.
      requireHead(request.base.branch(), refs.head());
      requireNormal(worktree);
      var index = IndexFile.read(file());
      var edit = new IndexEdit(index);
      for (var change : changes().values()) {
        apply(change, index, edit);
      }
      if (edit.isEmpty()) {
        return null;
      }
      try (var reader = request.opened.repository().newObjectReader()) {
        var files = new WorktreeReader(worktree, request.settings, index, reader);
        return new RefTransaction.NewIndex(edit.toBytes(files::isChangedUnseen), racy);
      }
    } catch (GitVanException e) {
      refused = true;
      throw e;
    }
  }

  /** The last change of each path, with the index entry that the first one saw. */
  private Map<String, FileChange> changes() {
    var changes = new LinkedHashMap<String, FileChange>();
    for (var commit : request.commits) {
      commit
          .changes()
          .forEach(
              (path, change) ->
                  changes.merge(
                      path,
                      change,
                      (first, next) ->
                          new FileChange(path, next.blob(), first.indexMode(), first.indexId())));
    }
    return changes;
  }

  private void apply(FileChange change, IndexFile index, IndexEdit edit) throws IOException {
    var path = change.path();
    var entry = index.find(path);
    boolean conflict = entry.isEmpty() && index.contains(path);
    if (conflict || !change.sawEntry(entry) && !change.isIn(entry)) {
      return;
    }
    if (change.blob().isEmpty()) {
      if (entry.isPresent()) {
        edit.remove(path);
      }
      return;
    }
    var blob = change.blob().get();
    if (entry.isPresent() && change.isIn(entry) && entry.get().hasStat(blob.stat())) {
      return;
    }
    edit.put(path, blob.mode(), blob.id(), stat(path, blob, index));
  }

  /**
   * The stat data for an entry. A file that was written again within the clock's tick in which it
   * was read has the same ones, and Git would believe them: then its content decides. It may be
   * written again after that, too; so the index is made no younger than the file, so that readers
   * check the content.
   */
  private FileStat stat(String path, WorktreeReader.Blob blob, IndexFile index) throws IOException {
    if (!blob.racy()) {
      return blob.stat();
    }
    var modified = FileTime.from(blob.stat().modified(), TimeUnit.NANOSECONDS);
    if (racy == null || modified.compareTo(racy) < 0) {
      racy = modified;
    }
    try (var reader = request.opened.repository().newObjectReader()) {
      var again = new WorktreeReader(worktree, request.settings, index, reader).hash(path);
      return again
          .filter(file -> file.id().equals(blob.id()))
          .map(WorktreeReader.Blob::stat)
          .orElseGet(() -> blob.stat().smudged());
    }
  }

  /**
   * @throws GitVanException {@code HEAD_MOVED}
   */
  static void requireHead(String branch, RefFiles.Head head) {
    if (!branch.equals(head.branch())) {
      throw GitVanException.of(
          Codes.HEAD_MOVED,
          branch,
          head.branch() == null
              ? "HEAD was detached in the meantime"
              : "another branch was checked out in the meantime: " + head.branch(),
          "Run the job again.");
    }
    if (head.id() == null) {
      throw GitVanException.of(
          Codes.REPO_MOVED, branch, "the branch was deleted in the meantime", "Run the job again.");
    }
  }

  /**
   * @throws GitVanException {@code REPO_IN_PROGRESS}
   */
  static void requireNormal(WorktreeId worktree) {
    var state = Progress.of(worktree.gitDir());
    var what =
        switch (state) {
          case MERGING -> "merge";
          case REBASING -> "rebase";
          case CHERRY_PICKING -> "cherry-pick";
          case REVERTING -> "revert";
          case NORMAL, BISECTING -> null;
        };
    if (what != null && state != State.NORMAL) {
      throw GitVanException.of(
          Codes.REPO_IN_PROGRESS,
          worktree.toString(),
          "a " + what + " is in progress",
          "Finish it, or run `git " + what + " --abort`.");
    }
  }
}
