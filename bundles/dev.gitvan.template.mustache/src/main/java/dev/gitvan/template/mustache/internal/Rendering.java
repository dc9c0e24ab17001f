package dev.gitvan.template.mustache.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Nearest;
import dev.gitvan.template.spi.EngineOptions;
import dev.gitvan.template.spi.TemplateExtensions;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One rendering. For one thread. */
final class Rendering {
  private static final int SHOWN = 4;

  /** The names below which contributed filters and functions are, unless the data has them. */
  private static final String FILTERS = "filters";

  private static final String FUNCTIONS = "functions";

  /** Of a value that is printed. */
  private static final int MAX_VALUE_DEPTH = 100;

  private long rounds;
  private final Unit unit;
  private final EngineOptions options;
  private final TemplateExtensions extensions;
  private Output out;
  private final List<Object> contexts = new ArrayList<>();
  private final List<String> chain = new ArrayList<>();
  private String template;

  /**
   * @param unit null when there are no partials
   */
  Rendering(
      Unit unit,
      String template,
      EngineOptions options,
      TemplateExtensions extensions,
      Map<String, ?> data,
      Writer out) {
    this.unit = unit;
    this.template = template;
    this.options = options;
    this.extensions = extensions;
    this.out = new Output(out, template);
    contexts.add(data);
  }

  /** Tests a name by itself. */
  static boolean test(
      EngineOptions options,
      TemplateExtensions extensions,
      String template,
      Name name,
      Map<String, ?> data) {
    var rendering = new Rendering(null, template, options, extensions, data, Writer.nullWriter());
    return Values.isTrue(rendering.valueOf(name, 1));
  }

  /** Renders a template. */
  void run(ParsedTemplate parsed) throws IOException {
    var before = template;
    template = parsed.name();
    chain.add(template);
    run(parsed.nodes());
    chain.remove(chain.size() - 1);
    template = before;
  }

  void finish() throws IOException {
    out.flush();
  }

  private void run(List<Node> nodes) throws IOException {
    for (var node : nodes) {
      if (node instanceof Node.Text text) {
        out.text(text.text());
      } else if (node instanceof Node.Variable variable) {
        print(valueOf(variable.name(), variable.line()), variable.escaped(), 0, variable.line());
      } else if (node instanceof Node.Section section) {
        section(section);
      } else {
        partial((Node.Partial) node);
      }
    }
  }

  private void section(Node.Section section) throws IOException {
    if (!section.inverted() && isContributed(section.name(), FILTERS)) {
      filter(section);
      return;
    }
    var value = valueOrMissing(section.name(), section.line());
    if (section.inverted()) {
      if (!Values.isTrue(value)) {
        run(section.body());
      }
      return;
    }
    var items = value == Values.MISSING ? null : Values.items(value);
    if (items == null) {
      if (Values.isTrue(value)) {
        run(section, value);
      }
      return;
    }
    var iterator = items.iterator();
    try {
      while (iterator.hasNext()) {
        round(section);
        run(section, iterator.next());
      }
    } finally {
      Values.close(iterator);
    }
  }

  /** Hands what a section renders to a filter that a bundle contributes. */
  private void filter(Node.Section section) throws IOException {
    var name = section.name().parts().get(1);
    var place = Failure.place(template, section.line());
    var filter =
        extensions
            .filter(name)
            .orElseThrow(() -> unknown("filter", name, extensions.filterNames(), place));
    var outer = out;
    var body = new HeldText(place, options.maxOutput());
    out = new Output(body, template);
    run(section.body());
    out.flush();
    out = outer;
    var value = filter.call(place, body.toString(), List.of(), Map.of());
    print(value, false, 0, section.line());
  }

  private static GitVanException unknown(
      String what, String name, Collection<String> known, String place) {
    return GitVanException.of(
        Codes.TEMPLATE_SYNTAX,
        place,
        "there is no " + what + " " + name,
        Nearest.sentence(name, known, "Install the bundle that contributes it."));
  }

  /** Whether a name means a filter or function: data of that name comes first. */
  private boolean isContributed(Name name, String kind) {
    return name.parts().size() == 2
        && name.parts().get(0).equals(kind)
        && find(new Name(List.of(kind))) == Values.MISSING;
  }

  private void round(Node.Section section) {
    out.checkInterrupted();
    rounds = out.hasWritten() ? 0 : rounds;
    if (++rounds > options.maxRounds()) {
      throw GitVanException.of(
          Codes.TEMPLATE_RANGE_LIMIT,
          Failure.place(template, section.line()),
          String.format(
              Locale.ROOT,
              "sections have iterated over %,d times without output, the limit",
              options.maxRounds()),
          "Use fewer iterations or raise templates.max-range.");
    }
  }

