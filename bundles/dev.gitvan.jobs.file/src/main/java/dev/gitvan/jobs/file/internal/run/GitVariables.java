package dev.gitvan.jobs.file.internal.run;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Git's own variables, which tie a process to one repository: what {@code git rev-parse
 * --local-env-vars} prints, of Git 2.52. A job that runs inside a hook inherits them, and Git in
 * its steps would work on the wrong index.
 */
final class GitVariables {
  private static final Set<String> LOCAL =
      Set.of(
          "GIT_ALTERNATE_OBJECT_DIRECTORIES",
          "GIT_COMMON_DIR",
          "GIT_CONFIG",
          "GIT_CONFIG_COUNT",
          "GIT_CONFIG_PARAMETERS",
          "GIT_DIR",
          "GIT_GRAFT_FILE",
          "GIT_IMPLICIT_WORK_TREE",
          "GIT_INDEX_FILE",
          "GIT_INTERNAL_SUPER_PREFIX",
          "GIT_NO_REPLACE_OBJECTS",
          "GIT_OBJECT_DIRECTORY",
          "GIT_PREFIX",
          "GIT_QUARANTINE_PATH",
          "GIT_REPLACE_REF_BASE",
          "GIT_SHALLOW_FILE",
          "GIT_WORK_TREE");

  private GitVariables() {}

  /** A copy of an environment without them. */
  static Map<String, String> removedFrom(Map<String, String> environment) {
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
