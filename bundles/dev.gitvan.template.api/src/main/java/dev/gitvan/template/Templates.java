package dev.gitvan.template;

import dev.gitvan.config.Configuration;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.job.Artifact;
import dev.gitvan.repository.WorktreeId;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Renders templates with the engine of their file extension, else the configuration's default.
 * Templates are looked up below {@code templates.dir}, then below the worktree itself. Safe for any
 * thread.
 */
@ProviderType
public interface Templates {
  /**
   * Opens the templates of a worktree with a configuration.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code TEMPLATE_NO_ENGINE} if the default engine
   *     is not installed
   */
  default TemplateSet open(WorktreeId worktree, Configuration configuration) {
    return open(worktree, configuration, false);
  }

  /**
   * Like {@link #open(WorktreeId, Configuration)}.
   *
   * @param dryRun whether caches must not be used
   */
  TemplateSet open(WorktreeId worktree, Configuration configuration, boolean dryRun);

  /**
   * Like {@link #open(WorktreeId, Configuration, boolean)}, for a run: outputs are not cached in
   * the repository, because a failed run leaves its refs unchanged.
   */
  default TemplateSet openForRun(WorktreeId worktree, Configuration configuration, boolean dryRun) {
    return open(worktree, configuration, dryRun);
  }

  /**
   * The data that every template of a worktree can read.
   *
   * @param now start time of the run
   * @param environment the caller's environment; only names in {@code templates.env} are visible
   */
  TemplateData data(
      WorktreeId worktree,
      Configuration configuration,
      Instant now,
      Map<String, String> environment);

  /** The templates of one worktree. Safe for any thread. */
  @ProviderType
  interface TemplateSet {
    /**
     * Renders a template to a writer, or writes the cached output of the same templates and data.
     * The data of its front matter provides defaults.
     *
     * @throws IOException the exception of the writer
     * @throws dev.gitvan.diagnostics.GitVanException {@code TEMPLATE_*}
     */
    Rendered render(String name, Map<String, ?> data, Writer out) throws IOException;

    /** Renders a template to a string, without the cache of outputs. */
    String render(String name, Map<String, ?> data);

    /**
     * Renders a template from a string, with the default engine.
     *
     * @param name name in error messages
     */
    String renderText(String name, String text, Map<String, ?> data);

    /** Evaluates a condition in the default engine. */
    boolean test(String name, String expression, Map<String, ?> data);

    /** Checks a template or expression from a string, without rendering it. */
    List<Problem> checkText(String name, String text, boolean expression);

    /** The templates below {@code templates.dir}, by name, with their engines. */
    List<TemplateListing> list();

    /** Compiles a template, or all templates if the name is null, and returns every error. */
    List<Problem> check(String name);

    /** As {@link #write(String, Map, String, Overwrite)}, with {@link Overwrite#RECOVERABLE}. */
    default Written write(String name, Map<String, ?> data, String path) {
      return write(name, data, path, Overwrite.RECOVERABLE);
    }

    /**
     * Renders a template to a file in the worktree, through a temporary file next to it that is
     * then renamed. A file with the same content is not written.
     *
     * @param path relative to the worktree, with {@code /}; its folders are created
     * @param overwrite the files that may be replaced
     * @throws dev.gitvan.diagnostics.GitVanException {@code TEMPLATE_*}, {@code
     *     OUTPUT_FORBIDDEN_PATH}, {@code OUTPUT_SYMLINK}, {@code OUTPUT_NOT_A_FILE}, {@code
     *     DISK_FULL}, {@code ACCESS_DENIED}, {@code REPO_BARE}; {@code REPO_DIRTY} if the file may
     *     not be replaced; no partial file is left
     */
    Written write(String name, Map<String, ?> data, String path, Overwrite overwrite);

    /**
     * Previews {@link #write(String, Map, String, Overwrite)}. Changes nothing, and fails like it.
     */
    Preview preview(String name, Map<String, ?> data, String path, Overwrite overwrite);

    /**
     * Whether the template's front matter has a plan for its output.
     *
     * @throws dev.gitvan.diagnostics.GitVanException as {@link #plan}, for errors in the template
     *     or its front matter
     */
    boolean hasPlan(String name);

    /**
     * Previews {@link #apply}, with diffs. Changes nothing, and fails like {@link #apply}.
     *
     * @throws dev.gitvan.diagnostics.GitVanException {@code TEMPLATE_NO_PLAN}; {@code CONFIG_*} for
     *     errors in the front matter; {@code OUTPUT_EXISTS}, {@code OUTPUT_NOT_FOUND}, {@code
     *     OUTPUT_MARKER_NOT_FOUND}, {@code OUTPUT_DUPLICATE}; what {@link #write} throws
     */
    PlanResult plan(String name, Map<String, ?> data);

    /**
     * Applies the plan in the template's front matter: every output is prepared in a temporary file
     * next to its target, then all are renamed. If anything fails, no file is changed.
     *
     * @throws dev.gitvan.diagnostics.GitVanException as {@link #plan}; {@code OUTPUT_CHANGED} if
     *     another process changed a file
     */
    PlanResult apply(String name, Map<String, ?> data);
  }

  /** The existing files that an output may replace. */
  enum Overwrite {
    /**
     * Files whose content is committed, ignored by Git, or was written by GitVan; without a bundle
     * that reads Git repositories all files.
     */
    RECOVERABLE,
    /** All files. */
    ANY
  }

  /** A template and its engine. */
  record TemplateListing(String name, String engine) {}

  /**
   * The preview of an output.
   *
   * @param artifact the resulting file
   * @param diff a unified diff from the current file; empty if there is no change
   */
  record Preview(Artifact artifact, String diff) {}

  /**
   * A written output.
   *
   * @param changed false if the file already had this content
   */
  record Written(Artifact artifact, boolean changed, Rendered rendered) {}

  /**
   * The origin of an output: rendered, or from a cache.
   *
   * @param tier the cache tier of the output; empty if it was rendered
   */
  record Rendered(String tier) {
    /** The output was rendered. */
    public static final Rendered NOW = new Rendered("");

    /** Whether the output came from a cache. */
    public boolean isCached() {
      return !tier.isEmpty();
    }
  }
}
