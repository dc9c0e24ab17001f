package dev.gitvan.template.mustache.internal;

import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.template.spi.CompiledTemplate;
import dev.gitvan.template.spi.Condition;
import dev.gitvan.template.spi.EngineOptions;
import dev.gitvan.template.spi.TemplateEngine;
import dev.gitvan.template.spi.TemplateExtensions;
import dev.gitvan.template.spi.TemplateLoader;
import dev.gitvan.template.spi.TemplateLoader.Source;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Links the templates of one loader into units. Safe for any thread. */
final class MustacheSession implements TemplateEngine.Session {
  private static final String EXTENSION = ".mustache";

  private final EngineOptions options;
  private final TemplateLoader loader;

  MustacheSession(EngineOptions options, TemplateLoader loader) {
    this.options = options;
    this.loader = loader;
  }

  EngineOptions options() {
    return options;
  }

  TemplateExtensions extensions() {
    return loader.extensions();
  }

  @Override
  public CompiledTemplate compile(String name) {
    var root = parsed(loader.load(name));
    var linked = new LinkedHashMap<String, ParsedTemplate>();
    linked.put(root.name(), root);
    return unit(root, linked);
  }

  @Override
  public CompiledTemplate compileText(String name, String text) {
    return unit(parsed(loader.text(name, text)), new LinkedHashMap<>());
  }

  @Override
  public Condition compileCondition(String name, String expression) {
    var text = expression.strip();
    boolean negated = text.startsWith("!");
    var condition = Name.of(negated ? text.substring(1).strip() : text);
    if (!condition.isValid() || !condition.toString().matches("[^{}#^&<>=!|()\\s]+")) {
      throw Failure.syntax(
          name,
          1,
          "'" + text + "' is not a condition: Mustache only supports names",
          "Write for example inputs.publish or !inputs.draft.");
    }
    return data -> Rendering.test(options, loader.extensions(), name, condition, data) != negated;
  }

  private Unit unit(ParsedTemplate root, Map<String, ParsedTemplate> linked) {
    var known = root.unit();
    if (known != null && isCurrent(known)) {
      return known;
    }
    var unit = link(root, linked);
    root.linked(unit);
    return unit;
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
  ParsedTemplate file(String name) {
    return parsed(loader.load(name));
  }

  private ParsedTemplate parsed(Source source) {
    return loader.compiled(source, ParsedTemplate.class, () -> Parser.parse(source));
  }

  /** Adds the templates that one names, and those that they name. */
  private Unit link(ParsedTemplate root, Map<String, ParsedTemplate> linked) {
    record Reference(String from, int line, String to) {}
    var parts = new ArrayList<Unit.Part>();
    Deque<Reference> open = new ArrayDeque<>();
    root.partials().forEach((to, line) -> open.add(new Reference(root.name(), line, to)));
    while (!open.isEmpty()) {
      var reference = open.remove();
      try {
        var name = nameOf(reference.to(), reference.from());
        if (linked.containsKey(name)) {
          continue;
        }
        var file = file(name);
        parts.add(new Unit.Part(name, file));
        linked.put(name, file);
        file.partials().forEach((to, line) -> open.add(new Reference(name, line, to)));
      } catch (GitVanException e) {
        throw named(e, reference.to(), Failure.place(reference.from(), reference.line()));
      }
    }
    return new Unit(this, root, Map.copyOf(linked), parts);
  }

  /** What a partial's name means; without an extension it has the including file's. */
  String nameOf(String reference, String from) {
    boolean bare = reference.lastIndexOf('.') <= reference.lastIndexOf('/');
    return loader.resolve(
        bare && from.endsWith(EXTENSION) ? reference + EXTENSION : reference, from);
  }

  /** A problem with a template that another names is reported where it is named. */
  private static GitVanException named(GitVanException e, String reference, String place) {
    var problem = e.problem();
    if (problem.place().contains(":")) {
      return e;
    }
    return problem.at(place, reference + ": " + problem.what()).toException(e);
  }

  @Override
  public List<Problem> check(Collection<String> names, Collection<String> all) {
    var problems = new LinkedHashSet<Problem>();
    names.forEach(name -> check(name, problems));
    return List.copyOf(problems);
  }

  private void check(String name, Collection<Problem> problems) {
    var found = new ArrayList<Problem>();
    try {
      var parsed = Parser.parse(loader.load(name), e -> found.add(e.problem()));
      parsed
          .partials()
          .forEach(
              (to, line) -> {
                try {
                  loader.load(nameOf(to, name));
                } catch (GitVanException e) {
                  found.add(named(e, to, Failure.place(name, line)).problem());
                }
              });
      if (found.isEmpty()) {
        compile(name);
      }
    } catch (GitVanException e) {
      found.add(e.problem());
    }
    problems.addAll(found);
  }

  @Override
  public void close() {}
}
