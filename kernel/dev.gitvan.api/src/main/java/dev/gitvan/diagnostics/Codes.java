package dev.gitvan.diagnostics;

/** The stable codes of GitVan's own problems. Plugins may add their own. */
public final class Codes {
  /** An unknown verb or flag, or an invalid argument. */
  public static final String USAGE = "USAGE";

  /** A configuration, job or data file is not well-formed YAML or JSON. */
  public static final String CONFIG_PARSE = "CONFIG_PARSE";

  /** A key that does not exist; the nearest one is suggested. */
  public static final String CONFIG_UNKNOWN_KEY = "CONFIG_UNKNOWN_KEY";

  /** A value of an invalid type. */
  public static final String CONFIG_TYPE = "CONFIG_TYPE";

  /** A value outside its range. */
  public static final String CONFIG_RANGE = "CONFIG_RANGE";

  /** A required key is missing. */
  public static final String CONFIG_REQUIRED = "CONFIG_REQUIRED";

  /** A YAML tag that would build an object. */
  public static final String CONFIG_TAG_FORBIDDEN = "CONFIG_TAG_FORBIDDEN";

  /** Too many aliases, or nesting that is too deep. */
  public static final String CONFIG_TOO_COMPLEX = "CONFIG_TOO_COMPLEX";

  /** The same key twice in one mapping. */
  public static final String CONFIG_DUPLICATE_KEY = "CONFIG_DUPLICATE_KEY";

  /** A NUL byte or invalid UTF-8. */
  public static final String CONFIG_ENCODING = "CONFIG_ENCODING";

  /** A configuration, job or data file over its size limit. */
  public static final String CONFIG_TOO_LARGE = "CONFIG_TOO_LARGE";

  /** A configuration file that is a symlink, a FIFO or a directory. */
  public static final String CONFIG_NOT_REGULAR = "CONFIG_NOT_REGULAR";

  /** gitvan.yaml and gitvan.json are both present. */
  public static final String CONFIG_DUPLICATE_FILE = "CONFIG_DUPLICATE_FILE";

  /** A file name that is similar to one that GitVan reads. */
  public static final String CONFIG_FILE_NAME = "CONFIG_FILE_NAME";

  /** A setting in a file that may not contain it. */
  public static final String CONFIG_PLACE = "CONFIG_PLACE";

  /** A section of a plugin that is not installed; a warning. */
  public static final String CONFIG_PLUGIN_ABSENT = "CONFIG_PLUGIN_ABSENT";

  /** No template of that name in the template roots. */
  public static final String TEMPLATE_NOT_FOUND = "TEMPLATE_NOT_FOUND";

  /** A template that does not compile. */
  public static final String TEMPLATE_SYNTAX = "TEMPLATE_SYNTAX";

  /** A variable or attribute that is not defined. */
  public static final String TEMPLATE_UNDEFINED = "TEMPLATE_UNDEFINED";

  /** An include, import or parent outside the template roots. */
  public static final String TEMPLATE_OUTSIDE_ROOT = "TEMPLATE_OUTSIDE_ROOT";

  /** A method call that templates may not make. */
  public static final String TEMPLATE_METHOD_DENIED = "TEMPLATE_METHOD_DENIED";

  /** A range that would build too many items. */
  public static final String TEMPLATE_RANGE_LIMIT = "TEMPLATE_RANGE_LIMIT";

  /** Output over templates.max-output. */
  public static final String TEMPLATE_OUTPUT_LIMIT = "TEMPLATE_OUTPUT_LIMIT";

  /** Includes, parents or macros nested too deeply. */
  public static final String TEMPLATE_DEPTH = "TEMPLATE_DEPTH";

  /** An engine that is not bounded took longer than it may. */
  public static final String TEMPLATE_TIMEOUT = "TEMPLATE_TIMEOUT";

  /** Rendering failed for another reason, such as a filter's bad argument. */
  public static final String TEMPLATE_FAILED = "TEMPLATE_FAILED";

