package dev.gitvan.git;

import java.util.Arrays;
import java.util.List;

/** The two sides to compare, and how. Immutable: methods with a parameter return a changed copy. */
public final class DiffQuery {
  private static final int CONTEXT = 3;

  /** The sides of a comparison. */
  public enum Sides {
    /** Two revisions. */
    REVISIONS,
    /** A revision and the index. */
    REVISION_INDEX,
    /** The index and the files. */
    INDEX_FILES,
    /** A revision and the tracked files. */
    REVISION_FILES
  }

  private final Sides sides;
  private final String from;
  private final String to;
  private final List<String> paths;
  private final List<String> globs;
  private final boolean renames;
  private final int context;

  private DiffQuery(
      Sides sides,
      String from,
      String to,
      List<String> paths,
      List<String> globs,
      boolean renames,
      int context) {
    this.sides = sides;
    this.from = from;
    this.to = to;
    this.paths = paths;
    this.globs = globs;
    this.renames = renames;
    this.context = context;
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

  /** The staged changes: from HEAD to the index. */
  public static DiffQuery staged() {
    return of(Sides.REVISION_INDEX, "HEAD", null);
  }

  /** The unstaged changes: from the index to the files. */
  public static DiffQuery unstaged() {
    return of(Sides.INDEX_FILES, null, null);
  }

  /** From a revision to the files, staged or not, without untracked files. */
  public static DiffQuery worktree(String from) {
    return of(Sides.REVISION_FILES, from, null);
  }

  /** A copy for some files and folders. */
  public DiffQuery paths(String... only) {
    return new DiffQuery(sides, from, to, List.of(only), globs, renames, context);
  }

  /** A copy for paths that match a glob. */
  public DiffQuery globs(String... only) {
    return new DiffQuery(sides, from, to, paths, List.of(only), renames, context);
  }

  /** A copy without rename detection. */
  public DiffQuery withoutRenames() {
    return new DiffQuery(sides, from, to, paths, globs, false, context);
  }

  /** A copy with another number of context lines. */
  public DiffQuery context(int lines) {
    return new DiffQuery(sides, from, to, paths, globs, renames, lines);
  }

  /** What is compared. */
  public Sides sides() {
    return sides;
  }

  /** A revision, if the sides need one; null: the empty tree. */
  public String from() {
    return from;
  }

  /** A revision, if the sides need one; else null. */
  public String to() {
    return to;
  }

  /** Files and folders to include, in addition to {@link #globs()}; both empty: all. */
  public List<String> paths() {
    return paths;
  }

  /** Globs of paths to include: {@code *} matches within a folder, {@code **} across folders. */
  public List<String> globs() {
    return globs;
  }

  /** Whether renames are detected; else they are a deletion and an addition. */
  public boolean renames() {
    return renames;
  }

  /** Number of context lines in a patch. */
  public int context() {
    return context;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DiffQuery query && values().equals(query.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "DiffQuery" + values();
  }

  private List<Object> values() {
    return Arrays.asList(sides, from, to, paths, globs, renames, context);
  }
}
