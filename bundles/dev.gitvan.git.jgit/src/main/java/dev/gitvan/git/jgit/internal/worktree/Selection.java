package dev.gitvan.git.jgit.internal.worktree;

import dev.gitvan.config.Configuration;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Nearest;
import dev.gitvan.git.jgit.internal.settings.Settings;
import dev.gitvan.job.Artifact;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilter;

/**
 * What {@code git add -A -- PATHSPECS} and {@code git commit --only PATHSPECS} take from the
 * worktree: tracked files, and those that are neither ignored nor the user's own configuration of
 * the worktree. Sparse files ({@code skip-worktree}) stay as they are; so do submodules below a
 * folder.
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
  private final Ignores ignores;
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
    this.ignores = new Ignores(worktree, settings);
    this.files = new WorktreeReader(worktree, settings, index, objects);
  }

  /**
   * What pathspecs select.
   *
   * @param names the paths that a commit of the files depends on: folders for all that they contain
   * @param changes the files as they are now, written as blobs, by path
   */
  public record Selected(List<String> names, Map<String, FileChange> changes) {}

  /**
   * Selects files by Git's pathspecs.
   *
   * @param tree the tree that will be committed to; files of it that are gone are deleted
   * @param complete whether all files are there, so that each pathspec must match one
   * @throws GitVanException {@code OUTPUT_FORBIDDEN_PATH}, {@code OUTPUT_NOT_FOUND} for a pathspec
   *     that matches nothing, {@code OUTPUT_SYMLINK}, {@code FILTER_UNSUPPORTED}, {@code
   *     REPO_IN_PROGRESS} for a conflict
   */
  public Selected select(Collection<String> pathspecs, ObjectId tree, boolean complete)
      throws IOException {
    var specs = parse(pathspecs);
    var names = new TreeSet<String>();
    var paths = new TreeSet<String>();
    for (var spec : specs) {
      if (!spec.excludes()) {
        var found = matching(spec, tree);
        if (found.isEmpty() && complete && !spec.path().isEmpty()) {
          throw nothing(spec, tree);
        }
        if (spec.isPattern()) {
          names.addAll(found);
        } else {
          names.add(spec.path());
        }
        paths.addAll(found);
      }
    }
    paths.removeIf(path -> isExcluded(path, specs));
    return new Selected(List.copyOf(names), read(paths, tree));
  }

  /**
   * Selects exactly these files, ignored or not, whether they are there or not.
   *
   * @throws GitVanException as {@link #select}
   */
  public Selected selectExactly(Collection<String> files, ObjectId tree) throws IOException {
    var names = new TreeSet<String>();
    for (var file : files) {
      var spec = Pathspec.literal(file);
      refuseForeign(spec);
      names.add(spec.path());
    }
    return new Selected(List.copyOf(names), read(names, tree));
  }

  /**
   * Refuses pathspecs that can select nothing that may be committed: invalid ones, and those that
   * match a file in conflict.
   *
   * @throws GitVanException {@code OUTPUT_FORBIDDEN_PATH}, {@code OUTPUT_SYMLINK}, {@code
   *     REPO_IN_PROGRESS}
   */
  public void requireUnconflicted(Collection<String> pathspecs) {
    var specs = parse(pathspecs);
    for (var entry : index.entries()) {
      var path = entry.path();
      if (entry.stage() != 0
          && specs.stream().anyMatch(spec -> !spec.excludes() && spec.matches(path))
          && !isExcluded(path, specs)) {
        throw conflict(path);
      }
    }
  }

  private List<Pathspec> parse(Collection<String> pathspecs) {
    var specs = new ArrayList<Pathspec>();
    for (var text : pathspecs) {
      var spec = Pathspec.of(text);
      if (!spec.isPattern() && !spec.excludes()) {
        refuseForeign(spec);
      }
      specs.add(spec);
    }
    if (!specs.isEmpty() && specs.stream().allMatch(Pathspec::excludes)) {
      specs.add(Pathspec.literal("."));
    }
    return specs;
  }

  private void refuseForeign(Pathspec spec) {
    refuseLinks(spec.path());
    refuseSubmodules(spec.path());
  }

  private static boolean isExcluded(String path, List<Pathspec> specs) {
    return specs.stream().anyMatch(spec -> spec.excludes() && spec.matches(path));
  }

  private static GitVanException conflict(String path) {
    return GitVanException.of(
        Codes.REPO_IN_PROGRESS,
        path,
        "the file has a merge conflict",
        "Resolve it and `git add` it, then run again.");
  }

  private Map<String, FileChange> read(Collection<String> paths, ObjectId tree) throws IOException {
    var changes = new HashMap<String, FileChange>();
    for (var path : paths) {
      var entry = index.find(path);
      if (entry.isEmpty() && index.contains(path)) {
        throw conflict(path);
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

  /** The files that a pathspec matches: tracked, new, or drafted. */
  private Set<String> matching(Pathspec spec, ObjectId tree) throws IOException {
    var start = spec.start();
    var found = new TreeSet<String>();
    index.under(start).forEach(entry -> found.add(entry.path()));
    found.addAll(committed(start, tree));
    var fresh = new TreeSet<>(drafts.under(start));
    var file = root.resolve(start);
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      untracked(start, fresh::add);
    } else if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && isReached(start)) {
      fresh.add(start);
    }
    fresh.removeIf(path -> !found.contains(path) && isKeptOut(path));
    found.addAll(fresh);
    found.removeIf(path -> !spec.matches(path));
    return found;
  }

  /** The files of a commit's tree that are a path or below it. */
  private Set<String> committed(String start, ObjectId tree) throws IOException {
    var found = new HashSet<String>();
    try (var walk = new TreeWalk(objects)) {
      walk.addTree(tree);
      walk.setRecursive(true);
      if (!start.isEmpty()) {
        walk.setFilter(PathFilter.create(start));
      }
      while (walk.next()) {
        if (!FileMode.GITLINK.equals(walk.getRawMode(0))) {
          found.add(walk.getPathString());
        }
      }
    }
    return found;
  }

  private void untracked(String folder, Consumer<String> visitor) {
    new Untracked(worktree, index, ignores)
        .visit(
            folder,
            path -> {
              if (!path.endsWith("/")) {
                visitor.accept(path);
              }
            });
  }

  /** Whether a file is committed only once it is tracked. */
  private boolean isKeptOut(String path) {
    return Configuration.LOCAL_FILES.contains(path) || ignores.isIgnored(path, false);
  }

  /** Why a pathspec matches nothing. */
  private GitVanException nothing(Pathspec spec, ObjectId tree) throws IOException {
    var path = spec.path();
    if (!spec.isPattern() && Configuration.LOCAL_FILES.contains(path)) {
      return GitVanException.of(
          Codes.OUTPUT_FORBIDDEN_PATH,
          spec.text(),
          "it is your own configuration of this worktree, which is not committed",
          "Put what others need into gitvan.yaml.");
    }
    boolean directory = Files.isDirectory(root.resolve(path), LinkOption.NOFOLLOW_LINKS);
    if (!spec.isPattern() && ignores.isIgnored(path, directory)) {
      return GitVanException.of(
          Codes.OUTPUT_FORBIDDEN_PATH,
          spec.text(),
          "it is ignored by Git",
          "Remove the rule that `git check-ignore -v` shows, or add the file once with `git add"
              + " -f`.");
    }
    var known = new TreeSet<>(committed("", tree));
    index.entries().forEach(entry -> known.add(entry.path()));
    untracked("", known::add);
    known.removeAll(Configuration.LOCAL_FILES);
    for (var file : List.copyOf(known)) {
      for (int slash = file.indexOf('/'); slash > 0; slash = file.indexOf('/', slash + 1)) {
        known.add(file.substring(0, slash));
      }
    }
    return GitVanException.of(
        Codes.OUTPUT_NOT_FOUND,
        spec.text(),
        "no file that could be committed matches it",
        Nearest.sentence(path, known, "Check the path; `git status` shows new files."));
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
