package dev.gitvan.template.pebble.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.diagnostics.GitVanException;
import dev.gitvan.diagnostics.Problem;
import dev.gitvan.template.spi.TemplateExtensions;
import dev.gitvan.template.spi.TemplateLoader.Source;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.error.ParserException;
import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.lexer.LexerImpl;
import io.pebbletemplates.pebble.lexer.Token;
import io.pebbletemplates.pebble.lexer.TokenStream;
import io.pebbletemplates.pebble.node.PrintNode;
import io.pebbletemplates.pebble.node.RootNode;
import io.pebbletemplates.pebble.node.expression.Expression;
import io.pebbletemplates.pebble.parser.ParserImpl;
import io.pebbletemplates.pebble.parser.ParserOptions;
import java.io.StringReader;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Compiles one text at a time. Safe for any thread. */
final class TemplateCompiler {
  private static final Pattern EXPECTED =
      Pattern.compile(
          "Unexpected token of value \"(.*)\" and type (\\w+), expected.*", Pattern.DOTALL);
  private static final Pattern UNEXPECTED =
      Pattern.compile("Unexpected token \"(\\w+)\" of value \"(.*)\"", Pattern.DOTALL);

  private final PebbleEngine engine;
  private final Dialect dialect;
  private final TemplateExtensions extensions;
  private final BinaryOperator<String> resolver;

  /**
   * @param extensions filters that bundles contribute
   * @param resolver what a reference in a template means
   */
  TemplateCompiler(
      PebbleEngine engine,
      Dialect dialect,
      TemplateExtensions extensions,
      BinaryOperator<String> resolver) {
    this.engine = engine;
    this.dialect = dialect;
    this.extensions = extensions;
    this.resolver = resolver;
  }

  /** A compiled expression. */
  record Conditional(Template template, Expression<?> expression) {}

  /**
   * Compiles a template.
   *
   * @throws GitVanException {@code TEMPLATE_SYNTAX}, {@code TEMPLATE_DEPTH}
   */
  CompiledText compile(Source source) {
    var name = source.name();
    var text = text(source);
    return guarded(
        name,
        text,
        () -> {
          var root = parse(name, text);
          var template = template(root, name);
          var lowering = lowering(name);
          template.complete(lowering.body(root.getBody()).getChildren());
          return new CompiledText(template, lowering.references());
        });
  }

  /** A comment with as many line ends as there are lines before: whatever counts lines is right. */
  private static String text(Source source) {
    int before = source.firstLine() - 1;
    return before == 0 ? source.text() : "{#" + "\n".repeat(before) + "#}" + source.text();
  }

  /** Finds everything that is wrong with a template by itself. */
  Examination examine(Source source) {
    return Examination.of(this, source.name(), text(source));
  }

  /**
   * Finds what is wrong with a part of a template.
   *
   * @param problems takes what does not keep it from being looked at further
   * @throws GitVanException what does
   */
  Lowering examine(List<Token> part, String name, Consumer<GitVanException> problems) {
    return guarded(
        name,
        "",
        () -> {
          var lowering = lowering(name, problems);
          lowering.body(parse(part, name).getBody());
          return lowering;
        });
  }

  /**
   * Compiles an expression.
   *
   * @throws GitVanException {@code TEMPLATE_SYNTAX}, {@code TEMPLATE_DEPTH}
   */
  Conditional compileExpression(String name, String expression) {
    var text = "{{ " + expression + " }}";
    return guarded(
        name,
        text,
        () -> {
          var root = parse(name, text);
          var nodes = root.getBody().getChildren();
          if (nodes.size() != 1 || !(nodes.get(0) instanceof PrintNode print)) {
            throw Failure.of(
                Codes.TEMPLATE_SYNTAX,
                name,
                1,
                "not a single expression",
                "Write it without {{ }}, for example inputs.limit > 3.");
          }
          var template = template(root, name);
          return new Conditional(template, lowering(name).expression(print.getExpression()));
        });
  }

  private Lowering lowering(String name) {
    return lowering(
        name,
        problem -> {
          throw problem;
        });
  }

  private Lowering lowering(String name, Consumer<GitVanException> problems) {
    return new Lowering(
        engine.getExtensionRegistry(),
        extensions,
        dialect.filterNames(),
        dialect.testNames(),
        name,
        problems);
  }

