package dev.gitvan.template.pebble.internal;

import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.template.spi.CompiledTemplate;
import dev.gitvan.template.spi.Condition;
import dev.gitvan.template.spi.EngineOptions;
import dev.gitvan.template.spi.TemplateEngine;
import dev.gitvan.template.spi.TemplateLoader;
import dev.gitvan.template.spi.TemplateLoader.Source;
import io.pebbletemplates.pebble.PebbleEngine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Compiled templates of one loader. A file is compiled once for each version; a {@link Unit} is
 * linked anew when one of its files has another. Safe for any thread.
 */
final class PebbleSession implements TemplateEngine.Session {
  private static final int MAX_FILES = 10_000;
  private static final int MAX_TEXTS = 1000;

  private final PebbleEngine engine;
  private final EngineOptions options;
  private final TemplateLoader loader;
  private final TemplateCompiler compiler;
  private final Map<String, File> files = new ConcurrentHashMap<>();
  private final Map<String, Unit> units = new ConcurrentHashMap<>();
  private final Map<TextKey, Object> texts =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TextKey, Object> eldest) {
          return size() > MAX_TEXTS;
        }
      };

  PebbleSession(
      PebbleEngine engine, Dialect dialect, EngineOptions options, TemplateLoader loader) {
    this.engine = engine;
    this.options = options;
    this.loader = loader;
    this.compiler = new TemplateCompiler(engine, dialect, loader::resolve);
  }

  /** A file that was compiled. */
  private record File(Source source, TemplateCompiler.Compiled compiled) {}

  private record TextKey(String name, String text, boolean expression) {}

  private record TextCondition(Unit unit, Condition condition) {}

  PebbleEngine engine() {
    return engine;
  }

  EngineOptions options() {
    return options;
  }

  @Override
  public CompiledTemplate compile(String name) {
    return unit(name);
  }

  /** The templates that a rendering needs for one that it names as it goes. */
  Map<String, Template> link(String name) {
    return unit(name).templates();
  }

  private Unit unit(String name) {
    var known = units.get(name);
    if (known != null && isCurrent(known)) {
      return known;
    }
    var source = loader.load(name);
    var root = file(source);
    var linked = new LinkedHashMap<String, Template>();
    var sources = new ArrayList<Source>();
    linked.put(source.name(), root.template());
    linked.put(name, root.template());
    sources.add(source);
    link(source.name(), root, linked, sources);
    var fresh = new Unit(this, root.template(), Map.copyOf(linked), List.copyOf(sources));
    bound(units);
    units.put(name, fresh);
    return fresh;
  }

  private boolean isCurrent(Unit unit) {
    try {
      return unit.isCurrent(loader);
    } catch (GitVanException e) {
      // Linking it anew tells which template names the one that has gone.
      return false;
    }
  }

  private TemplateCompiler.Compiled file(Source source) {
    var known = files.get(source.name());
    if (known != null && known.source().version().equals(source.version())) {
      return known.compiled();
    }
    var fresh = compiler.compile(source.name(), source.text());
    bound(files);
    files.put(source.name(), new File(source, fresh));
    return fresh;
  }

  private static void bound(Map<String, ?> map) {
    if (map.size() >= MAX_FILES) {
      map.clear();
    }
  }

  /** Adds the templates that one names, and those that they name. */
  private void link(
      String rootName,
      TemplateCompiler.Compiled root,
      Map<String, Template> linked,
      List<Source> sources) {
    record Reference(String from, int line, String to) {}
    Deque<Reference> open = new ArrayDeque<>();
    root.references().forEach((to, line) -> open.add(new Reference(rootName, line, to)));
    while (!open.isEmpty()) {
      var reference = open.remove();
      try {
        var name = loader.resolve(reference.to(), reference.from());
        if (linked.containsKey(name)) {
          continue;
        }
        var source = loader.load(name);
        sources.add(source);
        var file = file(source);
        linked.put(source.name(), file.template());
        linked.put(name, file.template());
        file.references().forEach((to, line) -> open.add(new Reference(source.name(), line, to)));
      } catch (GitVanException e) {
        throw named(e, reference.to(), Failure.place(reference.from(), reference.line()));
      }
    }
  }

  /** A problem with a template that another names is told where it is named. */
  private static GitVanException named(GitVanException e, String reference, String place) {
    var problem = e.problem();
    if (problem.place().contains(":")) {
      return e;
    }
    return new Problem(problem.code(), place, reference + ": " + problem.what(), problem.remedy())
        .toException(e);
  }

  @Override
  public CompiledTemplate compileText(String name, String text) {
    if (text.indexOf('{') < 0) {
      return (data, out) -> out.write(text);
    }
    var key = new TextKey(name, text, false);
    if (known(key) instanceof Unit unit && isCurrent(unit)) {
      return unit;
    }
    var unit = textUnit(name, compiler.compile(name, text));
    remember(key, unit);
    return unit;
  }

  @Override
  public Condition compileCondition(String name, String expression) {
    var key = new TextKey(name, expression, true);
    if (known(key) instanceof TextCondition known) {
      return known.condition();
    }
    var compiled = compiler.compileExpression(name, expression);
    var unit = new Unit(this, compiled.template(), Map.of(), List.of());
    Condition condition = data -> Values.isTrue(unit.evaluate(compiled.expression(), data));
    remember(key, new TextCondition(unit, condition));
    return condition;
  }

  private Unit textUnit(String name, TemplateCompiler.Compiled compiled) {
    var linked = new LinkedHashMap<String, Template>();
    var sources = new ArrayList<Source>();
    link(name, compiled, linked, sources);
    return new Unit(this, compiled.template(), Map.copyOf(linked), List.copyOf(sources));
  }

  private Object known(TextKey key) {
    synchronized (texts) {
      return texts.get(key);
    }
  }

  private void remember(TextKey key, Object compiled) {
    synchronized (texts) {
      texts.put(key, compiled);
    }
  }

  @Override
  public void close() {
    files.clear();
    units.clear();
    synchronized (texts) {
      texts.clear();
    }
  }
}
