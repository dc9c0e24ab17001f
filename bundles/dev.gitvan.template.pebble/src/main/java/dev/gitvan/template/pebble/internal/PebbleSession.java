package dev.gitvan.template.pebble.internal;

import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.template.spi.CompiledTemplate;
import dev.gitvan.template.spi.Condition;
import dev.gitvan.template.spi.EngineOptions;
import dev.gitvan.template.spi.TemplateEngine;
import dev.gitvan.template.spi.TemplateExtensions;
import dev.gitvan.template.spi.TemplateLoader;
import dev.gitvan.template.spi.TemplateLoader.Source;
import io.pebbletemplates.pebble.PebbleEngine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Links the templates of one loader into units. A file is compiled once for as long as the loader
 * keeps what came of it; a {@link Unit} is linked again when one of its files has changed. Safe for
 * any thread.
 */
final class PebbleSession implements TemplateEngine.Session {
  private final PebbleEngine engine;
  private final EngineOptions options;
  private final TemplateLoader loader;
  private final TemplateCompiler compiler;

  PebbleSession(
      PebbleEngine engine, Dialect dialect, EngineOptions options, TemplateLoader loader) {
    this.engine = engine;
    this.options = options;
    this.loader = loader;
    this.compiler = new TemplateCompiler(engine, dialect, loader.extensions(), loader::resolve);
  }

  PebbleEngine engine() {
    return engine;
  }

  EngineOptions options() {
    return options;
  }

  TemplateExtensions extensions() {
    return loader.extensions();
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
    var source = loader.load(name);
    var root = compiled(source);
    var known = root.unit();
    if (known != null && isCurrent(known)) {
      return known;
    }
    var linked = new LinkedHashMap<String, Template>();
    linked.put(source.name(), root.template());
    linked.put(name, root.template());
    return linked(source.name(), root, linked);
  }

  private boolean isCurrent(Unit unit) {
    try {
      return unit.isCurrent(this);
    } catch (GitVanException e) {
      // Linking it again reports which template names the missing one.
      return false;
    }
  }

  /** A file as it is now, by itself. */
  CompiledText file(String name) {
    return compiled(loader.load(name));
  }

  private CompiledText compiled(Source source) {
    return loader.compiled(source, CompiledText.class, () -> compiler.compile(source));
  }

  /** Adds the templates that one names, and those that they name. */
  private Unit linked(String rootName, CompiledText root, Map<String, Template> linked) {
    record Reference(String from, int line, String to) {}
    var parts = new ArrayList<Unit.Part>();
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
        var file = compiled(source);
        parts.add(new Unit.Part(name, file));
        linked.put(source.name(), file.template());
        linked.put(name, file.template());
        file.references().forEach((to, line) -> open.add(new Reference(source.name(), line, to)));
      } catch (GitVanException e) {
        throw named(e, reference.to(), Failure.place(reference.from(), reference.line()));
      }
    }
    var unit = new Unit(this, root.template(), Map.copyOf(linked), parts);
    root.linked(unit);
    return unit;
  }

  /** A problem with a template that another names is reported where it is named. */
  static GitVanException named(GitVanException e, String reference, String place) {
    var problem = e.problem();
    if (problem.place().contains(":")) {
      return e;
    }
    return problem.at(place, reference + ": " + problem.what()).toException(e);
  }

  @Override
  public List<Problem> check(Collection<String> names, Collection<String> all) {
    return new FolderCheck(this, loader, compiler).check(names, all);
  }

  @Override
  public CompiledTemplate compileText(String name, String text) {
    if (text.indexOf('{') < 0) {
      return (data, out) -> out.write(text);
    }
    var root = compiled(loader.text(name, text));
    var known = root.unit();
    return known != null && isCurrent(known) ? known : linked(name, root, new LinkedHashMap<>());
  }

  @Override
  public Condition compileCondition(String name, String expression) {
    var compiled =
        loader.compiled(
            loader.text(name, expression),
            TemplateCompiler.Conditional.class,
            () -> compiler.compileExpression(name, expression));
    var unit = new Unit(this, compiled.template(), Map.of(), List.of());
    return data -> Values.isTrue(unit.evaluate(compiled.expression(), data));
  }

  @Override
  public void close() {}
}
