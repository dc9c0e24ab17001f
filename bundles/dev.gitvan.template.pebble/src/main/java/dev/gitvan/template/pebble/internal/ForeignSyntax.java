package dev.gitvan.template.pebble.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import io.pebbletemplates.pebble.lexer.Token;
import io.pebbletemplates.pebble.lexer.Token.Type;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Recognizes what other engines write otherwise: Jinja, Nunjucks, Tera, Twig, Liquid, Handlebars
 * and Go. It reads only what is not valid here, and says what to write instead.
 */
final class ForeignSyntax {
  /** Expressions and tags, as {@link #written} has them. */
  private static final List<Rule> TAGS =
      List.of(
          new Rule(
              "\\{% for \\w+ ,.*",
              "a loop has one variable",
              "Write {% for e in map %}{{ e.key }}{{ e.value }}{% endfor %}."),
          new Rule(
              "\\{% for .* recursive .*",
              "a loop cannot call itself", "Write a macro that calls itself."),
          new Rule(
              "\\{% for .* if .*",
              "a loop has no condition", "Write {% if condition %} inside the loop."),
          new Rule(
              "\\{% set \\w+ [.\\[] .*",
              "set cannot change a member",
              "Write {% set name = value %}: in a loop it changes the variable outside."),
          new Rule(
              "\\{% set \\w+ , .*",
              "set has one variable", "Write {% set name = value %} for each."),
          new Rule("\\{% set \\w+ %\\}", "set has no value", "Write {% set name = value %}."),
          new Rule("\\{% else if .*", "unexpected if", "Write {% elseif condition %}."),
          new Rule(
              "\\{% include .* ignore missing .*",
              "a missing template cannot be ignored",
              "Remove it, or put the include into {% if condition %}."),
          new Rule(
              "\\{% .* with(out)? context .*",
              "the context cannot be chosen",
              "Remove it: an included template reads all variables, a macro its arguments."),
          new Rule(
              "\\{\\{ \\{ [^:]*",
              "an expression has two braces",
              "Write {{ name }}, or {{ name | raw }} where autoescape is on."),
          new Rule("\\{\\{ if .*", "if is a tag", "Write {% if condition %}...{% endif %}."),
          new Rule(
              "\\{\\{ / .*",
              "the end of a section of Handlebars",
              "Write {% endif %} or {% endfor %}."),
          new Rule("\\{\\{ > .*", "a partial of Handlebars", "Write {% include \"name\" %}."),
          new Rule("\\{\\{ \\. .*", "a name begins with a dot", "Write {{ name }}."),
          new Rule(".* if .* else .*", "an inline if", "Write condition ? a : b."),
          new Rule("\\{[{%] (?!if ).* if .*", "an inline if", "Write condition ? a : \"\"."),
          new Rule(".* not in .*", "in is not an operator", "Write not (list contains item)."),
          new Rule(
              "\\{[{%] (?!for ).* in .*", "in is not an operator", "Write list contains item."),
          new Rule(
              ".* \\w+ : : .*",
              "a macro of a namespace",
              "Write name() for a macro of this template, alias.name() for an imported one."),
          new Rule(".* \\* \\* .*", "there is no operator **", "Write n * n."),
          new Rule(
              ".* / / .*",
              "there is no operator //",
              "Write /: the quotient of integers is an integer."),
          new Rule(".* == = .*", "there is no operator ===", "Write ==."),
          new Rule(".* != = .*", "there is no operator !==", "Write !=."),
          new Rule(".* \\| \\| .*", "there is no operator ||", "Write or."),
          new Rule(".* \\? \\? .*", "there is no operator ??", "Write name | default(value)."),
          new Rule(".* \\[ [^\\]?{]*: .*", "a range of an index", "Write list | slice(from, to)."),
          new Rule(
              ".* \\| \\w+ : .*",
              "arguments of a filter after a colon",
              "Write them in parentheses: | join(\", \")."),
          new Rule(
              ".* is (not )?\\w+ (\"\"|0) .*",
              "the argument of a test without parentheses",
              "Write for example is divisibleby(3)."),
          new Rule(".*[={(,?:] \\( [^()]*, .*", "a tuple", "Write a list: [a, b]."),
          new Rule(".* \"\" \"\" .*", "two strings without an operator", "Write \"a\" ~ \"b\"."));

