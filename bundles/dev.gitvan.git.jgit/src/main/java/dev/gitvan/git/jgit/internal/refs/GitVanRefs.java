package dev.gitvan.git.jgit.internal.refs;

/** Refs that GitVan keeps for itself. */
public final class GitVanRefs {
  /** The receipts of runs. */
  public static final String RECEIPTS = "refs/notes/gitvan/results";

  /** Locks: {@code refs/gitvan/locks/NAME}. */
  public static final String LOCKS = "refs/gitvan/locks/";

  private GitVanRefs() {}
}
