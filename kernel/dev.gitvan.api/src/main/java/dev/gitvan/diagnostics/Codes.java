package dev.gitvan.diagnostics;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The codes of GitVan's own problems, each with its exit status and {@linkplain ErrorCode#meaning
 * meaning}. Bundles contribute further codes with {@link dev.gitvan.diagnostics.spi.ErrorCodes}.
 */
public final class Codes {
  private static final Map<String, ErrorCode> ALL = new LinkedHashMap<>();

  public static final ErrorCode USAGE =
      code("USAGE", ExitStatus.USER, "An unknown verb or flag, or an invalid argument.");

  public static final ErrorCode PAYLOAD_TOO_LARGE =
      code("PAYLOAD_TOO_LARGE", ExitStatus.USER, "Inputs or data over their size limit.");

  public static final ErrorCode PAYLOAD_TOO_DEEP =
      code("PAYLOAD_TOO_DEEP", ExitStatus.USER, "Inputs or data nested too deeply.");

  public static final ErrorCode KEY_CONFLICT =
      code("KEY_CONFLICT", ExitStatus.USER, "The same key with other inputs.");

  public static final ErrorCode ARG_LOOKS_LIKE_OPTION =
      code("ARG_LOOKS_LIKE_OPTION", ExitStatus.USER, "A value that Git would read as an option.");

  public static final ErrorCode URL_SCHEME_DENIED =
      code("URL_SCHEME_DENIED", ExitStatus.USER, "A URL scheme that is not allowed.");

  public static final ErrorCode CONFIG_PARSE =
      code(
          "CONFIG_PARSE",
          ExitStatus.USER,
          "A configuration, job or data file is not well-formed YAML or JSON.");

  public static final ErrorCode CONFIG_UNKNOWN_KEY =
      code(
          "CONFIG_UNKNOWN_KEY",
          ExitStatus.USER,
          "A key that does not exist; the nearest one is suggested.");

  public static final ErrorCode CONFIG_TYPE =
      code("CONFIG_TYPE", ExitStatus.USER, "A value of an invalid type.");

  public static final ErrorCode CONFIG_RANGE =
      code("CONFIG_RANGE", ExitStatus.USER, "A value outside its range.");

  public static final ErrorCode CONFIG_REQUIRED =
      code("CONFIG_REQUIRED", ExitStatus.USER, "A required key is missing.");

  public static final ErrorCode CONFIG_TAG_FORBIDDEN =
      code("CONFIG_TAG_FORBIDDEN", ExitStatus.USER, "A YAML tag that would build an object.");

  public static final ErrorCode CONFIG_TOO_COMPLEX =
      code("CONFIG_TOO_COMPLEX", ExitStatus.USER, "Too many aliases, or nesting that is too deep.");

  public static final ErrorCode CONFIG_DUPLICATE_KEY =
      code("CONFIG_DUPLICATE_KEY", ExitStatus.USER, "The same key twice in one mapping.");

  public static final ErrorCode CONFIG_ENCODING =
      code("CONFIG_ENCODING", ExitStatus.USER, "A NUL byte or invalid UTF-8.");

  public static final ErrorCode CONFIG_TOO_LARGE =
      code(
          "CONFIG_TOO_LARGE",
          ExitStatus.USER,
          "A configuration, job or data file over its size limit.");

  public static final ErrorCode CONFIG_NOT_REGULAR =
      code(
          "CONFIG_NOT_REGULAR",
          ExitStatus.USER,
          "A configuration file that is a symlink, a FIFO or a directory.");

  public static final ErrorCode CONFIG_DUPLICATE_FILE =
      code(
          "CONFIG_DUPLICATE_FILE",
          ExitStatus.USER,
          "gitvan.yaml and gitvan.json are both present.");

  public static final ErrorCode CONFIG_FILE_NAME =
      code(
          "CONFIG_FILE_NAME",
          ExitStatus.USER,
          "A file name that is similar to one that GitVan reads.");

  public static final ErrorCode CONFIG_PLACE =
      code(
          "CONFIG_PLACE",
          ExitStatus.USER,
          "A setting in a file that may not contain it: a user's setting in a repository, or jobs"
              + " in the user's own file.");

  public static final ErrorCode CONFIG_PLUGIN_ABSENT =
      code(
          "CONFIG_PLUGIN_ABSENT",
          ExitStatus.USER,
          "A section of a plugin that is not installed; a warning.");

  public static final ErrorCode TEMPLATE_NOT_FOUND =
      code(
          "TEMPLATE_NOT_FOUND",
          ExitStatus.NOT_FOUND,
          "No template of that name in the template roots.");

