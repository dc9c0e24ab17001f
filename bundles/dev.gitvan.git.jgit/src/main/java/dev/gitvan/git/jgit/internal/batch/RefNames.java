package dev.gitvan.git.jgit.internal.batch;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.Excerpt;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.git.jgit.internal.refs.GitVanRefs;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;

/** Which names a batch may use. */
public final class RefNames {
  /** Refs that each worktree has for itself; they are never packed. */
  private static final List<String> OF_A_WORKTREE =
      List.of("refs/bisect/", "refs/worktree/", "refs/rewritten/");

  /** A lock's name is longer by five bytes, and file systems take 255. */
  private static final int MAX_COMPONENT = 250;

  private RefNames() {}

  /**
   * @throws GitVanException {@code REF_INVALID}
   */
  public static void check(String name) {
    if (name.equals(Constants.HEAD)) {
      throw invalid(name, "a batch cannot move HEAD", "Use the branch that HEAD points to.");
    }
    if (!name.startsWith(Constants.R_REFS) || !Repository.isValidRefName(name)) {
      throw invalid(
          name, "not a valid full ref name", "See `git help check-ref-format` for the rules.");
    }
    if (OF_A_WORKTREE.stream().anyMatch(name::startsWith)) {
      throw invalid(
          name, "the ref belongs to one worktree", "Use `git update-ref` in that worktree.");
    }
    if (name.startsWith(GitVanRefs.LOCKS)) {
      throw invalid(name, "the name is reserved for GitVan's locks", "Use `gitvan lock`.");
    }
    if (name.equals(GitVanRefs.RECEIPTS)) {
      throw invalid(
          name, "the name is reserved for GitVan's receipts", "Use another ref below refs/notes/.");
    }
    for (var component : name.split("/")) {
      if (component.getBytes(StandardCharsets.UTF_8).length > MAX_COMPONENT) {
        throw invalid(
            Excerpt.of(name, 80),
            "a part of the name is longer than " + MAX_COMPONENT + " bytes",
            "Choose a shorter name.");
      }
    }
  }

  static GitVanException invalid(String name, String why, String remedy) {
    return GitVanException.of(Codes.REF_INVALID, name, why, remedy);
  }
}
