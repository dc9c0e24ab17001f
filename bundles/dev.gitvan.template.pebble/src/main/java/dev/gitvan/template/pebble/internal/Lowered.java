package dev.gitvan.template.pebble.internal;

import io.pebbletemplates.pebble.extension.NodeVisitor;
import io.pebbletemplates.pebble.node.expression.Expression;
import io.pebbletemplates.pebble.template.EvaluationContextImpl;
import io.pebbletemplates.pebble.template.PebbleTemplateImpl;
import java.io.IOException;

/** An expression in the place of one of Pebble's, see {@link Lowering}. */
abstract class Lowered implements Expression<Object> {
  private final int line;

  Lowered(int line) {
    this.line = line;
  }

  @Override
  public final int getLineNumber() {
    return line;
  }

  /** Visitors see a template before it is lowered. */
  @Override
  public final void accept(NodeVisitor visitor) {}

  /** An expression that can say that it has no value, without an exception. */
  abstract static class Findable extends Lowered {
    Findable(int line) {
      super(line);
    }

    /** The value, which may be null; {@link Scopes#MISSING} when a name is not defined. */
    abstract Object find(PebbleTemplateImpl self, EvaluationContextImpl context);
  }

  /** An expression whose output need not be held in memory to be printed. */
  interface Streaming {
    void stream(Template self, TemplateWriter out, RenderContext context) throws IOException;
  }

  /** The value of an expression; null when a name in it is not defined. */
  static Object valueOrNull(
      Expression<?> expression, PebbleTemplateImpl self, EvaluationContextImpl context) {
    if (expression instanceof Findable findable) {
      var value = findable.find(self, context);
      return value == Scopes.MISSING ? null : value;
    }
    try {
      return expression.evaluate(self, context);
    } catch (io.pebbletemplates.pebble.error.AttributeNotFoundException e) {
      return null;
    }
  }
}
