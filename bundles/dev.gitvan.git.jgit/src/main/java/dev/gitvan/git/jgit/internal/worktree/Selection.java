package dev.gitvan.git.jgit.internal.worktree;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.jgit.internal.settings.Settings;
import dev.gitvan.job.Artifact;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilter;

/**
 * What {@code git add -A -- PATHS} and {@code git commit --only PATHS} take from the worktree: the
 * named files, and of named folders every tracked file and every one that is not ignored. A file
 * that is named itself is taken even when it is ignored. Sparse files ({@code skip-worktree}) stay
 * as they are; so do submodules below a named folder.
 */
public final class Selection {
  private final Path root;
  private final WorktreeId worktree;
  private final Settings settings;
  private final IndexFile index;
  private final ObjectReader objects;
  private final ObjectInserter inserter;
  private final WorktreeReader files;
  private final DraftFiles drafts;
  private final Map<Path, Boolean> folders = new HashMap<>();

  /**
   * @param drafts files as they would be, which count instead of the worktree's
   */
  public Selection(
      WorktreeId worktree,
      Settings settings,
      IndexFile index,
      ObjectReader objects,
      ObjectInserter inserter,
      Collection<Artifact> drafts) {
    this.root = worktree.workTree();
    this.worktree = worktree;
    this.settings = settings;
    this.index = index;
    this.objects = objects;
    this.inserter = inserter;
    this.drafts = new DraftFiles(drafts);
    this.files = new WorktreeReader(worktree, settings, index, objects);
  }

  /**
   * A job's paths, plain.
   *
   * @throws GitVanException {@code OUTPUT_FORBIDDEN_PATH}, {@code OUTPUT_SYMLINK}
   */
  public List<String> names(Collection<String> paths) {
    var names = new TreeSet<String>();
    for (var path : paths) {
      var plain = PathNames.plain(path);
      refuseLinks(plain);
      refuseSubmodules(plain);
      names.add(plain);
    }
    return List.copyOf(names);
  }

  /**
   * The files of plain paths as they are now, written as blobs.
   *
   * @param tree the tree that will be committed to; files of it that are gone are deleted
   * @throws GitVanException {@code FILTER_UNSUPPORTED}, {@code REPO_IN_PROGRESS} for a conflict
   */
  public Map<String, FileChange> read(Collection<String> names, ObjectId tree) throws IOException {
    var paths = new TreeSet<String>();
    for (var name : names) {
      candidates(name, tree, paths);
    }
    var changes = new HashMap<String, FileChange>();
    for (var path : paths) {
      var entry = index.find(path);
      if (entry.isEmpty() && index.contains(path)) {
        throw GitVanException.of(
            Codes.REPO_IN_PROGRESS,
            path,
            "the file has a merge conflict",
            "Resolve it and `git add` it, then run again.");
      }
      if (entry.isPresent()
          && (entry.get().isSkipWorktree() || FileMode.GITLINK.equals(entry.get().mode()))) {
        continue;
      }
      changes.put(
          path,
          new FileChange(
              path,
              content(path, entry, tree),
              entry.map(IndexEntry::mode).orElse(0),
              entry.map(IndexEntry::id).orElse(null)));
    }
    return changes;
  }

  private Optional<WorktreeReader.Blob> content(
      String path, Optional<IndexEntry> entry, ObjectId tree) throws IOException {
    if (drafts.has(path)) {
      return Optional.of(drafts.blob(path, tree, objects, inserter));
    }
    if (!isReached(path)) {
      return Optional.empty();
    }
    var clean = entry.isEmpty() ? Optional.<WorktreeReader.Blob>empty() : files.clean(entry.get());
    return clean.isPresent() ? clean : files.read(path, inserter);
  }

  private void candidates(String name, ObjectId tree, TreeSet<String> paths) throws IOException {
    index.under(name).forEach(entry -> paths.add(entry.path()));
    paths.addAll(drafts.under(name));
    try (var walk = new TreeWalk(objects)) {
      walk.addTree(tree);
      walk.setRecursive(true);
      if (!name.isEmpty()) {
        walk.setFilter(PathFilter.create(name));
      }
      while (walk.next()) {
        if (!FileMode.GITLINK.equals(walk.getRawMode(0))) {
          paths.add(walk.getPathString());
        }
      }
    }
    var file = root.resolve(name);
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      new Untracked(worktree, index, new Ignores(worktree, settings))
          .visit(
              name,
              path -> {
                if (!path.endsWith("/")) {
                  paths.add(path);
                }
              });
    } else if (!name.isEmpty()) {
      paths.add(name);
    }
  }

  /** Whether all folders above a path are folders, and no links. */
  private boolean isReached(String path) {
    for (var folder = root.resolve(path).getParent();
        folder != null && !folder.equals(root);
        folder = folder.getParent()) {
      if (!folders.computeIfAbsent(folder, f -> Files.isDirectory(f, LinkOption.NOFOLLOW_LINKS))) {
        return false;
      }
    }
    return true;
  }

  private void refuseLinks(String path) {
    for (var folder = root.resolve(path).getParent();
        folder != null && !path.isEmpty() && !folder.equals(root);
        folder = folder.getParent()) {
      if (Files.isSymbolicLink(folder)) {
        throw GitVanException.of(
            Codes.OUTPUT_SYMLINK,
            path,
            "it is behind the symbolic link " + root.relativize(folder),
            "Use the real path of the file.");
      }
    }
  }

  private void refuseSubmodules(String path) {
    for (int end = path.indexOf('/'); ; end = path.indexOf('/', end + 1)) {
      var start = end < 0 ? path : path.substring(0, end);
      if (isRepository(start)) {
        throw PathNames.forbidden(
            path,
            start.equals(path)
                ? "it is a separate repository"
                : "it is inside the repository " + start);
      }
      if (end < 0) {
        return;
      }
    }
  }

  private boolean isRepository(String path) {
    return !path.isEmpty()
        && (index.find(path).filter(e -> FileMode.GITLINK.equals(e.mode())).isPresent()
            || !index.containsBelow(path) && Files.exists(root.resolve(path).resolve(".git")));
  }
}
