package dev.gitvan.git.jgit.internal.run;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.FileProblem;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.PickSpec;
import dev.gitvan.git.jgit.internal.command.GitCall;
import dev.gitvan.git.jgit.internal.command.GitCommand;
import dev.gitvan.git.jgit.internal.settings.GitFailure;
import dev.gitvan.git.jgit.internal.text.GitText;
import dev.gitvan.git.jgit.internal.text.ObjectText;
import dev.gitvan.job.Artifact;
import dev.gitvan.job.spi.Staging.CommitSpec;
import dev.gitvan.job.spi.Staging.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Cherry-picks and reverts as commits of the run's transaction: Git merges in memory ({@code
 * merge-tree}) and writes the files that differ ({@code read-tree -u}, with an index of its own, so
 * that nothing that the user has changed or staged is touched); the transaction commits them.
 */
final class Picks {
  private static final String SUBMODULE = "160000";

  private final RunScope scope;

  Picks(RunScope scope) {
    this.scope = scope;
  }

  /**
   * A change to make.
   *
   * @param base the tree that the change begins at
   * @param theirs the tree that it leads to
   */
  private record Change(
      String what, ObjectId base, ObjectId theirs, String message, Person author) {}

  Optional<String> cherryPick(PickSpec spec) {
    scope.requireBranch();
    try (var walk = new RevWalk(scope.view().repository())) {
      var commit = walk.parseCommit(scope.view().revisions().id(spec.revision()));
      var text = ObjectText.of(commit);
      var message = text.message();
      if (spec.origin()) {
        message = withOrigin(message, commit.name());
      }
      var who = text.author();
      var author = new Person(who.name(), who.email(), who.date());
      return make(
          new Change(
              "cherry-pick " + spec.revision(),
              parent(commit, spec, walk),
              commit.getTree().copy(),
              message,
              author));
    } catch (IOException e) {
      throw GitFailure.of(e, spec.revision());
    }
  }

  Optional<String> revert(PickSpec spec) {
    scope.requireBranch();
    try (var walk = new RevWalk(scope.view().repository())) {
      var commit = walk.parseCommit(scope.view().revisions().id(spec.revision()));
      var of =
          spec.mainline() == 0
              ? commit.name()
              : commit.name()
                  + ", reversing\nchanges made to "
                  + commit.getParent(mainline(commit, spec) - 1).name();
      return make(
          new Change(
              "revert " + spec.revision(),
              commit.getTree().copy(),
              parent(commit, spec, walk),
              "Revert \""
                  + ObjectText.of(commit).subject()
                  + "\"\n\nThis reverts commit "
                  + of
                  + ".\n",
              null));
    } catch (IOException e) {
      throw GitFailure.of(e, spec.revision());
    }
  }

  private static String withOrigin(String message, String id) {
    var text = message.stripTrailing();
    var last = text.substring(text.lastIndexOf('\n') + 1);
    boolean trailers = text.contains("\n\n") && last.matches("[A-Za-z0-9-]+: .*|\\(cherry .*\\)");
    return text + (trailers ? "\n" : "\n\n") + "(cherry picked from commit " + id + ")\n";
  }

  /** The tree of the parent that a commit is compared with; the empty one's for a first commit. */
  private static ObjectId parent(RevCommit commit, PickSpec spec, RevWalk walk) throws IOException {
    if (commit.getParentCount() == 0 && spec.mainline() == 0) {
      return Constants.EMPTY_TREE_ID;
    }
    return walk.parseCommit(commit.getParent(mainline(commit, spec) - 1)).getTree().copy();
  }

  private static int mainline(RevCommit commit, PickSpec spec) {
    int parents = commit.getParentCount();
    boolean merge = parents > 1;
    if (merge == (spec.mainline() == 0) || spec.mainline() > parents) {
      throw GitVanException.of(
          Codes.MERGE_REFUSED,
          spec.revision(),
          merge
              ? "it is a merge of " + parents + ", and no mainline is given"
              : "it is not a merge, so there is no mainline",
          "Pass a mainline, a parent number from 1, for merges only.");
    }
    return Math.max(1, spec.mainline());
  }

  private Optional<String> make(Change change) throws IOException {
    var view = scope.view();
    var head = ObjectId.fromString(scope.head(change.what()));
    ObjectId ours;
    ObjectId base;
    try (var walk = new RevWalk(view.repository())) {
      ours = walk.parseCommit(head).getTree().copy();
      base = walk.parseCommit(ObjectId.fromString(scope.staging().base().head())).getTree();
    }
    try (var quarantine = new Quarantine(view)) {
      var merged = merge(change, ours, quarantine);
      var paths = changed(ours.name(), merged, quarantine);
      if (paths.isEmpty()) {
        return Optional.empty();
      }
      if (scope.dryRun()) {
        scope.planned(
            "commit",
            scope.staging().base().branch(),
            change.message() + "\n" + String.join("\n", paths));
        return Optional.empty();
      }
      refuseFilters(paths);
      write(base.name(), ours.name(), merged, quarantine);
      return Optional.of(commit(change, paths, merged));
    }
  }

