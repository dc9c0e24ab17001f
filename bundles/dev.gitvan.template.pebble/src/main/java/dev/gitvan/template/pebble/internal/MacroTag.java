package dev.gitvan.template.pebble.internal;

import io.pebbletemplates.pebble.lexer.Token;
import io.pebbletemplates.pebble.node.ArgumentsNode;
import io.pebbletemplates.pebble.node.BodyNode;
import io.pebbletemplates.pebble.node.MacroNode;
import io.pebbletemplates.pebble.node.RenderableNode;
import io.pebbletemplates.pebble.parser.Parser;
import io.pebbletemplates.pebble.template.EvaluationContextImpl;
import io.pebbletemplates.pebble.template.Macro;
import io.pebbletemplates.pebble.template.PebbleTemplateImpl;
import io.pebbletemplates.pebble.tokenParser.TokenParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * {@code {% macro %}}, whose output goes where it is wanted, counted and no deeper than allowed.
 */
final class MacroTag implements TokenParser {
  @Override
  public String getTag() {
    return "macro";
  }

  @Override
  public RenderableNode parse(Token token, Parser parser) {
    var stream = parser.getStream();
    stream.next();
    var name = stream.expect(Token.Type.NAME).getValue();
    var arguments = parser.getExpressionParser().parseArguments(true);
    stream.expect(Token.Type.EXECUTE_END);
    var body = parser.subparse(t -> t.test(Token.Type.NAME, "endmacro"));
    stream.next();
    if (stream.current().test(Token.Type.NAME, name)) {
      stream.next();
    }
    stream.expect(Token.Type.EXECUTE_END);
    return new Node(name, arguments, body);
  }

  private static final class Node extends MacroNode {
    private final Body macro;

    Node(String name, ArgumentsNode arguments, BodyNode body) {
      super(name, arguments, body);
      this.macro = new Body(this);
    }

    @Override
    public Macro getMacro() {
      return macro;
    }
  }

  /** A macro that can be run. */
  static final class Body implements Macro {
    private final MacroNode node;
    private final List<String> names;

    private Body(MacroNode node) {
      this.node = node;
      this.names = node.getArgs().getNamedArgs().stream().map(a -> a.getName()).toList();
    }

    @Override
    public String getName() {
      return node.getName();
    }

    @Override
    public List<String> getArgumentNames() {
      return names;
    }

    /** Runs it with the arguments of a call. */
    void run(Template self, TemplateWriter out, RenderContext context, Template.Call call)
        throws IOException {
      var arguments = call.arguments().getArgumentMap(call.caller(), context, this);
      context
          .rendering()
          .enter(self.getName() + " " + getName() + "()", call.caller(), call.line());
      run(self, out, context, arguments);
      context.rendering().leave();
    }

    private void run(
        Template self, TemplateWriter out, RenderContext context, Map<String, Object> arguments)
        throws IOException {
      var scopes = context.scopes();
      scopes.pushLocalScope();
      for (var argument : node.getArgs().getNamedArgs()) {
        var value = argument.getValueExpression();
        scopes.put(argument.getName(), value == null ? null : value.evaluate(self, context));
      }
      scopes.pushScope(arguments);
      node.getBody().render(self, out, context);
      scopes.popScope();
      scopes.popScope();
    }

    @Override
    public String call(
        PebbleTemplateImpl self, EvaluationContextImpl context, Map<String, Object> arguments) {
      var known = RenderContext.of(context);
      var out = new MemoryWriter(known.rendering());
      try {
        run((Template) self, out, known, arguments);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return out.text();
    }
  }
}