  /** No installed engine of that name or for that extension. */
  public static final String TEMPLATE_NO_ENGINE = "TEMPLATE_NO_ENGINE";

  /** A template whose front matter has neither {@code to} nor {@code inject}. */
  public static final String TEMPLATE_NO_PLAN = "TEMPLATE_NO_PLAN";

  /** An output outside the worktree or inside a Git directory. */
  public static final String OUTPUT_FORBIDDEN_PATH = "OUTPUT_FORBIDDEN_PATH";

  /** An output path that leads through a symbolic link. */
  public static final String OUTPUT_SYMLINK = "OUTPUT_SYMLINK";

  /** An output path that is a directory or another non-file. */
  public static final String OUTPUT_NOT_A_FILE = "OUTPUT_NOT_A_FILE";

  /** A plan would replace a file without permission. */
  public static final String OUTPUT_EXISTS = "OUTPUT_EXISTS";

  /** The file that a plan injects into does not exist. */
  public static final String OUTPUT_NOT_FOUND = "OUTPUT_NOT_FOUND";

  /** A marker is not in the file that a plan injects into. */
  public static final String OUTPUT_MARKER_NOT_FOUND = "OUTPUT_MARKER_NOT_FOUND";

  /** Another process changed a file while a plan was applied, or replaced its folder. */
  public static final String OUTPUT_CHANGED = "OUTPUT_CHANGED";

  /** Two outputs of one step or plan with the same path. */
  public static final String OUTPUT_DUPLICATE = "OUTPUT_DUPLICATE";

  /** No job of that name. */
  public static final String JOB_NOT_FOUND = "JOB_NOT_FOUND";

  /** The job failed. */
  public static final String JOB_FAILED = "JOB_FAILED";

  /** A step of the job failed. */
  public static final String STEP_FAILED = "STEP_FAILED";

  /** Jobs that call each other in a cycle. */
  public static final String JOB_CYCLE = "JOB_CYCLE";

  /** The same job defined twice. */
  public static final String JOB_DUPLICATE = "JOB_DUPLICATE";

  /** A cron expression that is not valid. */
  public static final String JOB_CRON = "JOB_CRON";

  /** A timeout that is not a positive duration. */
  public static final String JOB_TIMEOUT_INVALID = "JOB_TIMEOUT_INVALID";

  /** A regular expression that is not linear-time (RE2). */
  public static final String JOB_REGEX_UNSUPPORTED = "JOB_REGEX_UNSUPPORTED";

  /** The definition has changed since it was approved. */
  public static final String JOB_UNTRUSTED_DEFINITION = "JOB_UNTRUSTED_DEFINITION";

  /** Nothing installed can run the job or the step type. */
  public static final String JOB_NO_HANDLER = "JOB_NO_HANDLER";

  /** An input that the job does not declare, or whose value is invalid. */
  public static final String JOB_INPUT_INVALID = "JOB_INPUT_INVALID";

  /** A job name that is not valid. */
  public static final String JOB_NAME_INVALID = "JOB_NAME_INVALID";

  /** A chain of jobs longer than 8. */
  public static final String JOB_DEPTH = "JOB_DEPTH";

  /** Inputs or data over their size limit. */
  public static final String PAYLOAD_TOO_LARGE = "PAYLOAD_TOO_LARGE";

  /** Inputs or data nested too deeply. */
  public static final String PAYLOAD_TOO_DEEP = "PAYLOAD_TOO_DEEP";

  /** The same key with other inputs. */
  public static final String KEY_CONFLICT = "KEY_CONFLICT";

  /** A gate refused the operation. */
  public static final String HOOK_VETOED = "HOOK_VETOED";

  /** No such hook point. */
  public static final String HOOK_NOT_FOUND = "HOOK_NOT_FOUND";

  /** Hooks whose order contradicts itself. */
  public static final String HOOK_CYCLE = "HOOK_CYCLE";

