package dev.gitvan.repository;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Git's environment variables that decide which repository, index, objects and configuration a
 * process sees, and what GitVan does with them when its caller has set them, as Git does for its
 * hooks. Only the environment of the caller counts; nothing in a repository can set them.
 *
 * @see <a href="https://git-scm.com/docs/git#_environment_variables">git(1)</a>, <a
 *     href="https://git-scm.com/docs/githooks">githooks(5)</a>
 */
public enum GitVariable {
  /** The Git directory. Set in hooks of linked worktrees, and of pushes. */
  GIT_DIR(Use.HONOURED),
  /** The files of the worktree, over {@code core.worktree} and {@code core.bare}. */
  GIT_WORK_TREE(Use.HONOURED),
  /** Whether the current directory is the worktree of {@code GIT_DIR}. */
  GIT_IMPLICIT_WORK_TREE(Use.HONOURED),
  /** The index: a temporary one in hooks of {@code git commit -a} and {@code git commit PATH}. */
  GIT_INDEX_FILE(Use.HONOURED),
  /** Folders that are not searched for a repository. A user's setting, so that children keep it. */
  GIT_CEILING_DIRECTORIES(Use.HONOURED, false),
  /** Number of pairs {@code GIT_CONFIG_KEY_<n>} and {@code GIT_CONFIG_VALUE_<n>}. */
  GIT_CONFIG_COUNT(Use.HONOURED),
  /** Configuration of {@code git -c}. */
  GIT_CONFIG_PARAMETERS(Use.HONOURED),
  /** Objects are read as they are, whatever {@code refs/replace} says. */
  GIT_NO_REPLACE_OBJECTS(Use.HONOURED),

  /** Objects of a push that Git has not accepted yet. */
  GIT_QUARANTINE_PATH(Use.REFUSED),
  /** Another place of the objects. */
  GIT_OBJECT_DIRECTORY(Use.REFUSED),
  /** More places of objects. */
  GIT_ALTERNATE_OBJECT_DIRECTORIES(Use.REFUSED),
  /** Another place of what worktrees share. */
  GIT_COMMON_DIR(Use.REFUSED),
  /** Other boundaries of the history. */
  GIT_SHALLOW_FILE(Use.REFUSED),
  /** Other parents of commits. */
  GIT_GRAFT_FILE(Use.REFUSED),
  /** Other refs with replacements of objects. */
  GIT_REPLACE_REF_BASE(Use.REFUSED),
  /** A tree with other attributes. */
  GIT_ATTR_SOURCE(Use.REFUSED),

  /** Where the user was before Git changed to the top of the worktree: for information only. */
  GIT_PREFIX(Use.IGNORED),
  /** The same inside submodules. */
  GIT_INTERNAL_SUPER_PREFIX(Use.IGNORED),
  /** The file of {@code git config} alone. */
  GIT_CONFIG(Use.IGNORED),
  /** The refs that are served to others; local commands see all. */
  GIT_NAMESPACE(Use.IGNORED, false);

  /** What GitVan does with a variable. */
  public enum Use {
    /** It has the meaning that Git gives it. */
    HONOURED,
    /** Unless it names what would be used anyway, the command fails and names the variable. */
    REFUSED,
    /** It does not change what GitVan reads or writes. */
    IGNORED
  }

  private static final Set<String> LOCAL =
      Arrays.stream(values())
          .filter(variable -> variable.local)
          .map(Enum::name)
          .collect(Collectors.toUnmodifiableSet());

  private final Use use;
  private final boolean local;

  GitVariable(Use use) {
    this(use, true);
  }

  GitVariable(Use use, boolean local) {
    this.use = use;
    this.local = local;
  }

  /** What GitVan does with it. */
  public Use use() {
    return use;
  }

  /** Its value, which may be empty; nothing if it is not set. */
  public Optional<String> in(Map<String, String> environment) {
    return Optional.ofNullable(environment.get(name()));
  }

  /**
   * Returns a copy of an environment without the variables that tie a process to one repository
   * (those of {@code git rev-parse --local-env-vars}): what programs get that a run starts. Git in
   * them would otherwise work on the wrong repository or index.
   */
  public static Map<String, String> removedFrom(Map<String, String> environment) {
    var copy = new TreeMap<>(environment);
    copy.keySet()
        .removeIf(
            name ->
                LOCAL.contains(name)
                    || name.startsWith("GIT_CONFIG_KEY_")
                    || name.startsWith("GIT_CONFIG_VALUE_"));
    return copy;
  }
}
