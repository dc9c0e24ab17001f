package dev.gitvan.git.jgit.internal.worktree;

import dev.gitvan.diagnostics.FileProblem;
import dev.gitvan.git.jgit.internal.text.GitText;
import dev.gitvan.repository.WorktreeId;
import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.FileMode;

/** Finds files that are neither tracked nor ignored, as {@code git status -uall} does. */
public final class Untracked {
  private final Path root;
  private final IndexFile index;
  private final Ignores ignores;
  private final boolean trusting;

  public Untracked(WorktreeId worktree, IndexFile index, Ignores ignores) {
    this(worktree, index, ignores, false);
  }

  /**
   * @param trusting whether tracked files are taken for files without a look: then {@link #look} at
   *     those that differ from the index
   */
  public Untracked(WorktreeId worktree, IndexFile index, Ignores ignores, boolean trusting) {
    this.root = worktree.workTree();
    this.index = index;
    this.ignores = ignores;
    this.trusting = trusting;
  }

  /**
   * Visits the untracked files below a folder, in no order. A repository inside the worktree is one
   * path that ends with {@code /}; nothing below it is visited.
   *
   * @param folder {@code ""} is the worktree itself
   */
  public void visit(String folder, Consumer<String> visitor) {
    var directory = GitText.file(root, folder);
    try (var children = Files.newDirectoryStream(directory)) {
      for (var child : children) {
        // Not by getFileName, which takes the whole path apart.
        var whole = GitText.name(child);
        var name = whole.substring(whole.lastIndexOf(File.separatorChar) + 1);
        var path = folder.isEmpty() ? name : folder + "/" + name;
        if (!name.equalsIgnoreCase(".git") && !(trusting && isCompared(path))) {
          child(child, path, visitor);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException | AccessDeniedException e) {
      // it went away, or Git would warn and go on
    } catch (IOException e) {
      throw FileProblem.of(e, directory).toException(e);
    }
  }

  /** Whether what is tracked there is a file: a folder in its place is new. */
  private boolean isFile(String path) {
    return index.find(path).filter(e -> !FileMode.GITLINK.equals(e.mode())).isPresent();
  }

  /** Visits what is untracked in the place of a tracked file. */
  public void look(String path, Consumer<String> visitor) {
    child(GitText.file(root, path), path, visitor);
  }

  /** Whether the file will be compared with the index later. */
  private boolean isCompared(String path) {
    var entry = index.find(path);
    return entry.isPresent()
        && !FileMode.GITLINK.equals(entry.get().mode())
        && !entry.get().isSkipWorktree()
        && !entry.get().isAssumedUnchanged();
  }

  private void child(Path child, String path, Consumer<String> visitor) {
    boolean directory = Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS);
    if (index.contains(path) && !(directory && isFile(path))) {
      return;
    }
    if (ignores.isIgnored(path, directory)) {
      return;
    }
    if (!directory) {
      if (Files.isRegularFile(child, LinkOption.NOFOLLOW_LINKS) || Files.isSymbolicLink(child)) {
        visitor.accept(path);
      }
    } else if (Files.exists(child.resolve(".git")) && !index.containsBelow(path)) {
      visitor.accept(path + "/");
    } else {
      visit(path, visitor);
    }
  }
}