  public static final ErrorCode TEMPLATE_SYNTAX =
      code("TEMPLATE_SYNTAX", ExitStatus.USER, "A template that does not compile.");

  public static final ErrorCode TEMPLATE_UNDEFINED =
      code("TEMPLATE_UNDEFINED", ExitStatus.USER, "A variable or attribute that is not defined.");

  public static final ErrorCode TEMPLATE_OUTSIDE_ROOT =
      code(
          "TEMPLATE_OUTSIDE_ROOT",
          ExitStatus.USER,
          "An include, import or parent outside the template roots.");

  public static final ErrorCode TEMPLATE_METHOD_DENIED =
      code("TEMPLATE_METHOD_DENIED", ExitStatus.USER, "A method call that templates may not make.");

  public static final ErrorCode TEMPLATE_RANGE_LIMIT =
      code(
          "TEMPLATE_RANGE_LIMIT",
          ExitStatus.USER,
          "A range that would build too many items, or loops with too many iterations without"
              + " output.");

  public static final ErrorCode TEMPLATE_OUTPUT_LIMIT =
      code("TEMPLATE_OUTPUT_LIMIT", ExitStatus.USER, "Output over templates.max-output.");

  public static final ErrorCode TEMPLATE_DEPTH =
      code("TEMPLATE_DEPTH", ExitStatus.USER, "Includes, parents or macros nested too deeply.");

  public static final ErrorCode TEMPLATE_TIMEOUT =
      code(
          "TEMPLATE_TIMEOUT",
          ExitStatus.USER,
          "A template engine that does not declare itself bounded took over 30 seconds.");

  public static final ErrorCode TEMPLATE_FAILED =
      code(
          "TEMPLATE_FAILED",
          ExitStatus.USER,
          "Rendering failed for another reason, such as an invalid argument of a filter.");

  public static final ErrorCode TEMPLATE_NO_ENGINE =
      code(
          "TEMPLATE_NO_ENGINE",
          ExitStatus.USER,
          "No installed engine of that name or for that extension.");

  public static final ErrorCode TEMPLATE_NO_PLAN =
      code(
          "TEMPLATE_NO_PLAN",
          ExitStatus.USER,
          "A template whose front matter has neither to nor inject.");

  public static final ErrorCode OUTPUT_FORBIDDEN_PATH =
      code(
          "OUTPUT_FORBIDDEN_PATH",
          ExitStatus.USER,
          "A path outside the worktree, inside a Git directory, or that must not be committed.");

  public static final ErrorCode OUTPUT_SYMLINK =
      code("OUTPUT_SYMLINK", ExitStatus.USER, "An output path that leads through a symbolic link.");

  public static final ErrorCode OUTPUT_NOT_A_FILE =
      code(
          "OUTPUT_NOT_A_FILE",
          ExitStatus.USER,
          "An output path that is a directory or another non-file.");

  public static final ErrorCode OUTPUT_EXISTS =
      code("OUTPUT_EXISTS", ExitStatus.USER, "A plan would replace a file without permission.");

  public static final ErrorCode OUTPUT_NOT_FOUND =
      code(
          "OUTPUT_NOT_FOUND",
          ExitStatus.USER,
          "The file that a plan injects into, or a path that a commit names, does not exist.");

  public static final ErrorCode OUTPUT_MARKER_NOT_FOUND =
      code(
          "OUTPUT_MARKER_NOT_FOUND",
          ExitStatus.USER,
          "A marker is not in the file that a plan injects into.");

  public static final ErrorCode OUTPUT_CHANGED =
      retryable(
          "OUTPUT_CHANGED",
          ExitStatus.USER,
          "Another process changed a file while a plan was applied, or replaced its folder.");

  public static final ErrorCode OUTPUT_DUPLICATE =
      code(
          "OUTPUT_DUPLICATE",
          ExitStatus.USER,
          "Two outputs of one step or plan with the same path.");

  public static final ErrorCode JOB_NOT_FOUND =
      code("JOB_NOT_FOUND", ExitStatus.NOT_FOUND, "No job of that name.");

  public static final ErrorCode JOB_FAILED =
      retryable("JOB_FAILED", ExitStatus.FAILED, "The job failed.");

  public static final ErrorCode STEP_FAILED =
      retryable("STEP_FAILED", ExitStatus.FAILED, "A step of the job failed.");

  public static final ErrorCode JOB_CYCLE =
      code("JOB_CYCLE", ExitStatus.USER, "Jobs that call each other in a cycle.");

  public static final ErrorCode JOB_DUPLICATE =
      code("JOB_DUPLICATE", ExitStatus.USER, "The same job defined twice.");

