package dev.gitvan.git.jgit.internal.worktree;

import dev.gitvan.diagnostics.FileProblem;
import dev.gitvan.git.jgit.internal.settings.Settings;
import dev.gitvan.git.jgit.internal.text.GitText;
import dev.gitvan.repository.WorktreeId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.ignore.IgnoreNode;

/**
 * Which paths a worktree ignores, as in {@code git check-ignore --no-index}, for the time of one
 * operation. Not safe for several threads.
 */
public final class Ignores {
  private static final IgnoreNode NONE = new IgnoreNode();

  private final Path root;
  private final IgnoreNode exclude;
  private final IgnoreNode global;
  private final Map<String, IgnoreNode> folders = new HashMap<>();
  private final Map<String, Boolean> ignoredFolders = new HashMap<>();

  public Ignores(WorktreeId worktree, Settings settings) {
    this.root = worktree.workTree();
    this.exclude = read(worktree.repository().commonDir().resolve("info/exclude"), true);
    this.global =
        read(
            settings
                .path("core", "excludesfile")
                .orElseGet(() -> settings.user().xdgHome().resolve("git/ignore")),
            true);
  }

  /** Whether a path is ignored, or below an ignored folder. */
  public boolean isIgnored(String path, boolean directory) {
    int slash = path.lastIndexOf('/');
    return slash > 0 && isIgnoredFolder(path.substring(0, slash)) || decide(path, directory);
  }

  private boolean isIgnoredFolder(String folder) {
    var known = ignoredFolders.get(folder);
    if (known == null) {
      known = isIgnored(folder, true);
      ignoredFolders.put(folder, known);
    }
    return known;
  }

  private boolean decide(String path, boolean directory) {
    for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      var decided =
          folder(path.substring(0, slash)).checkIgnored(path.substring(slash + 1), directory);
      if (decided != null) {
        return decided;
      }
    }
    for (var node : new IgnoreNode[] {folder(""), exclude, global}) {
      var decided = node.checkIgnored(path, directory);
      if (decided != null) {
        return decided;
      }
    }
    return false;
  }

  private IgnoreNode folder(String folder) {
    return folders.computeIfAbsent(
        folder, f -> read(GitText.file(root, f).resolve(".gitignore"), false));
  }

  private static IgnoreNode read(Path file, boolean followed) {
    // Inside the worktree Git does not follow a link here, and so it cannot lead outside.
    var options = followed ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
    if (!Files.isRegularFile(file, options)) {
      return NONE;
    }
    try {
      var node = new IgnoreNode();
      node.parse(file.toString(), new ByteArrayInputStream(Files.readAllBytes(file)));
      return node;
    } catch (IOException e) {
      throw FileProblem.of(e, file).toException(e);
    }
  }
}