  private void run(Node.Section section, Object context) throws IOException {
    contexts.add(context);
    run(section.body());
    contexts.remove(contexts.size() - 1);
  }

  private void partial(Node.Partial partial) throws IOException {
    out.checkInterrupted();
    var parsed = unit.partial(partial.reference(), template);
    if (chain.size() > options.maxDepth()) {
      throw tooDeep(partial.line());
    }
    var before = out.indent(out.indent() + partial.indent());
    run(parsed);
    out.indent(before);
  }

  private GitVanException tooDeep(int line) {
    var shown = new ArrayList<>(chain.subList(0, Math.min(chain.size(), SHOWN)));
    if (chain.size() > SHOWN) {
      shown.add("...");
    }
    return GitVanException.of(
        Codes.TEMPLATE_DEPTH,
        Failure.place(template, line),
        "templates are nested over "
            + options.maxDepth()
            + " deep, the limit: "
            + String.join(" > ", shown),
        "Break the cycle or reduce the nesting.");
  }

  /** A value, or what is wrong with its name. */
  private Object valueOf(Name name, int line) {
    var value = valueOrMissing(name, line);
    if (value != Values.MISSING) {
      return value;
    }
    if (options.strict()) {
      throw undefined(name, line);
    }
    return null;
  }

  private Object valueOrMissing(Name name, int line) {
    var value = find(name);
    if (value != Values.MISSING || !isContributed(name, FUNCTIONS)) {
      return value;
    }
    var function = name.parts().get(1);
    var place = Failure.place(template, line);
    return extensions
        .function(function)
        .orElseThrow(() -> unknown("function", function, extensions.functionNames(), place))
        .call(place, null, List.of(), Map.of());
  }

  private Object find(Name name) {
    if (name.parts().isEmpty()) {
      return contexts.get(contexts.size() - 1);
    }
    var first = name.parts().get(0);
    Object value = Values.MISSING;
    for (int i = contexts.size() - 1; i >= 0 && value == Values.MISSING; i--) {
      value = Values.member(contexts.get(i), first);
    }
    for (int i = 1; i < name.parts().size() && value != Values.MISSING; i++) {
      value = Values.member(value, name.parts().get(i));
    }
    return value;
  }

  private GitVanException undefined(Name name, int line) {
    var owner = new Name(name.parts().subList(0, 1));
    int part = 0;
    while (find(owner) != Values.MISSING) {
      part++;
      owner = new Name(name.parts().subList(0, part + 1));
    }
    var missing = name.parts().get(part);
    Collection<String> known = new LinkedHashSet<>();
    if (part == 0) {
      contexts.forEach(context -> known.addAll(Values.names(context)));
    } else {
      known.addAll(Values.names(find(new Name(name.parts().subList(0, part)))));
    }
    var what =
        part == 0
            ? missing + " is not defined"
            : String.join(".", name.parts().subList(0, part)) + " has no " + missing;
    return GitVanException.of(
        Codes.TEMPLATE_UNDEFINED,
        Failure.place(template, line),
        what,
        Nearest.sentence(
            missing,
            known,
            Handlebars.remedy(
                missing,
                "Define it, or write {{#"
                    + name
                    + "}}{{.}}{{/"
                    + name
                    + "}} if it may be missing.")));
  }

  /** Lists and maps are printed as {@code [a, b]} and {@code {k=v}}, piece by piece. */
  private void print(Object value, boolean escaped, int depth, int line) throws IOException {
    if (depth > MAX_VALUE_DEPTH) {
      throw GitVanException.of(
          Codes.TEMPLATE_FAILED,
          Failure.place(template, line),
          "a value is nested over " + MAX_VALUE_DEPTH + " deep",
          "Print its parts instead.");
    }
    if (value == null) {
      if (depth > 0) {
        out.value("null");
      }
    } else if (value instanceof Map<?, ?> map) {
      printAll(map.entrySet(), "{", "}", escaped, depth, line);
    } else if (value instanceof Map.Entry<?, ?> entry) {
      print(entry.getKey(), escaped, depth + 1, line);
      out.value("=");
      print(entry.getValue(), escaped, depth + 1, line);
    } else if (value instanceof Collection<?> list) {
      printAll(list, "[", "]", escaped, depth, line);
    } else {
      var text = Values.text(value);
      out.value(escaped && options.autoescape() ? Html.escaped(text) : text);
    }
  }

  private void printAll(
      Iterable<?> items, String begin, String end, boolean escaped, int depth, int line)
      throws IOException {
    out.value(begin);
    boolean first = true;
    for (var item : items) {
      if (!first) {
        out.value(", ");
      }
      first = false;
      print(item, escaped, depth + 1, line);
    }
    out.value(end);
  }
}
