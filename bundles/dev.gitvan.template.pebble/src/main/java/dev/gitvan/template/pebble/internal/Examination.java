package dev.gitvan.template.pebble.internal;

import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import io.pebbletemplates.pebble.lexer.Token;
import io.pebbletemplates.pebble.lexer.Token.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds everything that is wrong with a template by itself: Pebble's parser ends at the first
 * mistake, so each tag is parsed alone, with the tag that closes it added where one must.
 */
final class Examination {
  private final TemplateCompiler compiler;
  private final String name;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Integer> references = new LinkedHashMap<>();
  private final Map<String, Integer> calls = new LinkedHashMap<>();
  private final Set<String> macros = new LinkedHashSet<>();
  private boolean open;

  private Examination(TemplateCompiler compiler, String name) {
    this.compiler = compiler;
    this.name = name;
  }

  /** Examines a template. */
  static Examination of(TemplateCompiler compiler, String name, String text) {
    var examination = new Examination(compiler, name);
    try {
      examination.run(compiler.tokens(name, text));
    } catch (GitVanException e) {
      examination.problems.add(e.problem());
    }
    return examination;
  }

  /** What is wrong, but for templates and macros that are not there. */
  List<Problem> problems() {
    return problems;
  }

  /** The templates that it names, as written, with the line of the first. */
  Map<String, Integer> references() {
    return references;
  }

  /** What it calls that is no function, with the line of the first. */
  Map<String, Integer> calls() {
    return calls;
  }

  /** The macros that it has, or gives a name. */
  Set<String> macros() {
    return macros;
  }

  /** Whether macros may come from a template whose name only a rendering knows. */
  boolean isOpen() {
    return open;
  }

  private void run(List<Token> tokens) {
    TagBalance.find(tokens, name, compiler.tagNames(), problem -> problems.add(problem.problem()));
    for (int i = 0; i < tokens.size(); i++) {
      var begin = tokens.get(i);
      if (begin.test(Type.PRINT_START) || begin.test(Type.EXECUTE_START)) {
        int end = i + 1;
        var closing = begin.test(Type.PRINT_START) ? Type.PRINT_END : Type.EXECUTE_END;
        while (end < tokens.size() && !tokens.get(end).test(closing)) {
          end++;
        }
        tag(new ArrayList<>(tokens.subList(i, Math.min(end + 1, tokens.size()))));
        i = end;
      }
    }
  }

  private void tag(List<Token> tag) {
    int line = tag.get(0).getLineNumber();
    if (tag.get(0).test(Type.EXECUTE_START)) {
      if (!tag.get(1).test(Type.NAME)) {
        alone(tag, line);
        return;
      }
      var kind = tag.get(1).getValue();
      if (kind.equals("elseif")) {
        kind = "if";
        tag.set(1, new Token(Type.NAME, kind, line));
      } else if (kind.equals("else")
          || kind.startsWith("end")
          || !compiler.tagNames().contains(kind)) {
        // What belongs where is said already.
        return;
      }
      named(kind, tag);
      if (TagBalance.ENCLOSING.contains(kind)) {
        tag.add(new Token(Type.EXECUTE_START, null, line));
        tag.add(new Token(Type.NAME, "end" + kind, line));
        tag.add(new Token(Type.EXECUTE_END, null, line));
      }
    }
    alone(tag, line);
  }

  private void named(String kind, List<Token> tag) {
    if (kind.equals("macro") && tag.get(2).test(Type.NAME)) {
      macros.add(tag.get(2).getValue());
    } else if (kind.equals("from")) {
      tag.stream().skip(2).filter(t -> t.test(Type.NAME)).forEach(t -> macros.add(t.getValue()));
    }
    if (Set.of("from", "import", "extends", "include").contains(kind)
        && !(tag.get(2).test(Type.STRING) && !tag.get(3).test(Type.OPERATOR))) {
      open = true;
    }
  }

  private void alone(List<Token> tag, int line) {
    tag.add(new Token(Type.EOF, null, line));
    try {
      var lowering = compiler.examine(tag, name, e -> problems.add(e.problem()));
      lowering.references().forEach(references::putIfAbsent);
      lowering.calls().forEach(calls::putIfAbsent);
    } catch (GitVanException e) {
      problems.add(e.problem());
    }
  }
}