  /** Merges in memory. Returns the tree. */
  private String merge(Change change, ObjectId ours, Quarantine quarantine) {
    var base = made(change.base(), null, quarantine);
    var one = made(ours, base, quarantine);
    var other = made(change.theirs(), base, quarantine);
    var call =
        quarantine.objects(
            GitCall.reading("merge-tree", "--write-tree", "-z", "--name-only", "--no-messages")
                .with(one, other)
                .fine(1)
                .needs(2, 38));
    var output = scope.view().run(call);
    var fields = output.fields();
    if (output.status() == 1) {
      var paths =
          fields.subList(1, fields.size()).stream().filter(path -> !path.isEmpty()).toList();
      throw Conflicts.conflict(change.what(), paths, false);
    }
    return fields.get(0);
  }

  /** A commit for the merge's sake: its history says what the base is. */
  private String made(ObjectId tree, String parent, Quarantine quarantine) {
    var call = GitCall.reading("commit-tree", "-m", "gitvan").with(tree.name());
    call = parent == null ? call : call.with("-p", parent);
    for (var who : List.of("AUTHOR", "COMMITTER")) {
      call =
          call.variable("GIT_" + who + "_NAME", "GitVan")
              .variable("GIT_" + who + "_EMAIL", "gitvan@localhost")
              .variable("GIT_" + who + "_DATE", "@0 +0000");
    }
    return scope.view().run(quarantine.objects(call)).text();
  }

  /** The paths in which two trees differ. */
  private List<String> changed(String from, String to, Quarantine quarantine) {
    var call =
        GitCall.reading("diff-tree", "-r", "-z", "--no-renames", "--raw", "--no-abbrev", from, to);
    var paths = new ArrayList<String>();
    for (var i = scope.view().run(quarantine.objects(call)).fields().iterator(); i.hasNext(); ) {
      var line = i.next();
      if (line.isEmpty()) {
        continue;
      }
      var path = i.next();
      if (line.startsWith(SUBMODULE, 1) || line.startsWith(SUBMODULE, 8)) {
        throw GitVanException.of(
            Codes.FILTER_UNSUPPORTED,
            path,
            "it is a submodule; runs do not commit submodules",
            "Use git for this.");
      }
      paths.add(path);
    }
    return paths;
  }

  private void refuseFilters(List<String> paths) {
    var input = String.join("\0", paths) + "\0";
    var call = GitCall.reading("check-attr", "-z", "--stdin", "filter").reads(GitText.bytes(input));
    var fields = scope.view().run(call).fields();
    for (int i = 0; i + 2 < fields.size(); i += 3) {
      if (!List.of("unspecified", "unset", "set").contains(fields.get(i + 2))) {
        throw GitVanException.of(
            Codes.FILTER_UNSUPPORTED,
            fields.get(i),
            "GitVan does not commit files that the filter `" + fields.get(i + 2) + "` changes",
            "Use git for this.");
      }
    }
  }

  /**
   * Writes the files. The index to try with first takes what the run has staged; it refuses what
   * the user has staged otherwise.
   */
  private void write(String base, String ours, String merged, Quarantine quarantine)
      throws IOException {
    var index = scope.view().worktree().gitDir().resolve("index");
    if (Files.exists(index)) {
      Files.copy(index, quarantine.index());
    }
    if (!base.equals(ours)) {
      change(quarantine, GitCall.changing("read-tree", "-i", "-m", base, ours));
    }
    var refresh = GitCall.changing("update-index", "-q", "--refresh").fine(1);
    scope.view().run(quarantine.index(refresh));
    change(quarantine, GitCall.changing("read-tree", "-m", "-u", ours, merged));
  }

  private void change(Quarantine quarantine, GitCall call) {
    var inside = quarantine.index(call);
    var output = scope.view().tried(inside);
    if (output.status() != 0) {
      throw GitCommand.failure(inside, output).toException();
    }
  }

  private String commit(Change change, List<String> paths, String merged) throws IOException {
    paths.forEach(this::artifact);
    var context = scope.context();
    var id = scope.staging().commit(new CommitSpec(change.message(), paths, change.author(), true));
    var tree = id.isEmpty() ? "" : tree(id.get());
    if (!tree.equals(merged)) {
      // The files, read back, are not what the merge gave: a sparse file, or an attribute.
      throw GitVanException.of(
          Codes.FILTER_UNSUPPORTED,
          paths.get(0),
          "committing the files of the " + change.what() + " would change their content",
          "Use git for this.");
    }
    return id.get();
  }

  private String tree(String commit) throws IOException {
    try (var walk = new RevWalk(scope.view().repository())) {
      return walk.parseCommit(ObjectId.fromString(commit)).getTree().name();
    }
  }

  private void artifact(String path) {
    var file = scope.view().worktree().workTree().resolve(path);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      var content = Files.readAllBytes(file);
      var sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
      scope.context().artifact(new Artifact(path, sha256, content.length));
    } catch (IOException e) {
      throw FileProblem.of(e, file).toException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
