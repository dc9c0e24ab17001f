package dev.gitvan.job;

/**
 * The origin of a job. A job of the repository hides a job of a bundle with the same name.
 *
 * @param location file and line, relative to the worktree, or the bundle's symbolic name and
 *     version
 */
public record JobOrigin(Kind kind, String location) {
  /** The kinds of origins. */
  public enum Kind {
    FILE,
    BUNDLE
  }
}
