package dev.gitvan.hook;

import static dev.gitvan.document.ValueField.optional;
import static dev.gitvan.document.ValueField.required;
import static dev.gitvan.document.ValueType.BOOLEAN;
import static dev.gitvan.document.ValueType.LIST;
import static dev.gitvan.document.ValueType.MAPPING;
import static dev.gitvan.document.ValueType.NUMBER;
import static dev.gitvan.document.ValueType.STRING;
import static dev.gitvan.hook.HookPoint.gate;
import static dev.gitvan.hook.HookPoint.notification;

import dev.gitvan.document.ValueField;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Hook points that need no plugin: GitVan's and Git's. The data of Git's points are the arguments
 * and the standard input that <a href="https://git-scm.com/docs/githooks">githooks(5)</a>
 * documents, arguments first and in their order; a point is a gate where a failing hook stops the
 * Git command.
 */
public final class BuiltInHookPoints {
  private static final List<HookPoint> GITVAN =
      List.of(
          gate(HookEvent.JOB_BEFORE, "Before the first attempt of a run", run()),
          notification(
              HookEvent.JOB_AFTER,
              "After a run that succeeded",
              with(run(), required("status", STRING, "Status of the run"))),
          notification(
              HookEvent.JOB_ERROR,
              "After a run that did not succeed",
              with(
                  run(),
                  required("status", STRING, "Status of the run"),
                  required("error", MAPPING, "Problem, with code, place, message and remedy"))));

  private static final List<HookPoint> GIT =
      List.of(
          gate("applypatch-msg", "Before git am applies a patch", message()),
          gate("pre-applypatch", "After git am has applied a patch, before it commits"),
          notification("post-applypatch", "After git am has committed a patch"),
          gate("pre-commit", "Before git commit asks for the message"),
          gate("pre-merge-commit", "After a merge without conflicts, before its commit"),
          gate(
              "prepare-commit-msg",
              "After the default message is prepared, before the editor starts",
              message(),
              optional(
                  "source",
                  STRING,
                  "Origin of the message: message, template, merge, squash, commit"),
              optional("commit", STRING, "Commit whose message is used, if the source is commit")),
          gate("commit-msg", "After the commit message is written", message()),
          notification("post-commit", "After a commit is made"),
          gate(
              "pre-rebase",
              "Before a branch is rebased",
              required("upstream", STRING, "Upstream from which the series was forked"),
              optional("branch", STRING, "Branch to rebase; absent for the current branch")),
          notification(
              "post-checkout",
              "After git checkout or git switch has updated the worktree",
              required("oldHead", STRING, "Previous HEAD"),
              required("newHead", STRING, "New HEAD"),
              required("branchCheckout", BOOLEAN, "Whether branches changed, not only files")),
          notification(
              "post-merge",
              "After git merge or git pull has merged",
              required("squash", BOOLEAN, "Whether it was a squash merge")),
          gate(
              "pre-push",
              "Before git push sends anything",
              required("remote", STRING, "Name of the remote, or its URL"),
              required("url", STRING, "URL of the remote"),
              required("updates", LIST, "Mappings of localRef, localId, remoteRef, remoteId")),
          gate("pre-receive", "Before a push updates refs of this repository", updates()),
          gate(
              "update",
              "Before a push updates one ref of this repository",
              required("ref", STRING, "Full name of the ref"),
              required("oldId", STRING, "Object id before, all zeros for a new ref"),
              required("newId", STRING, "Object id after, all zeros for a deleted ref")),
          gate(
              "proc-receive",
              "In place of Git's own updates of refs that receive.procReceiveRefs names",
              updates(),
              optional("pushOptions", LIST, "Options that the client has sent")),
          notification(
              "post-receive", "After a push has updated refs of this repository", updates()),
          notification(
              "post-update",
              "After a push has updated refs of this repository",
              required("refs", LIST, "Full names of the refs")),
          new HookPoint(
              "reference-transaction",
              "In each state of a transaction on refs",
              Gate.when("state", "preparing", "prepared"),
              List.of(
                  required("state", STRING, "One of preparing, prepared, committed, aborted"),
                  updates())),
          gate(
              "push-to-checkout",
              "Before a push updates the branch that is checked out",
              required("commit", STRING, "New commit of the branch")),
          gate("pre-auto-gc", "Before git gc --auto collects garbage"),
          notification(
              "post-rewrite",
              "After git commit --amend or git rebase has rewritten commits",
              required("command", STRING, "One of amend, rebase"),
              required("rewritten", LIST, "Mappings of oldId, newId and perhaps extra")),
          gate(
              "sendemail-validate",
              "Before git send-email sends a message",
              required("file", STRING, "File with the message"),
              optional(
                  "headersFile", STRING, "File with the SMTP headers; absent before Git 2.41")),
          notification(
              "fsmonitor-watchman",
              "When Git asks which files have changed",
              required("version", NUMBER, "Version of the protocol, 1 or 2"),
              required("token", STRING, "Time in nanoseconds, or token of the previous answer")),
          gate("p4-changelist", "After the changelist of git p4 submit is edited", changelist()),
          gate(
              "p4-prepare-changelist",
              "After the changelist of git p4 submit is prepared",
              changelist()),
          notification("p4-post-changelist", "After git p4 submit has submitted"),
          gate("p4-pre-submit", "Before git p4 submit starts"),
          notification(
              "post-index-change",
              "After the index is written",
              required("worktreeUpdated", BOOLEAN, "Whether the working tree was updated"),
              required(
                  "skipWorktreeUpdated", BOOLEAN, "Whether skip-worktree bits may have changed")));

  private static final Map<String, HookPoint> ALL =
      Stream.concat(GITVAN.stream(), GIT.stream())
          .collect(Collectors.toUnmodifiableMap(HookPoint::name, Function.identity()));

  private static final Set<String> GIT_NAMES =
      GIT.stream().map(HookPoint::name).collect(Collectors.toUnmodifiableSet());

  private BuiltInHookPoints() {}

  /** GitVan's points, then Git's. */
  public static List<HookPoint> all() {
    return Stream.concat(GITVAN.stream(), GIT.stream()).toList();
  }

  /** The point of a name. */
  public static Optional<HookPoint> find(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  /** Names of all built-in points. Unmodifiable. */
  public static Set<String> names() {
    return ALL.keySet();
  }

  /** Names of Git's points. Unmodifiable. */
  public static Set<String> gitNames() {
    return GIT_NAMES;
  }

  private static ValueField[] run() {
    return new ValueField[] {
      required("run", STRING, "Id of the run"),
      required("job", STRING, "Name of the job"),
      required("inputs", MAPPING, "Inputs by name")
    };
  }

  private static ValueField[] with(ValueField[] fields, ValueField... more) {
    return Stream.concat(Stream.of(fields), Stream.of(more)).toArray(ValueField[]::new);
  }

  private static ValueField message() {
    return required("messageFile", STRING, "File with the commit message, which hooks may edit");
  }

  private static ValueField changelist() {
    return required("file", STRING, "File with the changelist, which hooks may edit");
  }

  private static ValueField updates() {
    return required("updates", LIST, "Mappings of oldId, newId, ref");
  }
}
