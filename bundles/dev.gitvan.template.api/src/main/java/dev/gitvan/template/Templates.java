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
 * Renders templates with whichever engine takes them: by file extension, else the configuration's
 * default. Templates are found below {@code templates.dir}, then below the worktree itself. Safe
 * for any thread.
 */
@ProviderType
public interface Templates {
  /**
   * The templates of a worktree, under one configuration.
   *
   * @throws dev.gitvan.diagnostics.GitVanException {@code TEMPLATE_NO_ENGINE} when the default
   *     engine is not installed
   */
  default TemplateSet open(WorktreeId worktree, Configuration configuration) {
    return open(worktree, configuration, false);
  }

  /**
   * As {@link #open(WorktreeId, Configuration)}.
   *
   * @param dryRun whether no cache may be touched
   */
  TemplateSet open(WorktreeId worktree, Configuration configuration, boolean dryRun);

  /**
   * As {@link #open(WorktreeId, Configuration, boolean)}, for a run: its outputs are not kept in
   * the repository, whose refs a run that fails leaves as they were.
   */
  default TemplateSet openForRun(WorktreeId worktree, Configuration configuration, boolean dryRun) {
    return open(worktree, configuration, dryRun);
  }

  /**
   * The data that every template of a worktree sees.
   *
   * @param now the run's start
   * @param environment the caller's; only names in {@code templates.env} are visible
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
     * Renders a template into a writer, or takes the output of an earlier rendering of the same
     * templates and data. The data of its front matter stands in for what is not given.
     *
     * @throws IOException what the writer threw
     * @throws dev.gitvan.diagnostics.GitVanException {@code TEMPLATE_*}
     */
    Rendered render(String name, Map<String, ?> data, Writer out) throws IOException;

    /** Renders a template into memory, always. */
    String render(String name, Map<String, ?> data);

    /**
     * Renders text that is itself a template, with the default engine.
     *
     * @param name how errors name it
     */
    String renderText(String name, String text, Map<String, ?> data);

    /** Tests an expression of the default engine. */
    boolean test(String name, String expression, Map<String, ?> data);

    /** Checks text that is a template, or an expression, without rendering it. */
    List<Problem> checkText(String name, String text, boolean expression);

    /** The templates below {@code templates.dir}, by name, with the engine that takes each. */
    List<TemplateListing> list();

    /** Compiles one template, or all when the name is null, and tells everything that is wrong. */
    List<Problem> check(String name);

    /**
     * Renders a template into a file of the worktree: streamed into a temporary file beside it,
     * which then takes its name. A file that already has the content is left alone.
     *
     * @param path below the worktree, with {@code /}; its folders are made
     * @throws dev.gitvan.diagnostics.GitVanException {@code TEMPLATE_*}, {@code
     *     OUTPUT_FORBIDDEN_PATH}, {@code OUTPUT_SYMLINK}, {@code OUTPUT_NOT_A_FILE}, {@code
     *     DISK_FULL}, {@code ACCESS_DENIED}, {@code REPO_BARE}; no partial file is left
     */
    Written write(String name, Map<String, ?> data, String path);

    /** What {@link #write} would do. Touches nothing, and fails as {@link #write} would. */
    Preview preview(String name, Map<String, ?> data, String path);

    /**
     * Whether the template's front matter says what becomes of its output.
     *
     * @throws dev.gitvan.diagnostics.GitVanException as {@link #plan}, for what is wrong with the
     *     template or its front matter
     */
    boolean hasPlan(String name);

    /**
     * What {@link #apply} would do, with diffs. Touches nothing, and fails as {@link #apply} would.
     *
     * @throws dev.gitvan.diagnostics.GitVanException {@code TEMPLATE_NO_PLAN}; {@code CONFIG_*} for
     *     what is wrong with the front matter; {@code OUTPUT_EXISTS}, {@code OUTPUT_NOT_FOUND},
     *     {@code OUTPUT_MARKER_NOT_FOUND}, {@code OUTPUT_DUPLICATE}; what {@link #write} throws
     */
    PlanResult plan(String name, Map<String, ?> data);

    /**
     * Does what the template's front matter says: every output is prepared in a temporary file
     * beside its target, then all take their names. Whatever fails, no file is changed.
     *
     * @throws dev.gitvan.diagnostics.GitVanException as {@link #plan}; {@code OUTPUT_CHANGED} when
     *     a file was changed meanwhile
     */
    PlanResult apply(String name, Map<String, ?> data);
  }

  /** A template in a list. */
  record TemplateListing(String name, String engine) {}

  /**
   * An output that would be written.
   *
   * @param artifact the file as it would be
   * @param diff a unified diff from what it is now; empty when that is the same
   */
  record Preview(Artifact artifact, String diff) {}

  /**
   * An output.
   *
   * @param changed false when the file already had this content
   */
  record Written(Artifact artifact, boolean changed, Rendered rendered) {}

  /**
   * How an output came about.
   *
   * @param tier the cache tier that had it; empty when it was rendered
   */
  record Rendered(String tier) {
    /** It was rendered. */
    public static final Rendered NOW = new Rendered("");

    /** Whether nothing was rendered: the output of an earlier rendering was taken. */
    public boolean isCached() {
      return !tier.isEmpty();
    }
  }
}