  /** A hook that did not end when it was interrupted. */
  public static final String HOOK_QUARANTINED = "HOOK_QUARANTINED";

  /** No such event predicate. */
  public static final String PREDICATE_NOT_FOUND = "PREDICATE_NOT_FOUND";

  /** Parameters that an event predicate does not have, or values of another type. */
  public static final String PREDICATE_INVALID = "PREDICATE_INVALID";

  /** A tag or ref that exists already. */
  public static final String REF_EXISTS = "REF_EXISTS";

  /** An invalid or reserved ref name, or a notes ref that does not point to a commit. */
  public static final String REF_INVALID = "REF_INVALID";

  /** A branch that is checked out in a worktree and would be moved or deleted. */
  public static final String REF_CHECKED_OUT = "REF_CHECKED_OUT";

  /** A value that Git would read as an option. */
  public static final String ARG_LOOKS_LIKE_OPTION = "ARG_LOOKS_LIKE_OPTION";

  /** A URL scheme that is not allowed. */
  public static final String URL_SCHEME_DENIED = "URL_SCHEME_DENIED";

  /** An abbreviated id that matches several objects or receipts. */
  public static final String OBJECT_AMBIGUOUS = "OBJECT_AMBIGUOUS";

  /** No such object or revision. */
  public static final String OBJECT_NOT_FOUND = "OBJECT_NOT_FOUND";

  /** Not inside a Git repository. */
  public static final String REPO_NOT_FOUND = "REPO_NOT_FOUND";

  /** The repository has no commit yet, but one is required. */
  public static final String REPO_EMPTY = "REPO_EMPTY";

  /** A bare repository, and a step that needs a worktree. */
  public static final String REPO_BARE = "REPO_BARE";

  /** A merge, rebase, cherry-pick or revert is in progress. */
  public static final String REPO_IN_PROGRESS = "REPO_IN_PROGRESS";

  /** Another process holds a lock of the repository. */
  public static final String REPO_LOCKED = "REPO_LOCKED";

  /** The branch moved and changed the same paths. */
  public static final String REPO_MOVED = "REPO_MOVED";

  /** The repository belongs to another user. */
  public static final String REPO_NOT_TRUSTED = "REPO_NOT_TRUSTED";

  /** An unsupported repository format or extension, or no installed bundle reads Git. */
  public static final String REPO_UNSUPPORTED = "REPO_UNSUPPORTED";

  /** HEAD is detached, and the step needs a branch. */
  public static final String HEAD_DETACHED = "HEAD_DETACHED";

  /** Another branch was checked out during the run. */
  public static final String HEAD_MOVED = "HEAD_MOVED";

  /** No user.name and user.email for a commit. */
  public static final String IDENTITY_MISSING = "IDENTITY_MISSING";

  /** A commit or tag could not be signed as configured. */
  public static final String SIGNING_FAILED = "SIGNING_FAILED";

  /** A path with a clean filter, such as Git LFS. */
  public static final String FILTER_UNSUPPORTED = "FILTER_UNSUPPORTED";

  /** No installed bundle can write to Git. */
  public static final String NO_TRANSACTION = "NO_TRANSACTION";

  /** There is no git command, or its version is too old for the operation. */
  public static final String GIT_UNAVAILABLE = "GIT_UNAVAILABLE";

  /** The git command failed for a reason that has no code of its own. */
  public static final String GIT_FAILED = "GIT_FAILED";

  /** A branch that is not fully merged and would be deleted. */
  public static final String REF_NOT_MERGED = "REF_NOT_MERGED";

  /** Uncommitted changes would be overwritten. */
  public static final String REPO_DIRTY = "REPO_DIRTY";

  /** A merge, rebase, cherry-pick, revert or stash that conflicts. */
  public static final String MERGE_CONFLICT = "MERGE_CONFLICT";

  /** A merge that is not allowed, such as one that is not a fast-forward. */
  public static final String MERGE_REFUSED = "MERGE_REFUSED";

