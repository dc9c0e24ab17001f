package dev.gitvan.config;

import dev.gitvan.diagnostics.Problem;
import dev.gitvan.job.StepSchema;
import dev.gitvan.repository.WorktreeId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Loads configurations. Safe for any thread. */
@ProviderType
public interface Configurations {
  /**
   * The configuration of a worktree as its files are now; of a bare repository the user's. Cheap
   * when nothing has changed. While the files are invalid, the last valid configuration of this
   * process, if there is one; see {@link #rejected}.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code CONFIG_*} with file:line:column
   */
  Configuration load(WorktreeId worktree);

  /**
   * The user's own configuration, without a repository. While the file is invalid, the last valid
   * one of this process, if there is one, or the defaults.
   */
  Configuration ofUser();

  /**
   * The problem of a worktree's files when {@link #load} has last returned the configuration of
   * earlier ones instead; empty when it has not.
   */
  Optional<Problem> rejected(WorktreeId worktree);

  /**
   * All problems of a worktree's configuration files. Job sources check what is below {@code jobs}.
   */
  Validation validate(WorktreeId worktree);

  /**
   * Returns the existing configuration files of a worktree, in the order in which they are merged.
   */
  List<Path> files(WorktreeId worktree);

  /** The configuration without files: the defaults. */
  Configuration defaults();

  /**
   * The JSON Schema (draft 2020-12) of {@code gitvan.yaml}, with the sections of all bundles, as
   * text.
   *
   * @param steps schemas of the step types that jobs may have, by key
   */
  String schema(Map<String, StepSchema> steps);

  /**
   * Problems of configuration files, ordered by location.
   *
   * @param errors why {@link #load} rejects the files; empty when they are valid
   * @param warnings what deserves a look, such as a section without its plugin
   */
  record Validation(List<Problem> errors, List<Problem> warnings) {
    public Validation {
      errors = List.copyOf(errors);
      warnings = List.copyOf(warnings);
    }
  }
}
