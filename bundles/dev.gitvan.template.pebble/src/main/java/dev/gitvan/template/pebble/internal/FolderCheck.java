package dev.gitvan.template.pebble.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.template.spi.TemplateLoader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks templates together: what one names or calls, another must have. */
final class FolderCheck {
  private final PebbleSession session;
  private final TemplateLoader loader;
  private final TemplateCompiler compiler;
  private final Map<String, Examination> examined = new LinkedHashMap<>();

  FolderCheck(PebbleSession session, TemplateLoader loader, TemplateCompiler compiler) {
    this.session = session;
    this.loader = loader;
    this.compiler = compiler;
  }

  /** See {@link dev.gitvan.template.spi.TemplateEngine.Session#check}. */
  List<Problem> check(Collection<String> names, Collection<String> all) {
    var problems = new LinkedHashSet<Problem>();
    var macros = macros(names, all);
    for (var name : names) {
      Examination examination;
      try {
        examination = examined(name);
      } catch (GitVanException e) {
        problems.add(e.problem());
        continue;
      }
      var found = new ArrayList<>(examination.problems());
      examination.references().forEach((to, line) -> reference(name, to, line, found));
      if (!examination.isOpen()) {
        examination.calls().forEach((call, line) -> call(name, call, line, macros, found));
      }
      if (found.isEmpty()) {
        compile(name, found);
      }
      found.sort((a, b) -> Integer.compare(line(a), line(b)));
      problems.addAll(found);
    }
    return List.copyOf(problems);
  }

  /** Macros come from wherever a template was imported, which need not be where they are called. */
  private Set<String> macros(Collection<String> names, Collection<String> all) {
    var macros = new LinkedHashSet<String>();
    var both = new LinkedHashSet<>(all);
    both.addAll(names);
    var open = new ArrayList<>(both);
    for (int i = 0; i < open.size(); i++) {
      try {
        var name = open.get(i);
        var examination = examined(name);
        macros.addAll(examination.macros());
        for (var reference : examination.references().keySet()) {
          var to = loader.resolve(reference, name);
          if (both.add(to)) {
            open.add(to);
          }
        }
      } catch (GitVanException e) {
        // Reported where it is checked, or named.
      }
    }
    return macros;
  }

  private Examination examined(String name) {
    var known = examined.get(name);
    if (known == null) {
      known = compiler.examine(loader.load(name));
      examined.put(name, known);
    }
    return known;
  }

  private void reference(String from, String to, int line, List<Problem> problems) {
    try {
      loader.load(loader.resolve(to, from));
    } catch (GitVanException e) {
      problems.add(PebbleSession.named(e, to, Failure.place(from, line)).problem());
    }
  }

  private void call(
      String from, String name, int line, Set<String> macros, List<Problem> problems) {
    if (!macros.contains(name) && loader.extensions().function(name).isEmpty()) {
      var known = new LinkedHashSet<>(macros);
      known.addAll(loader.extensions().functionNames());
      problems.add(
          new Problem(
              Codes.TEMPLATE_SYNTAX,
              Failure.place(from, line),
              "there is no function or macro " + name,
              ForeignNames.FUNCTION.remedy(
                  name, known, "Define it with {% macro " + name + "() %}.")));
    }
  }

  /** Whatever else there may be: it is linked as for a rendering. */
  private void compile(String name, List<Problem> problems) {
    try {
      session.compile(name);
    } catch (GitVanException e) {
      problems.add(e.problem());
    }
  }

  private static int line(Problem problem) {
    var place = problem.place();
    int colon = place.lastIndexOf(':');
    try {
      return colon < 0 ? 0 : Integer.parseInt(place.substring(colon + 1));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
