package dev.gitvan.git;

import java.util.List;

/**
 * What to compare.
 *
 * @param from a revision, where the sides ask for one; null: the empty tree
 * @param to a revision, where the sides ask for one
 * @param paths only these files and folders; with {@code globs}, what either takes; both empty: all
 * @param globs only paths that one of these takes: {@code *} within a folder, {@code **} across
 *     folders
 * @param renames whether files that were renamed are found; else they are deleted and added
 * @param context unchanged lines around a change in a patch
 */
public record DiffQuery(
    Sides sides,
    String from,
    String to,
    List<String> paths,
    List<String> globs,
    boolean renames,
    int context) {
  private static final int CONTEXT = 3;

  /** What is compared with what. */
  public enum Sides {
    /** Two revisions. */
    REVISIONS,
    /** A revision and the index. */
    REVISION_INDEX,
    /** The index and the files. */
    INDEX_FILES,
    /** A revision and the files that are tracked. */
    REVISION_FILES
  }

  public DiffQuery {
    paths = List.copyOf(paths);
    globs = List.copyOf(globs);
  }

  private static DiffQuery of(Sides sides, String from, String to) {
    return new DiffQuery(sides, from, to, List.of(), List.of(), true, CONTEXT);
  }

  /**
   * From one revision to another.
   *
   * @param from null: the empty tree
   */
  public static DiffQuery between(String from, String to) {
    return of(Sides.REVISIONS, from, to);
  }

  /** What is staged: from HEAD to the index. */
  public static DiffQuery staged() {
    return of(Sides.REVISION_INDEX, "HEAD", null);
  }

  /** What is not staged: from the index to the files. */
  public static DiffQuery unstaged() {
    return of(Sides.INDEX_FILES, null, null);
  }

  /** From a revision to the files, staged or not; untracked ones are left out. */
  public static DiffQuery worktree(String from) {
    return of(Sides.REVISION_FILES, from, null);
  }

  /** The same for some files and folders. */
  public DiffQuery paths(String... only) {
    return new DiffQuery(sides, from, to, List.of(only), globs, renames, context);
  }

  /** The same for paths that a glob takes. */
  public DiffQuery globs(String... only) {
    return new DiffQuery(sides, from, to, paths, List.of(only), renames, context);
  }

  /** The same without looking for renamed files. */
  public DiffQuery withoutRenames() {
    return new DiffQuery(sides, from, to, paths, globs, false, context);
  }

  /** The same with other lines of context. */
  public DiffQuery context(int lines) {
    return new DiffQuery(sides, from, to, paths, globs, renames, lines);
  }
}