  public static final ErrorCode JOB_CRON =
      code("JOB_CRON", ExitStatus.USER, "A cron expression that is not valid.");

  public static final ErrorCode JOB_TIMEOUT_INVALID =
      code("JOB_TIMEOUT_INVALID", ExitStatus.USER, "A timeout that is not a positive duration.");

  public static final ErrorCode JOB_REGEX_UNSUPPORTED =
      code(
          "JOB_REGEX_UNSUPPORTED",
          ExitStatus.USER,
          "A regular expression that is not linear-time (RE2).");

  public static final ErrorCode JOB_UNTRUSTED_DEFINITION =
      code(
          "JOB_UNTRUSTED_DEFINITION",
          ExitStatus.USER,
          "The definition has changed since it was approved.");

  public static final ErrorCode JOB_NO_HANDLER =
      code(
          "JOB_NO_HANDLER", ExitStatus.USER, "Nothing installed can run the job or the step type.");

  public static final ErrorCode JOB_INPUT_INVALID =
      code(
          "JOB_INPUT_INVALID",
          ExitStatus.USER,
          "An input that the job does not declare, a value that does not fit its declaration, or a"
              + " declaration that contradicts itself.");

  public static final ErrorCode JOB_NAME_INVALID =
      code("JOB_NAME_INVALID", ExitStatus.USER, "A job name that is not valid.");

  public static final ErrorCode JOB_DEPTH =
      code("JOB_DEPTH", ExitStatus.USER, "A chain of jobs longer than 8.");

  public static final ErrorCode HOOK_VETOED =
      code("HOOK_VETOED", ExitStatus.FAILED, "A gate refused the operation.");

  public static final ErrorCode HOOK_NOT_FOUND =
      code("HOOK_NOT_FOUND", ExitStatus.NOT_FOUND, "No such hook point.");

  public static final ErrorCode HOOK_CYCLE =
      code("HOOK_CYCLE", ExitStatus.USER, "Hooks whose before and after contradict each other.");

  public static final ErrorCode HOOK_QUARANTINED =
      code(
          "HOOK_QUARANTINED",
          ExitStatus.USER,
          "A hook that did not end when it was interrupted; it is not called again until its"
              + " definition changes.");

  public static final ErrorCode PREDICATE_NOT_FOUND =
      code("PREDICATE_NOT_FOUND", ExitStatus.NOT_FOUND, "No such event predicate.");

  public static final ErrorCode PREDICATE_INVALID =
      code(
          "PREDICATE_INVALID",
          ExitStatus.USER,
          "Parameters that an event predicate does not have, or values of another type.");

  public static final ErrorCode TIMEOUT =
      retryable("TIMEOUT", ExitStatus.TIMEOUT, "A deadline passed.");

  public static final ErrorCode INTERRUPTED =
      code("INTERRUPTED", ExitStatus.INTERRUPTED, "The run was cancelled.");

  public static final ErrorCode OUTPUT_LIMIT =
      code("OUTPUT_LIMIT", ExitStatus.USER, "A child process printed more than the limit.");

  public static final ErrorCode REF_EXISTS =
      code("REF_EXISTS", ExitStatus.USER, "A tag or ref that exists already.");

  public static final ErrorCode REF_INVALID =
      code(
          "REF_INVALID",
          ExitStatus.USER,
          "An invalid or reserved ref name, or a notes ref that does not point to a commit.");

  public static final ErrorCode REF_CHECKED_OUT =
      code(
          "REF_CHECKED_OUT",
          ExitStatus.USER,
          "A branch that is checked out in a worktree and would be moved or deleted.");

  public static final ErrorCode OBJECT_AMBIGUOUS =
      code(
          "OBJECT_AMBIGUOUS",
          ExitStatus.USER,
          "An abbreviated id that matches several objects, runs or receipts.");

  public static final ErrorCode OBJECT_NOT_FOUND =
      code("OBJECT_NOT_FOUND", ExitStatus.NOT_FOUND, "No such object or revision.");

  public static final ErrorCode REPO_NOT_FOUND =
      code("REPO_NOT_FOUND", ExitStatus.USER, "Not inside a Git repository.");

  public static final ErrorCode REPO_EMPTY =
      code("REPO_EMPTY", ExitStatus.USER, "The repository has no commit yet, but one is required.");

  public static final ErrorCode REPO_BARE =
      code("REPO_BARE", ExitStatus.USER, "A bare repository, and a step that needs a worktree.");

