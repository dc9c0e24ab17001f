package dev.gitvan.config;

import dev.gitvan.diagnostics.Problem;
import dev.gitvan.repository.WorktreeId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Loads configurations. Safe for any thread. */
@ProviderType
public interface Configurations {
  /**
   * The configuration of a worktree as its files are now. Cheap when nothing has changed. While
   * something is wrong with the files, the last good one of this process, if there is any; see
   * {@link #rejected}.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code CONFIG_*} with file:line:column
   */
  Configuration load(WorktreeId worktree);

  /**
   * What is wrong with a worktree's files, when {@link #load} has last given the configuration of
   * earlier ones instead; empty when it has not.
   */
  Optional<Problem> rejected(WorktreeId worktree);

  /**
   * Everything that is wrong with a worktree's configuration files, by place; empty when nothing
   * is. What stands below {@code jobs} is the job sources' to judge.
   */
  List<Problem> validate(WorktreeId worktree);

  /** The configuration files that exist for a worktree, in the order in which they are merged. */
  List<Path> files(WorktreeId worktree);

  /** The defaults: the configuration of a repository without files. */
  Configuration defaults();

  /** The JSON Schema (draft 2020-12) of {@code gitvan.yaml}, as text. */
  String schema();
}