  /** An immediate operation in a run that has staged changes. */
  public static final String RUN_STAGED = "RUN_STAGED";

  /** An immediate operation in a dry run. */
  public static final String DRY_RUN = "DRY_RUN";

  /** No remote of that name, or no repository at its URL. */
  public static final String REMOTE_NOT_FOUND = "REMOTE_NOT_FOUND";

  /** No such branch or tag on the remote, or none to push. */
  public static final String REMOTE_REF_NOT_FOUND = "REMOTE_REF_NOT_FOUND";

  /** The remote requires credentials, and GitVan does not prompt. */
  public static final String REMOTE_AUTH = "REMOTE_AUTH";

  /** The remote cannot be reached. */
  public static final String REMOTE_UNREACHABLE = "REMOTE_UNREACHABLE";

  /** The remote, or Git on its behalf, rejected a ref. */
  public static final String REMOTE_REJECTED = "REMOTE_REJECTED";

  /** No receipt of that id. */
  public static final String RECEIPT_NOT_FOUND = "RECEIPT_NOT_FOUND";

  /** A receipt that cannot be parsed, or two different receipts of one run. */
  public static final String RECEIPT_INVALID = "RECEIPT_INVALID";

  /** A receipt whose commit has no trailer of its run. */
  public static final String RECEIPT_COMMIT_MISMATCH = "RECEIPT_COMMIT_MISMATCH";

  /** An artifact that differs from its receipt. */
  public static final String RECEIPT_ARTIFACT_CHANGED = "RECEIPT_ARTIFACT_CHANGED";

  /** A GitVan lock is held by another owner. */
  public static final String LOCK_HELD = "LOCK_HELD";

  /** A GitVan lock was lost: its lease has expired, and another owner may hold it. */
  public static final String LOCK_LOST = "LOCK_LOST";

  /** No lock of that name. */
  public static final String LOCK_NOT_FOUND = "LOCK_NOT_FOUND";

  /** No such cache. */
  public static final String CACHE_NOT_FOUND = "CACHE_NOT_FOUND";

  /** Too many runs are waiting. */
  public static final String QUEUE_FULL = "QUEUE_FULL";

  /** The daemon cannot be reached. */
  public static final String DAEMON_UNAVAILABLE = "DAEMON_UNAVAILABLE";

  /** A deadline passed. */
  public static final String TIMEOUT = "TIMEOUT";

  /** The run was cancelled. */
  public static final String INTERRUPTED = "INTERRUPTED";

  /** A child process printed more than the limit. */
  public static final String OUTPUT_LIMIT = "OUTPUT_LIMIT";

  /** No such plugin. */
  public static final String PLUGIN_NOT_FOUND = "PLUGIN_NOT_FOUND";

  /** A file or URL that is not a bundle. */
  public static final String PLUGIN_ARCHIVE = "PLUGIN_ARCHIVE";

  /** A bundle that requires something that is not installed, or another version of it. */
  public static final String PLUGIN_UNRESOLVED = "PLUGIN_UNRESOLVED";

  /** A bundle that fails to start, or whose components are not satisfied. */
  public static final String PLUGIN_START_FAILED = "PLUGIN_START_FAILED";

  /** A bundle that was stopped or uninstalled by force while a run used it. */
  public static final String BUNDLE_GONE = "BUNDLE_GONE";

  /** A bundle that cannot be replaced or stopped, because runs still use it. */
  public static final String SWAP_BUSY = "SWAP_BUSY";

  /** A service that no working bundle provides. */
  public static final String SERVICE_MISSING = "SERVICE_MISSING";

  /** No permission for a file or directory. */
  public static final String ACCESS_DENIED = "ACCESS_DENIED";

  /** No space left; nothing partial was left behind. */
  public static final String DISK_FULL = "DISK_FULL";

  /** Reading or writing failed. */
  public static final String IO_ERROR = "IO_ERROR";

  /** A bug in GitVan or in a plugin. */
  public static final String INTERNAL = "INTERNAL";

  private Codes() {}
}