  public static final ErrorCode REPO_IN_PROGRESS =
      code(
          "REPO_IN_PROGRESS",
          ExitStatus.USER,
          "A merge, rebase, cherry-pick or revert is in progress.");

  public static final ErrorCode REPO_LOCKED =
      retryable("REPO_LOCKED", ExitStatus.BUSY, "Another process holds a lock of the repository.");

  public static final ErrorCode REPO_MOVED =
      retryable("REPO_MOVED", ExitStatus.BUSY, "The branch moved and changed the same paths.");

  public static final ErrorCode REPO_NOT_TRUSTED =
      code("REPO_NOT_TRUSTED", ExitStatus.USER, "The repository belongs to another user.");

  public static final ErrorCode REPO_UNSUPPORTED =
      code(
          "REPO_UNSUPPORTED",
          ExitStatus.USER,
          "An unsupported repository format, extension or variable of Git, or no installed bundle reads"
              + " Git.");

  public static final ErrorCode HEAD_DETACHED =
      code("HEAD_DETACHED", ExitStatus.USER, "HEAD is detached, and the step needs a branch.");

  public static final ErrorCode HEAD_MOVED =
      code("HEAD_MOVED", ExitStatus.BUSY, "Another branch was checked out during the run.");

  public static final ErrorCode IDENTITY_MISSING =
      code("IDENTITY_MISSING", ExitStatus.USER, "No user.name and user.email for a commit.");

  public static final ErrorCode SIGNING_FAILED =
      code("SIGNING_FAILED", ExitStatus.USER, "A commit or tag could not be signed as configured.");

  public static final ErrorCode FILTER_UNSUPPORTED =
      code("FILTER_UNSUPPORTED", ExitStatus.USER, "A path with a clean filter, such as Git LFS.");

  public static final ErrorCode GIT_UNAVAILABLE =
      code(
          "GIT_UNAVAILABLE",
          ExitStatus.USER,
          "There is no git command, or its version is too old for the operation.");

  public static final ErrorCode GIT_FAILED =
      retryable(
          "GIT_FAILED",
          ExitStatus.FAILED,
          "The git command failed for a reason that has no code of its own.");

  public static final ErrorCode REF_NOT_MERGED =
      code(
          "REF_NOT_MERGED",
          ExitStatus.USER,
          "A branch that is not fully merged and would be deleted.");

  public static final ErrorCode REPO_DIRTY =
      code("REPO_DIRTY", ExitStatus.USER, "Uncommitted changes would be overwritten.");

  public static final ErrorCode MERGE_CONFLICT =
      code(
          "MERGE_CONFLICT",
          ExitStatus.USER,
          "A merge, rebase, cherry-pick, revert or stash that conflicts.");

  public static final ErrorCode MERGE_REFUSED =
      code(
          "MERGE_REFUSED",
          ExitStatus.USER,
          "A merge that is not allowed, such as one that is not a fast-forward.");

  public static final ErrorCode RUN_STAGED =
      code(
          "RUN_STAGED",
          ExitStatus.USER,
          "An immediate operation in a run that has staged changes.");

  public static final ErrorCode DRY_RUN =
      code("DRY_RUN", ExitStatus.USER, "An immediate operation in a dry run.");

  public static final ErrorCode REMOTE_NOT_FOUND =
      code(
          "REMOTE_NOT_FOUND",
          ExitStatus.NOT_FOUND,
          "No remote of that name, or no repository at its URL.");

  public static final ErrorCode REMOTE_REF_NOT_FOUND =
      code(
          "REMOTE_REF_NOT_FOUND",
          ExitStatus.NOT_FOUND,
          "No such branch or tag on the remote, or none to push.");

  public static final ErrorCode REMOTE_AUTH =
      code(
          "REMOTE_AUTH",
          ExitStatus.USER,
          "The remote requires credentials, and GitVan does not prompt.");

  public static final ErrorCode REMOTE_UNREACHABLE =
      retryable("REMOTE_UNREACHABLE", ExitStatus.BUSY, "The remote cannot be reached.");

  public static final ErrorCode REMOTE_REJECTED =
      code("REMOTE_REJECTED", ExitStatus.USER, "The remote, or Git on its behalf, rejected a ref.");

  public static final ErrorCode NO_TRANSACTION =
      code("NO_TRANSACTION", ExitStatus.USER, "No installed bundle can write to Git.");

  public static final ErrorCode RECEIPT_INVALID =
      code(
          "RECEIPT_INVALID",
          ExitStatus.USER,
          "A receipt that cannot be parsed, or two different receipts of one run.");

  public static final ErrorCode RECEIPT_COMMIT_MISMATCH =
      code(
          "RECEIPT_COMMIT_MISMATCH",
          ExitStatus.USER,
          "A receipt whose commit has no trailer of its run.");

