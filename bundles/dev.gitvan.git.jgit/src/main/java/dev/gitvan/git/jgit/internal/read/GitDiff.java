package dev.gitvan.git.jgit.internal.read;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.Diff;
import dev.gitvan.git.DiffQuery;
import dev.gitvan.git.DiffQuery.Sides;
import dev.gitvan.git.FileDiff;
import dev.gitvan.git.jgit.internal.command.Arguments;
import dev.gitvan.git.jgit.internal.command.GitCall;
import dev.gitvan.git.jgit.internal.text.GitText;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;

/**
 * Differences by {@code git diff}. Every option that a configuration could change is given, so that
 * the answer is the same for everybody.
 */
final class GitDiff implements Diff {
  private static final String[] FIXED = {
    "diff",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--no-relative",
    "--src-prefix=a/",
    "--dst-prefix=b/",
    "--diff-algorithm=myers",
    "--indent-heuristic",
    "--inter-hunk-context=0",
    "--submodule=short",
    // Whether a submodule is dirty would be asked a git inside it, with its own configuration.
    "--ignore-submodules=dirty",
    "-O/dev/null",
    "--no-abbrev"
  };

  private final View view;

  GitDiff(View view) {
    this.view = view;
  }

  @Override
  public List<FileDiff> files(DiffQuery query) {
    return parse(view.run(call(query, "-z", "--raw", "--numstat")).fields());
  }

  @Override
  public String patch(DiffQuery query) {
    var call = call(query, "--patch", "--binary", "--full-index", "--unified=" + query.context());
    return GitText.prose(view.run(call).out());
  }

  private GitCall call(DiffQuery query, String... format) {
    if (query.sides() != Sides.REVISIONS) {
      view.requireWorktree();
    }
    var call = GitCall.reading(FIXED).with(format);
    call = query.renames() ? call.with("--find-renames") : call.with("--no-renames");
    call =
        switch (query.sides()) {
          case REVISIONS -> call.with(tree(query.from()), tree(query.to()));
          case REVISION_INDEX -> call.with("--cached", tree(query.from()));
          case INDEX_FILES -> call;
          case REVISION_FILES -> call.with(tree(query.from()));
        };
    return call.with("--")
        .with(Arguments.literal(query.paths()))
        .with(Arguments.globs(query.globs()));
  }

  /** A tree's id; the empty tree's for null, and for HEAD when there is no commit yet. */
  private String tree(String revision) {
    boolean none = revision == null || revision.equals(Constants.HEAD) && isUnborn();
    return none ? Constants.EMPTY_TREE_ID.name() : view.revisions().id(revision).name();
  }

  private boolean isUnborn() {
    return new JGitRefs(view).find(Constants.HEAD).isEmpty();
  }

  /** The raw lines of all files, and then their counts. */
  private static List<FileDiff> parse(List<String> fields) {
    var files = new LinkedHashMap<String, FileDiff.Builder>();
    for (var i = fields.iterator(); i.hasNext(); ) {
      var field = i.next();
      if (field.startsWith(":")) {
        raw(field, i, files);
      } else if (!field.isEmpty()) {
        counts(field, i, files);
      }
    }
    return files.values().stream().map(FileDiff.Builder::build).toList();
  }

  private static void raw(String line, Iterator<String> rest, Map<String, FileDiff.Builder> files) {
    var parts = line.substring(1).split(" ");
    var kind = kind(parts[4].charAt(0));
    var oldPath = rest.next();
    boolean two = kind == Kind.RENAMED || kind == Kind.COPIED;
    var path = two ? rest.next() : oldPath;
    int similarity = two ? Integer.parseInt(parts[4].substring(1)) : 0;
    // A file in conflict comes a second time, as it is in the worktree.
    files.putIfAbsent(
        path,
        FileDiff.builder(kind, path)
            .oldPath(oldPath)
            .oldMode(Integer.parseInt(parts[0], 8))
            .mode(Integer.parseInt(parts[1], 8))
            .oldId(parts[2])
            .id(parts[3])
            .similarity(similarity));
  }

  private static void counts(
      String line, Iterator<String> rest, Map<String, FileDiff.Builder> files) {
    var parts = line.split("\t", 3);
    var path = parts[2];
    if (path.isEmpty()) {
      rest.next();
      path = rest.next();
    }
    var file = files.get(path);
    if (file != null) {
      file.added(count(parts[0])).deleted(count(parts[1]));
    }
  }

  private static long count(String text) {
    return text.equals("-") ? -1 : Long.parseLong(text);
  }

  private static Kind kind(char letter) {
    return switch (letter) {
      case 'A' -> Kind.ADDED;
      case 'M' -> Kind.MODIFIED;
      case 'D' -> Kind.DELETED;
      case 'R' -> Kind.RENAMED;
      case 'C' -> Kind.COPIED;
      case 'T' -> Kind.TYPE_CHANGED;
      case 'U' -> Kind.UNMERGED;
      default ->
          throw GitVanException.of(
              Codes.GIT_FAILED, "git diff", "its status `" + letter + "` is not known", "");
    };
  }
}