  /** Lines that have no tokens. */
  private static final List<Rule> LINES =
      List.of(
          new Rule(
              ".*\\{\\{~?#if\\b.*",
              "{{#if}} of Handlebars",
              "Write {% if condition %}...{% else %}...{% endif %}."),
          new Rule(
              ".*\\{\\{~?#each\\b.*",
              "{{#each}} of Handlebars",
              "Write {% for item in list %}{{ item }}{% endfor %}."),
          new Rule(
              ".*\\{\\{~?(#unless\\b|\\^).*",
              "an inverted section of Handlebars",
              "Write {% if not condition %}...{% endif %}."),
          new Rule(
              ".*\\{\\{~?#.*",
              "a section of Handlebars",
              "Write {% for item in list %}...{% endfor %}, or {% if name %}...{% endif %}."),
          new Rule(".*\\{\\{~?!(--|\\s).*", "a comment of Handlebars", "Write {# comment #}."),
          new Rule(
              ".*\\{\\{~?@.*", "@ of Handlebars", "Write loop.index, loop.first or loop.last."),
          new Rule(".*&&.*", "there is no operator &&", "Write and."),
          new Rule(".*!\\s*[\\w(].*", "there is no operator !", "Write not."));

  private ForeignSyntax() {}

  /** What something is in another engine, and what to write. */
  private record Rule(Pattern pattern, String what, String remedy) {
    Rule(String pattern, String what, String remedy) {
      this(Pattern.compile(pattern, Pattern.DOTALL), what, remedy);
    }

    GitVanException problem(String template, int line) {
      return Failure.of(Codes.TEMPLATE_SYNTAX, template, line, what, remedy);
    }
  }

  /**
   * Explains why a template does not parse.
   *
   * @param line where the parser stopped; null when it does not know
   */
  static Optional<GitVanException> explain(List<Token> tokens, String template, Integer line) {
    for (int begin = 0; begin < tokens.size(); begin++) {
      if (!isBegin(tokens.get(begin))) {
        continue;
      }
      int end = begin + 1;
      while (end < tokens.size() && !isEnd(tokens.get(end))) {
        end++;
      }
      var tag = tokens.subList(begin, Math.min(end + 1, tokens.size()));
      int first = tag.get(0).getLineNumber();
      if (line == null || first <= line && line <= tag.get(tag.size() - 1).getLineNumber()) {
        var rule = first(TAGS, written(tag));
        if (rule.isPresent()) {
          return rule.map(r -> r.problem(template, first));
        }
      }
      begin = end;
    }
    return Optional.empty();
  }

  /** Explains why a line has no tokens. */
  static Optional<GitVanException> explain(String text, String template, Integer line) {
    var lines = text.split("\n", -1);
    return line == null || line < 1 || line > lines.length
        ? Optional.empty()
        : first(LINES, lines[line - 1]).map(rule -> rule.problem(template, line));
  }

  private static Optional<Rule> first(List<Rule> rules, String written) {
    return rules.stream().filter(rule -> rule.pattern().matcher(written).matches()).findFirst();
  }

  private static boolean isBegin(Token token) {
    return token.test(Type.PRINT_START) || token.test(Type.EXECUTE_START);
  }

  private static boolean isEnd(Token token) {
    return token.test(Type.PRINT_END) || token.test(Type.EXECUTE_END);
  }

  /** A tag with one space between tokens, and without what its strings and numbers are. */
  private static String written(List<Token> tag) {
    return tag.stream().map(ForeignSyntax::written).collect(Collectors.joining(" "));
  }

  private static String written(Token token) {
    return switch (token.getType()) {
      case PRINT_START -> "{{";
      case PRINT_END -> "}}";
      case EXECUTE_START -> "{%";
      case EXECUTE_END -> "%}";
      case STRING -> "\"\"";
      case NUMBER -> "0";
      default -> String.valueOf(token.getValue());
    };
  }
}
