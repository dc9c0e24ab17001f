package dev.gitvan.git.jgit.internal.run;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.MergeSpec;
import dev.gitvan.git.Operations;
import dev.gitvan.git.PickSpec;
import dev.gitvan.git.RebaseSpec;
import dev.gitvan.git.jgit.internal.command.Arguments;
import dev.gitvan.git.jgit.internal.command.GitCall;
import dev.gitvan.git.jgit.internal.read.JGitRefs;
import dev.gitvan.git.jgit.internal.text.GitText;
import dev.gitvan.job.spi.Staging.CommitSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;

/** Commits through the run's transaction, everything else through the {@code git} command. */
final class GitOperations implements Operations {
  /** Commands that show differences, for which the repository could name programs. */
  private static final Set<String> SHOWING =
      Set.of(
          "diff",
          "log",
          "show",
          "whatchanged",
          "diff-tree",
          "diff-index",
          "diff-files",
          "format-patch");

  private final RunScope scope;
  private final Conflicts conflicts;

  GitOperations(RunScope scope) {
    this.scope = scope;
    this.conflicts = new Conflicts(scope);
  }

  @Override
  public Optional<String> commit(String message, List<String> paths) {
    scope.requireBranch();
    if (scope.dryRun()) {
      scope.planned(
          "commit", scope.staging().base().branch(), message + "\n\n" + String.join("\n", paths));
      return Optional.empty();
    }
    var context = scope.context();
    return scope.staging().commit(new CommitSpec(message, paths));
  }

  @Override
  public Optional<String> cherryPick(PickSpec spec) {
    return new Picks(scope).cherryPick(spec);
  }

  @Override
  public Optional<String> revert(PickSpec spec) {
    return new Picks(scope).revert(spec);
  }

  @Override
  public Merged merge(MergeSpec spec) {
    scope.requireBranch();
    var target = scope.id(spec.revision());
    var what = "merge " + spec.revision();
    var message = spec.message() == null ? mergeMessage(spec.revision()) : spec.message();
    return scope.immediateBelow(what, () -> moved(() -> merge(what, target, message, spec)));
  }

  /** Merges inside an operation that has begun. */
  void merge(String what, String target, String message, MergeSpec spec) {
    var call =
        GitCall.changing("merge", "--no-edit", "--no-stat", "--no-progress", "--no-squash")
            .with(
                switch (spec.fastForward()) {
                  case ALLOWED -> "--ff";
                  case ONLY -> "--ff-only";
                  case NEVER -> "--no-ff";
                })
            // As it stands: a message that Git adds to is not the one that the trailer seals.
            .with("--no-log", "--cleanup=whitespace", "-m", scope.sealed(message), target)
            .hooks(spec.hooks());
    conflicts.guard(what, spec.onConflict(), () -> scope.run(call));
  }

  /** As Git words it. */
  private String mergeMessage(String revision) {
    var refs = new JGitRefs(scope.view());
    var what =
        refs.find(Constants.R_HEADS + revision).isPresent()
            ? "branch"
            : refs.find(Constants.R_REMOTES + revision).isPresent()
                ? "remote-tracking branch"
                : refs.find(Constants.R_TAGS + revision).isPresent() ? "tag" : "commit";
    return "Merge " + what + " '" + revision + "'" + into();
  }

  /** Where to, but for {@code master}, as Git has it. */
  String into() {
    var branch = scope.staging().base().branch();
    return branch.equals("refs/heads/master")
        ? ""
        : " into " + branch.substring(Constants.R_HEADS.length());
  }

  @Override
  public Merged rebase(RebaseSpec spec) {
    scope.requireBranch();
    var upstream = scope.view().commit(spec.upstream()).name();
    var onto = spec.onto() == null ? upstream : scope.view().commit(spec.onto()).name();
    var what = "rebase " + spec.upstream();
    return scope.immediateBelow(what, () -> moved(() -> rebase(what, upstream, onto, spec)));
  }

  /** Rebases inside an operation that has begun. */
  void rebase(String what, String upstream, String onto, RebaseSpec spec) {
    var call =
        GitCall.changing("rebase", "--quiet", "--no-autostash", "--no-stat", "--no-fork-point")
            .with("--onto", onto, upstream)
            .hooks(spec.hooks());
    conflicts.guard(what, spec.onConflict(), () -> scope.run(call));
  }

  /** What HEAD was before and after. */
  Merged moved(Runnable body) {
    var refs = new JGitRefs(scope.view());
    var before = refs.find(Constants.HEAD).orElse("");
    body.run();
    return new Merged(before, refs.find(Constants.HEAD).orElse(""));
  }

  @Override
  public void reset(ResetMode mode, String revision) {
    scope.requireFree();
    var id = scope.view().commit(revision).name();
    var option =
        switch (mode) {
          case SOFT -> "--soft";
          case MIXED -> "--mixed";
          case KEEP -> "--keep";
          case HARD -> "--hard";
        };
    scope.immediateBelow(
        "reset " + option + " " + revision,
        () -> scope.run(GitCall.changing("reset", "--quiet", option, id)));
  }

  @Override
  public void restore(String revision, List<String> paths) {
    scope.requireFree();
    var id = scope.view().commit(revision).name();
    if (paths.isEmpty()) {
      throw GitVanException.of(
          Codes.OBJECT_NOT_FOUND, "", "there are no paths", "Pass the files to restore.");
    }
    scope.immediateBelow(
        "restore " + String.join(" ", paths),
        () ->
            scope.run(
                GitCall.changing("restore", "--source=" + id, "--staged", "--worktree")
                    .with("--no-progress", "--")
                    .with(Arguments.literal(paths))));
  }

  @Override
  public void abort() {
    scope.view().requireWorktree();
    scope.immediateBelow(
        "abort",
        () -> {
          conflicts.abort();
          return null;
        });
  }

  @Override
  public String git(List<String> arguments) {
    var command = Arguments.plain(arguments.isEmpty() ? "" : arguments.get(0), "a git command");
    var line = new ArrayList<String>(List.of(command));
    if (SHOWING.contains(command)) {
      line.addAll(List.of("--no-ext-diff", "--no-textconv"));
    }
    line.addAll(arguments.subList(1, arguments.size()));
    return scope.immediateBelow(
        String.join(" ", arguments),
        () -> GitText.prose(scope.run(GitCall.changing().with(line)).out()));
  }
}
