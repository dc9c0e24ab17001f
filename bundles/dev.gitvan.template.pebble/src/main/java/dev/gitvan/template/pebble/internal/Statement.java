package dev.gitvan.template.pebble.internal;

import io.pebbletemplates.pebble.extension.NodeVisitor;
import io.pebbletemplates.pebble.node.AbstractRenderableNode;
import io.pebbletemplates.pebble.template.EvaluationContextImpl;
import io.pebbletemplates.pebble.template.PebbleTemplateImpl;
import java.io.IOException;
import java.io.Writer;

/** A node in the place of one of Pebble's; it knows where failures happen. */
abstract class Statement extends AbstractRenderableNode {
  Statement(int line) {
    super(line);
  }

  abstract void run(Template self, TemplateWriter out, RenderContext context) throws IOException;

  /** Whether a template that extends another still runs it. */
  boolean runsInChild() {
    return false;
  }

  @Override
  public final void render(PebbleTemplateImpl self, Writer writer, EvaluationContextImpl context)
      throws IOException {
    var template = (Template) self;
    var known = RenderContext.of(context);
    known.rendering().at(template, getLineNumber());
    try {
      run(template, (TemplateWriter) writer, known);
    } catch (RuntimeException e) {
      throw Failure.at(e, template.getName(), getLineNumber());
    }
  }

  /** Visitors see a template before it is lowered. */
  @Override
  public final void accept(NodeVisitor visitor) {}
}
