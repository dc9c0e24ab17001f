package dev.gitvan.template.spi;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A template language. Register it as a service with {@link GitVanTemplateEngine}. Safe for any
 * thread. It reads no files: everything comes from the loader that it is given.
 */
@ConsumerType
public interface TemplateEngine {
  /**
   * Opens the engine for one set of options and one loader. What it compiles is kept in the session
   * and used again while {@link TemplateLoader#load} returns the same bytes for a name.
   */
  Session open(EngineOptions options, TemplateLoader loader);

  /** Compiled templates of one worktree. Safe for any thread. */
  @ConsumerType
  interface Session extends AutoCloseable {
    /**
     * Compiles a template of the loader and everything it names statically.
     *
     * @throws dev.gitvan.diagnostics.GitVanException {@code TEMPLATE_*}, with name:line as its
     *     place
     */
    CompiledTemplate compile(String name);

    /**
     * Compiles text, which may include the loader's templates.
     *
     * @param name how errors name it
     */
    CompiledTemplate compileText(String name, String text);

    /**
     * Compiles an expression, such as {@code inputs.limit > 3}, to be tested.
     *
     * @param name how errors name it
     */
    Condition compileCondition(String name, String expression);

    @Override
    void close();
  }
}
