package dev.gitvan.git.jgit.internal.read;

import dev.gitvan.git.Worktree;
import dev.gitvan.git.Worktrees;
import dev.gitvan.git.jgit.internal.settings.GitFailure;
import dev.gitvan.git.jgit.internal.text.GitText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;

/** Worktrees read from the files that Git keeps for them; JGit knows only its own. */
public class WorktreeList implements Worktrees {
  private static final String REF = "ref:";

  private final View view;

  public WorktreeList(View view) {
    this.view = view;
  }

  @Override
  public List<Worktree> list() {
    var common = view.worktree().repository().commonDir();
    try {
      var linked = new ArrayList<Worktree>();
      var folder = common.resolve("worktrees");
      if (Files.isDirectory(folder)) {
        try (var all = Files.newDirectoryStream(folder)) {
          for (var own : all) {
            if (Files.isRegularFile(own.resolve("gitdir"))) {
              linked.add(linked(own));
            }
          }
        }
      }
      linked.sort(Comparator.comparing(worktree -> worktree.path().toString()));
      linked.add(0, main(common));
      return linked;
    } catch (IOException e) {
      throw GitFailure.of(e, common.toString());
    }
  }

  private Worktree main(Path common) throws IOException {
    boolean bare = view.settings().all().getBoolean("core", "bare", false);
    var path = common.endsWith(Constants.DOT_GIT) && !bare ? common.getParent() : common;
    var head = bare ? new Head("", "") : head(common);
    return Worktree.builder(path).head(head.id()).branch(head.branch()).bare(bare).build();
  }

  private Worktree linked(Path own) throws IOException {
    var gitFile = own.resolve(text(own.resolve("gitdir"))).normalize();
    var locked = own.resolve("locked");
    boolean isLocked = Files.exists(locked, LinkOption.NOFOLLOW_LINKS);
    var head = head(own);
    var worktree =
        Worktree.builder(gitFile.endsWith(Constants.DOT_GIT) ? gitFile.getParent() : gitFile)
            .head(head.id())
            .branch(head.branch())
            .prunable(!isLocked && !Files.exists(gitFile));
    if (isLocked) {
      worktree.locked(text(locked));
    }
    return worktree.build();
  }

  private record Head(String id, String branch) {}

  private Head head(Path gitDir) throws IOException {
    var file = gitDir.resolve(Constants.HEAD);
    if (Files.isSymbolicLink(file)) {
      return onBranch(Files.readSymbolicLink(file).toString());
    }
    var text = text(file);
    return text.startsWith(REF)
        ? onBranch(text.substring(REF.length()).trim())
        : new Head(text, "");
  }

  private Head onBranch(String ref) throws IOException {
    Repository repository = view.repository();
    var found = repository.exactRef(ref);
    return new Head(
        found == null || found.getObjectId() == null ? "" : found.getObjectId().name(), ref);
  }

  private static String text(Path file) throws IOException {
    return GitText.name(Files.readAllBytes(file)).trim();
  }
}
