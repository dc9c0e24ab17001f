package dev.gitvan.template.internal;

import dev.gitvan.config.Configuration;
import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.metrics.Recorder;
import dev.gitvan.repository.WorktreeId;
import dev.gitvan.template.Templates.TemplateListing;
import dev.gitvan.template.Templates.TemplateSet;
import dev.gitvan.template.Templates.Written;
import dev.gitvan.template.spi.CompiledTemplate;
import dev.gitvan.template.spi.EngineOptions;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The templates of one worktree under one configuration. */
final class WorktreeTemplates implements TemplateSet {
  /** Deeper nesting is a mistake, and the stack has no room for much more. */
  private static final int MAX_DEPTH = 50;

  private final Engines engines;
  private final Sessions sessions;
  private final CompiledStores stores;
  private final Recorder rendering;
  private final WorktreeId worktree;
  private final Configuration.Templates settings;
  private final boolean sync;
  private final boolean isolated;
  private final EngineOptions options;

  /** The session that was used last; saves a lookup under a lock for each rendering. */
  private volatile OpenSession last;

  /**
   * @param isolated whether it shares nothing with others: the cache is off, or this is a dry run
   */
  WorktreeTemplates(
      Engines engines,
      Sessions sessions,
      CompiledStores stores,
      Recorder rendering,
      WorktreeId worktree,
      Configuration configuration,
      boolean isolated) {
    this.engines = engines;
    this.sessions = sessions;
    this.stores = stores;
    this.rendering = rendering;
    this.worktree = worktree;
    this.settings = configuration.templates();
    this.sync = configuration.git().durability() == Configuration.Durability.POWER;
    this.isolated = isolated;
    this.options =
        new EngineOptions(
            settings.strict(),
            settings.autoescape(),
            settings.maxRange(),
            MAX_DEPTH,
            settings.maxOutput());
  }

  /** Where compiled templates are kept. */
  interface CompiledStores {
    CompiledStore of(InstalledEngine engine);
  }

  @Override
  public void render(String name, Map<String, ?> data, Writer out) throws IOException {
    var session = begin(engines.forFile(name, settings.engine()));
    try {
      render(compile(session, name), name, data, out);
    } finally {
      session.end();
    }
  }

  @Override
  public String render(String name, Map<String, ?> data) {
    var out = new TextWriter();
    try {
      render(name, data, out);
    } catch (IOException e) {
      throw new AssertionError("a writer into memory failed", e);
    }
    return out.toString();
  }

  @Override
  public String renderText(String name, String text, Map<String, ?> data) {
    var session = begin(defaultEngine());
    try {
      var out = new TextWriter();
      render(guarded(name, () -> session.session().compileText(name, text)), name, data, out);
      return out.toString();
    } catch (IOException e) {
      throw new AssertionError("a writer into memory failed", e);
    } finally {
      session.end();
    }
  }

  @Override
  public boolean test(String name, String expression, Map<String, ?> data) {
    var session = begin(defaultEngine());
    try {
      return guarded(name, () -> session.session().compileCondition(name, expression).test(data));
    } finally {
      session.end();
    }
  }

  @Override
  public List<Problem> checkText(String name, String text, boolean expression) {
    var problems = new ArrayList<Problem>();
    collect(
        problems,
        () -> {
          var session = begin(defaultEngine());
          try {
            return guarded(
                name,
                () ->
                    expression
                        ? session.session().compileCondition(name, text)
                        : session.session().compileText(name, text));
          } finally {
            session.end();
          }
        });
    return problems;
  }

  @Override
  public List<TemplateListing> list() {
    var listings = new ArrayList<TemplateListing>();
    for (var name : new TemplateFolders(worktree, settings.dir()).names()) {
      listings.add(new TemplateListing(name, engines.forFile(name, settings.engine()).name()));
    }
    return listings;
  }

  @Override
  public List<Problem> check(String name) {
    var names =
        name != null ? List.of(name) : new TemplateFolders(worktree, settings.dir()).names();
    var problems = new ArrayList<Problem>();
    for (var each : names) {
      collect(
          problems,
          () -> {
            var session = begin(engines.forFile(each, settings.engine()));
            try {
              return compile(session, each);
            } finally {
              session.end();
            }
          });
    }
    // A broken template that others include is one problem, not many.
    return problems.stream().distinct().toList();
  }

  @Override
  public Written write(String name, Map<String, ?> data, String path) {
    return new OutputFile(OutputPath.of(worktree, path), sync)
        .write(out -> render(name, data, out));
  }

  @Override
  public String diff(String name, Map<String, ?> data, String path) {
    var output = OutputPath.of(worktree, path);
    var before = new OutputFile(output, false).existing();
    var after = render(name, data).getBytes(StandardCharsets.UTF_8);
    return UnifiedDiff.of(output.toString(), before.orElse(null), after);
  }

  private InstalledEngine defaultEngine() {
    return engines.named(settings.engine());
  }

  private OpenSession begin(InstalledEngine engine) {
    if (isolated) {
      return sessions.open(key(engine), engine, stores.of(engine));
    }
    var known = last;
    if (known != null && known.engine() == engine && known.begin()) {
      return known;
    }
    var session = sessions.begin(key(engine), engine, stores.of(engine));
    last = session;
    return session;
  }

  private SessionKey key(InstalledEngine engine) {
    return new SessionKey(worktree, settings.dir(), engine.id(), options);
  }

  private CompiledTemplate compile(OpenSession session, String name) {
    return guarded(name, () -> session.session().compile(name));
  }

  private void render(CompiledTemplate template, String name, Map<String, ?> data, Writer out)
      throws IOException {
    long start = System.nanoTime();
    var bounded = new BoundedWriter(out, name, settings.maxOutput());
    try {
      template.render(data, bounded);
    } catch (GitVanException e) {
      throw e;
    } catch (RuntimeException e) {
      throw unexpected(name, e);
    } catch (StackOverflowError e) {
      throw tooDeep(name);
    }
    rendering.since(start);
  }

  private static <T> T guarded(String name, java.util.function.Supplier<T> call) {
    try {
      return call.get();
    } catch (GitVanException e) {
      throw e;
    } catch (RuntimeException e) {
      throw unexpected(name, e);
    } catch (StackOverflowError e) {
      throw tooDeep(name);
    }
  }

  private static GitVanException unexpected(String name, RuntimeException e) {
    var reason = e.getMessage() == null ? "the template engine failed" : e.getMessage();
    return new Problem(
            Codes.TEMPLATE_FAILED, name, reason, "Run it with -v to see what lies behind it.")
        .toException(e);
  }

  private static GitVanException tooDeep(String name) {
    return GitVanException.of(
        Codes.TEMPLATE_DEPTH, name, "the template is nested too deeply", "Nest less.");
  }

  private static void collect(List<Problem> problems, java.util.function.Supplier<?> call) {
    try {
      call.get();
    } catch (GitVanException e) {
      problems.add(e.problem());
    }
  }
}
