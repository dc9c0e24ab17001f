package dev.gitvan.job;

/**
 * Where a job comes from. A repository's job hides a bundle's job of the same name.
 *
 * @param location file and line below the worktree, or the bundle's symbolic name and version
 */
public record JobOrigin(Kind kind, String location) {
  /** The kinds of origins. */
  public enum Kind {
    FILE,
    BUNDLE
  }
}