  public static final ErrorCode RECEIPT_ARTIFACT_CHANGED =
      code(
          "RECEIPT_ARTIFACT_CHANGED",
          ExitStatus.USER,
          "An artifact that differs from its receipt.");

  public static final ErrorCode RUN_NOT_FOUND =
      code("RUN_NOT_FOUND", ExitStatus.NOT_FOUND, "No accepted run of that id.");

  public static final ErrorCode RECEIPT_NOT_FOUND =
      code("RECEIPT_NOT_FOUND", ExitStatus.NOT_FOUND, "No receipt of that id.");

  public static final ErrorCode LOCK_HELD =
      retryable("LOCK_HELD", ExitStatus.BUSY, "A GitVan lock is held by another owner.");

  public static final ErrorCode LOCK_LOST =
      retryable(
          "LOCK_LOST",
          ExitStatus.BUSY,
          "A GitVan lock was lost: its lease has expired, and another owner may hold it.");

  public static final ErrorCode LOCK_NOT_FOUND =
      code("LOCK_NOT_FOUND", ExitStatus.NOT_FOUND, "No lock of that name.");

  public static final ErrorCode CACHE_NOT_FOUND =
      code("CACHE_NOT_FOUND", ExitStatus.NOT_FOUND, "No such cache.");

  public static final ErrorCode CODE_NOT_FOUND =
      code("CODE_NOT_FOUND", ExitStatus.NOT_FOUND, "No such error code.");

  public static final ErrorCode QUEUE_FULL =
      retryable("QUEUE_FULL", ExitStatus.BUSY, "Too many runs are waiting.");

  public static final ErrorCode DAEMON_UNAVAILABLE =
      retryable("DAEMON_UNAVAILABLE", ExitStatus.BUSY, "The daemon cannot be reached.");

  public static final ErrorCode PLUGIN_NOT_FOUND =
      code("PLUGIN_NOT_FOUND", ExitStatus.NOT_FOUND, "No such plugin.");

  public static final ErrorCode PLUGIN_ARCHIVE =
      code("PLUGIN_ARCHIVE", ExitStatus.USER, "A file or URL that is not a bundle.");

  public static final ErrorCode PLUGIN_UNRESOLVED =
      code(
          "PLUGIN_UNRESOLVED",
          ExitStatus.USER,
          "A bundle that requires something that is not installed, or another version of it.");

  public static final ErrorCode PLUGIN_START_FAILED =
      code(
          "PLUGIN_START_FAILED",
          ExitStatus.USER,
          "A bundle that fails to start, or whose components are not satisfied.");

  public static final ErrorCode SWAP_BUSY =
      retryable(
          "SWAP_BUSY",
          ExitStatus.BUSY,
          "A bundle that cannot be replaced or stopped, because runs still use it at the limit.");

  public static final ErrorCode BUNDLE_GONE =
      retryable(
          "BUNDLE_GONE",
          ExitStatus.BUSY,
          "A bundle that was stopped or uninstalled by force while a run used it.");

  public static final ErrorCode SERVICE_MISSING =
      retryable(
          "SERVICE_MISSING", ExitStatus.INTERNAL, "A service that no working bundle provides.");

  public static final ErrorCode ACCESS_DENIED =
      code("ACCESS_DENIED", ExitStatus.USER, "No permission for a file or directory.");

  public static final ErrorCode DISK_FULL =
      retryable(
          "DISK_FULL", ExitStatus.INTERNAL, "No space left; nothing partial was left behind.");

  public static final ErrorCode IO_ERROR =
      retryable("IO_ERROR", ExitStatus.INTERNAL, "Reading or writing failed.");

  public static final ErrorCode INTERNAL =
      retryable("INTERNAL", ExitStatus.INTERNAL, "A bug in GitVan or in a plugin.");

  private Codes() {}

  /** All of GitVan's codes, in the order of the documentation. */
  public static Collection<ErrorCode> all() {
    return Collections.unmodifiableCollection(ALL.values());
  }

  /** GitVan's code of a name; empty if it has none of that name. */
  public static Optional<ErrorCode> find(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  private static ErrorCode code(String name, int exitStatus, String meaning) {
    return add(ErrorCode.of(name, exitStatus, meaning));
  }

  private static ErrorCode retryable(String name, int exitStatus, String meaning) {
    return add(ErrorCode.of(name, exitStatus, meaning).withRetry(true));
  }

  private static ErrorCode add(ErrorCode code) {
    ALL.put(code.name(), code);
    return code;
  }
}
