package dev.gitvan.template.pebble.internal;

import io.pebbletemplates.pebble.error.ParserException;
import io.pebbletemplates.pebble.extension.escaper.SafeString;
import io.pebbletemplates.pebble.lexer.Token;
import io.pebbletemplates.pebble.node.ExtendsNode;
import io.pebbletemplates.pebble.node.RenderableNode;
import io.pebbletemplates.pebble.node.expression.Expression;
import io.pebbletemplates.pebble.parser.Parser;
import io.pebbletemplates.pebble.tokenParser.TokenParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tags that name other templates. */
final class Tags {
  private Tags() {}

  /** The name that an expression gives. */
  private static String name(Expression<?> expression, Template self, RenderContext context) {
    var name = expression.evaluate(self, context);
    if (name instanceof CharSequence text) {
      return text.toString();
    }
    throw new BadArgument(
        "the template's name is "
            + Values.kind(name)
            + ", not a string; put a fixed name into quotes");
  }

  /** {@code {% include "name" with {...} %}}. */
  static final class IncludeTag implements TokenParser {
    @Override
    public String getTag() {
      return "include";
    }

    @Override
    public RenderableNode parse(Token token, Parser parser) {
      var stream = parser.getStream();
      stream.next();
      var name = parser.getExpressionParser().parseExpression();
      Expression<?> variables = null;
      if (stream.current().test(Token.Type.NAME, "with")) {
        stream.next();
        variables = parser.getExpressionParser().parseExpression();
      }
      stream.expect(Token.Type.EXECUTE_END);
      return new Include(name, variables, token.getLineNumber());
    }
  }

  /** See {@link IncludeTag}. */
  static final class Include extends Statement {
    Expression<?> name;
    Expression<?> variables;

    Include(Expression<?> name, Expression<?> variables, int line) {
      super(line);
      this.name = name;
      this.variables = variables;
    }

    @Override
    void run(Template self, TemplateWriter out, RenderContext context) throws IOException {
      Map<?, ?> given = Map.of();
      if (variables != null) {
        if (!(variables.evaluate(self, context) instanceof Map<?, ?> map)) {
          throw new BadArgument("the value after 'with' is not a map");
        }
        given = map;
      }
      self.include(out, context, name(name, self, context), given, getLineNumber());
    }
  }

  /** {@code {% import "name" as alias %}}. */
  static final class ImportTag implements TokenParser {
    @Override
    public String getTag() {
      return "import";
    }

    @Override
    public RenderableNode parse(Token token, Parser parser) {
      var stream = parser.getStream();
      stream.next();
      var name = parser.getExpressionParser().parseExpression();
      String alias = null;
      if (stream.current().test(Token.Type.NAME, "as")) {
        stream.next();
        alias = stream.expect(Token.Type.NAME).getValue();
      }
      stream.expect(Token.Type.EXECUTE_END);
      return new Import(name, alias, token.getLineNumber());
    }
  }

  /** See {@link ImportTag}. */
  static final class Import extends Statement {
    Expression<?> name;
    private final String alias;

    /**
     * @param alias null: the macros are known by their own names
     */
    Import(Expression<?> name, String alias, int line) {
      super(line);
      this.name = name;
      this.alias = alias;
    }

    @Override
    boolean runsInChild() {
      return true;
    }

    @Override
    void run(Template self, TemplateWriter out, RenderContext context) {
      var from = name(name, self, context);
      self.checkForeign(from, getLineNumber());
      if (alias == null) {
        self.importAll(context, from);
      } else {
        var template = context.rendering().template(self.resolveRelativePath(from));
        context.scopes().put(alias, new ImportedMacros(template));
      }
    }
  }

  /** The macros of a template under an alias. */
  record ImportedMacros(Template template) {
    SafeString call(Template.Call call, RenderContext context) {
      var out = new MemoryWriter(context.rendering());
      try {
        template.foreignMacro(out, context, call);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return new SafeString(out.text());
    }

    /** Prints it; there is nothing left to print. */
    Object stream(Template.Call call, TemplateWriter out, RenderContext context)
        throws IOException {
      template.foreignMacro(out, context, call);
      return null;
    }

    @Override
    public String toString() {
      return template.getName();
    }
  }

  /** {@code {% from "name" import macro as alias, ... %}}. */
  static final class FromTag implements TokenParser {
    @Override
    public String getTag() {
      return "from";
    }

    @Override
    public RenderableNode parse(Token token, Parser parser) {
      var stream = parser.getStream();
      stream.next();
      var name = parser.getExpressionParser().parseExpression();
      stream.expect(Token.Type.NAME, "import");
      var macros = new ArrayList<Alias>();
      do {
        if (!macros.isEmpty()) {
          stream.expect(Token.Type.PUNCTUATION, ",");
        }
        var macro = stream.expect(Token.Type.NAME).getValue();
        var alias = macro;
        if (stream.current().test(Token.Type.NAME, "as")) {
          stream.next();
          alias = stream.expect(Token.Type.NAME).getValue();
        }
        macros.add(new Alias(macro, alias));
      } while (!stream.current().test(Token.Type.EXECUTE_END));
      stream.expect(Token.Type.EXECUTE_END);
      return new From(name, macros, token.getLineNumber());
    }
  }

  /** A macro and what it is called here. */
  record Alias(String macro, String alias) {}

  /** See {@link FromTag}. */
  static final class From extends Statement {
    Expression<?> name;
    private final List<Alias> macros;

    From(Expression<?> name, List<Alias> macros, int line) {
      super(line);
      this.name = name;
      this.macros = macros;
    }

    @Override
    boolean runsInChild() {
      return true;
    }

    @Override
    void run(Template self, TemplateWriter out, RenderContext context) {
      var from = name(name, self, context);
      self.checkForeign(from, getLineNumber());
      for (var each : macros) {
        self.importMacro(context, from, each.macro(), each.alias());
      }
    }
  }

  /** {@code {% extends "name" %}}. */
  static final class Extends extends Statement {
    private final Expression<?> name;

    Extends(ExtendsNode node, Expression<?> name) {
      super(node.getLineNumber());
      this.name = name;
    }

    @Override
    void run(Template self, TemplateWriter out, RenderContext context) {
      if (context.getHierarchy().getParent() != null) {
        throw new BadArgument("a template can extend only one template");
      }
      var value = name.evaluate(self, context);
      if (value != null) {
        self.extend(context, name(name, self, context), getLineNumber());
      }
    }
  }

  /** A tag of Pebble's that is not taken over, with what to do instead. */
  record Refused(String tag, String why) implements TokenParser {
    @Override
    public String getTag() {
      return tag;
    }

    @Override
    public RenderableNode parse(Token token, Parser parser) {
      throw new ParserException(null, why, token.getLineNumber(), parser.getStream().getFilename());
    }
  }
}
