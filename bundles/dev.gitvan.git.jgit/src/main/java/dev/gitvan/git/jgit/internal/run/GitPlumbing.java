package dev.gitvan.git.jgit.internal.run;

import dev.gitvan.git.RunPlumbing;
import dev.gitvan.git.jgit.internal.command.GitCall;
import dev.gitvan.git.jgit.internal.read.JGitPlumbing;
import dev.gitvan.git.jgit.internal.text.GitText;
import dev.gitvan.metrics.Recorder;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.TreeFormatter;

/** Objects that a run writes, by the {@code git} command: with its permissions and its syncing. */
final class GitPlumbing extends JGitPlumbing implements RunPlumbing {
  private final RunScope scope;

  GitPlumbing(RunScope scope, Recorder objectRead) {
    super(scope.view(), objectRead);
    this.scope = scope;
  }

  @Override
  public String writeBlob(byte[] content) {
    return scope.dryRun()
        ? hash(content)
        : scope.run(GitCall.changing("hash-object", "-w", "--stdin").reads(content)).text();
  }

  @Override
  public String writeTree(List<TreeItem> items) {
    var names = new HashSet<String>();
    var input = new StringBuilder();
    for (var item : items) {
      if (item.path().isEmpty() || item.path().contains("/") || !names.add(item.path())) {
        throw new IllegalArgumentException("not a plain name, or there twice: " + item.path());
      }
      input
          .append("%06o ".formatted(item.mode()))
          .append(item.type().name().toLowerCase(Locale.ROOT))
          .append(' ')
          .append(item.id())
          .append('\t')
          .append(item.path())
          .append('\0');
    }
    if (scope.dryRun()) {
      return hashTree(items);
    }
    var bytes = GitText.bytes(input.toString());
    return scope.run(GitCall.changing("mktree", "-z").reads(bytes)).text();
  }

  private static String hashTree(List<TreeItem> items) {
    var sorted =
        items.stream()
            .sorted(
                java.util.Comparator.comparing(
                    i ->
                        GitText.raw(
                            GitText.bytes(
                                i.type() == ObjectType.TREE ? i.path() + "/" : i.path()))))
            .toList();
    var tree = new TreeFormatter();
    for (var item : sorted) {
      tree.append(item.path(), FileMode.fromBits(item.mode()), ObjectId.fromString(item.id()));
    }
    try (var formatter = new ObjectInserter.Formatter()) {
      return tree.computeId(formatter).name();
    }
  }

  @Override
  public String writeIndex() {
    scope.view().requireWorktree();
    return scope.immediate("write-tree", () -> scope.run(GitCall.changing("write-tree")).text());
  }
}