  private RootNode parse(String name, String text) {
    var tokens = lexed(name, text);
    TagBalance.check(tokens, name, tagNames());
    return parse(tokens, name);
  }

  /**
   * A template's tokens.
   *
   * @throws GitVanException {@code TEMPLATE_SYNTAX}
   */
  List<Token> tokens(String name, String text) {
    return guarded(name, text, () -> lexed(name, text));
  }

  private List<Token> lexed(String name, String text) {
    var registry = engine.getExtensionRegistry();
    var lexer =
        new LexerImpl(
            engine.getSyntax(),
            registry.getUnaryOperators().values(),
            registry.getBinaryOperators().values());
    return lexer.tokenize(new StringReader(text), name).getTokens();
  }

  private RootNode parse(List<Token> tokens, String name) {
    var registry = engine.getExtensionRegistry();
    var parser =
        new ParserImpl(
            registry.getUnaryOperators(),
            registry.getBinaryOperators(),
            registry.getTokenParsers(),
            new ParserOptions());
    try {
      return parser.parse(new TokenStream(Tokens.rewrite(tokens, name), name));
    } catch (RuntimeException e) {
      throw ForeignSyntax.explain(tokens, name, line(e))
          .map(RuntimeException.class::cast)
          .orElse(e);
    }
  }

  /** Null when it is not known. */
  private static Integer line(RuntimeException e) {
    return e instanceof PebbleException pebble ? pebble.getLineNumber() : null;
  }

  Set<String> tagNames() {
    return engine.getExtensionRegistry().getTokenParsers().keySet();
  }

  private Template template(RootNode root, String name) {
    var template = new Template(engine, root, name, resolver);
    for (var visitors : engine.getExtensionRegistry().getNodeVisitors()) {
      visitors.createVisitor(template).visit(root);
    }
    return template;
  }

  /** What can be compiled. */
  private interface Compilation<T> {
    T run();
  }

  private static <T> T guarded(String name, String text, Compilation<T> compilation) {
    try {
      return compilation.run();
    } catch (GitVanException e) {
      throw e;
    } catch (RuntimeException e) {
      // An open delimiter explains whatever the parser made of the text behind it.
      throw Delimiters.unclosed(text, name)
          .or(() -> ForeignSyntax.explain(text, name, line(e)))
          .orElseGet(() -> syntax(e, name));
    } catch (StackOverflowError e) {
      throw GitVanException.of(
          Codes.TEMPLATE_DEPTH,
          name,
          "an expression or tag is nested too deeply",
          "Reduce the nesting.");
    }
  }

  private static GitVanException syntax(RuntimeException e, String name) {
    if (e instanceof PebbleException pebble) {
      return new Problem(
              Codes.TEMPLATE_SYNTAX,
              Failure.place(name, pebble.getLineNumber()),
              explained(pebble.getPebbleMessage()),
              e instanceof ParserException && pebble.getCause() == null
                  ? "Correct the template."
                  : "Correct the value.")
          .toException(e);
    }
    if (e.getCause() instanceof PebbleException pebble) {
      return syntax(pebble, name);
    }
    return new Problem(
            Codes.TEMPLATE_SYNTAX,
            name,
            e instanceof NumberFormatException
                ? "a number is too large"
                : "the template ends in the middle of a tag or expression",
            "Correct the template.")
        .toException(e);
  }

  /** The parser's words in people's. */
  private static String explained(String message) {
    var expected = EXPECTED.matcher(message);
    if (expected.matches()) {
      return unexpected(expected.group(2), expected.group(1));
    }
    var other = UNEXPECTED.matcher(message);
    if (other.matches()) {
      return unexpected(other.group(1), other.group(2));
    }
    return Failure.cleaned(message);
  }

  private static String unexpected(String type, String value) {
    return switch (type) {
      case "PRINT_END" -> "the expression is incomplete";
      case "EXECUTE_END" -> "the tag is incomplete";
      case "EOF" -> "the template is incomplete";
      case "STRING" -> "unexpected text \"" + value + "\"";
      case "PRINT_START", "EXECUTE_START", "TEXT" -> "an expression or tag is not closed";
      default -> "unexpected " + value;
    };
  }
}
