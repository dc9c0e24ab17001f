package dev.gitvan.template.spi;

import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A template language. Register it as a service with {@link GitVanTemplateEngine}. Safe for any
 * thread. It reads no files: everything comes from the loader that it is given.
 */
@ConsumerType
public interface TemplateEngine {
  /**
   * Opens the engine for one set of options and one loader. Before a template is used in a
   * rendering it is loaded, each time and on the rendering's thread: while {@link
   * TemplateLoader#load} returns the same bytes for a name, {@link TemplateLoader#compiled} keeps
   * what was made of it. A rendering uses of each template what was loaded for it first.
   */
  Session open(EngineOptions options, TemplateLoader loader);

  /**
   * Names that no contributed filter can have, because the language uses them: those of its own
   * filters, for example.
   */
  default Set<String> filterNames() {
    return Set.of();
  }

  /** Names that no contributed function can have, because the language uses them. */
  default Set<String> functionNames() {
    return Set.of();
  }

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

    /**
     * Everything that is wrong with templates and can be known without data: every mistake of each,
     * as far as the language allows, and whatever one names and no other has.
     *
     * @param names the templates that are checked
     * @param all every template of the folder: what one uses may come from any of them
     */
    default List<Problem> check(Collection<String> names, Collection<String> all) {
      var problems = new LinkedHashSet<Problem>();
      for (var name : names) {
        try {
          compile(name);
        } catch (GitVanException e) {
          problems.add(e.problem());
        }
      }
      return List.copyOf(problems);
    }

    @Override
    void close();
  }
}
