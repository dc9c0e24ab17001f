package dev.gitvan.template.pebble.internal;

import io.pebbletemplates.pebble.extension.NodeVisitor;
import io.pebbletemplates.pebble.node.AbstractRenderableNode;
import io.pebbletemplates.pebble.node.BodyNode;
import io.pebbletemplates.pebble.node.RenderableNode;
import io.pebbletemplates.pebble.node.expression.Expression;
import io.pebbletemplates.pebble.template.EvaluationContextImpl;
import io.pebbletemplates.pebble.template.PebbleTemplateImpl;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** The small statements. */
final class Statements {
  private Statements() {}

  /** One after the other. */
  static final class Block extends AbstractRenderableNode {
    private final RenderableNode[] nodes;

    Block(List<RenderableNode> nodes, BodyNode body) {
      super(body.getLineNumber());
      this.nodes = nodes.toArray(RenderableNode[]::new);
    }

    @Override
    public void render(PebbleTemplateImpl self, Writer out, EvaluationContextImpl context)
        throws IOException {
      for (var node : nodes) {
        node.render(self, out, context);
      }
    }

    /** Visitors see a template before it is lowered. */
    @Override
    public void accept(NodeVisitor visitor) {}
  }

  /** <code>{{ expression }}</code>. */
  static final class Print extends Statement {
    private final Expression<?> expression;

    Print(Expression<?> expression, int line) {
      super(line);
      this.expression = expression;
    }

    @Override
    void run(Template self, TemplateWriter out, RenderContext context) throws IOException {
      var value = expression.evaluate(self, context);
      if (value != null) {
        out.print(value);
      }
    }
  }

  /** <code>{{ macro(arguments) }}</code> and the like, printed as it is made. */
  static final class Stream extends Statement {
    private final Lowered.Streaming expression;

    Stream(Lowered.Streaming expression, int line) {
      super(line);
      this.expression = expression;
    }

    @Override
    void run(Template self, TemplateWriter out, RenderContext context) throws IOException {
      expression.stream(self, out, context);
    }
  }

  /** {@code {% if %}}. */
  static final class Branches extends Statement {
    private final Expression<?>[] conditions;
    private final RenderableNode[] bodies;

    /**
     * @param bodies one for each condition, and one more if there is an else
     */
    Branches(List<Expression<?>> conditions, List<RenderableNode> bodies, int line) {
      super(line);
      this.conditions = conditions.toArray(Expression<?>[]::new);
      this.bodies = bodies.toArray(RenderableNode[]::new);
    }

    @Override
    void run(Template self, TemplateWriter out, RenderContext context) throws IOException {
      for (int i = 0; i < conditions.length; i++) {
        if (Values.isTrue(conditions[i].evaluate(self, context))) {
          bodies[i].render(self, out, context);
          return;
        }
      }
      if (bodies.length > conditions.length) {
        bodies[conditions.length].render(self, out, context);
      }
    }
  }

  /** {@code {% set %}}. */
  static final class Assignment extends Statement {
    private final String name;
    private final Expression<?> value;

    Assignment(String name, Expression<?> value, int line) {
      super(line);
      this.name = name;
      this.value = value;
    }

    @Override
    boolean runsInChild() {
      return true;
    }

    @Override
    void run(Template self, TemplateWriter out, RenderContext context) {
      context.scopes().set(name, value.evaluate(self, context));
    }
  }
}
