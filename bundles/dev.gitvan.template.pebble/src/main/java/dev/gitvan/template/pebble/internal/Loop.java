package dev.gitvan.template.pebble.internal;

import io.pebbletemplates.pebble.node.RenderableNode;
import io.pebbletemplates.pebble.node.expression.Expression;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/**
 * {@code {% for %}}. Looks one item ahead, no further: a long history is read as far as it is
 * shown, unless {@code loop.length} or {@code loop.revindex} is asked for.
 */
final class Loop extends Statement {
  private final String variable;
  private final Expression<?> items;
  private final RenderableNode body;
  private final RenderableNode otherwise;

  /**
   * @param otherwise what runs when there are no items; null: nothing
   */
  Loop(
      String variable,
      Expression<?> items,
      RenderableNode body,
      RenderableNode otherwise,
      int line) {
    super(line);
    this.variable = variable;
    this.items = items;
    this.body = body;
    this.otherwise = otherwise;
  }

  @Override
  void run(Template self, TemplateWriter out, RenderContext context) throws IOException {
    var value = items.evaluate(self, context);
    var all = value == null ? List.of() : Lists.items(value, "for");
    var iterator = all.iterator();
    try {
      if (iterator.hasNext()) {
        run(self, out, context, all, iterator);
      } else if (otherwise != null) {
        otherwise.render(self, out, context);
      }
    } finally {
      Values.close(iterator);
    }
  }

  private void run(
      Template self,
      TemplateWriter out,
      RenderContext context,
      Iterable<?> all,
      Iterator<?> iterator)
      throws IOException {
    var rendering = context.rendering();
    var scopes = context.scopes();
    var state = new State(all);
    scopes.pushScope();
    while (state.advance(iterator)) {
      rendering.round();
      scopes.put("loop", state);
      scopes.put(variable, state.item);
      body.render(self, out, context);
    }
    scopes.popScope();
  }

  /** {@code loop}. */
  static final class State {
    static final List<String> NAMES = List.of("index", "length", "first", "last", "revindex");

    private final Iterable<?> all;
    private long index = -1;
    private long length = -1;
    private boolean last;
    private Object item;

    State(Iterable<?> all) {
      this.all = all;
    }

    private boolean advance(Iterator<?> iterator) {
      if (last) {
        return false;
      }
      item = iterator.next();
      index++;
      last = !iterator.hasNext();
      return true;
    }

    Object get(String name) {
      return switch (name) {
        case "index" -> index;
        case "first" -> index == 0;
        case "last" -> last;
        case "length" -> length();
        case "revindex" -> length() - index - 1;
        default -> Scopes.MISSING;
      };
    }

    private long length() {
      if (length < 0) {
        length = last ? index + 1 : Lists.length(all);
      }
      return length;
    }

    @Override
    public String toString() {
      return "{index=" + index + ", first=" + (index == 0) + ", last=" + last + "}";
    }
  }
}
