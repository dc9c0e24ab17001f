package dev.gitvan.template.pebble.internal;

import dev.gitvan.diagnostics.Codes;
import dev.gitvan.template.spi.TemplateExtension;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.extension.core.DefaultFilter;
import io.pebbletemplates.pebble.extension.escaper.EscapeFilter;
import io.pebbletemplates.pebble.extension.escaper.SafeString;
import io.pebbletemplates.pebble.node.ArgumentsNode;
import io.pebbletemplates.pebble.node.RenderableNode;
import io.pebbletemplates.pebble.node.expression.Expression;
import io.pebbletemplates.pebble.template.EvaluationContextImpl;
import io.pebbletemplates.pebble.template.PebbleTemplateImpl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Expressions that call something: filters, macros, blocks; and literals of lists and maps. */
final class Calls {
  private Calls() {}

  /** {@code value | filter(arguments)}. */
  static final class Filtered extends Lowered {
    private final Expression<?> input;
    private final String name;
    private final Filter filter;
    private final ArgumentsNode arguments;
    private final boolean bare;

    Filtered(Expression<?> input, String name, Filter filter, ArgumentsNode arguments, int line) {
      super(line);
      this.input = input;
      this.name = name;
      this.filter = filter;
      this.arguments = arguments;
      this.bare = isEmpty(arguments.getPositionalArgs()) && isEmpty(arguments.getNamedArgs());
    }

    private static boolean isEmpty(List<?> list) {
      return list == null || list.isEmpty();
    }

    @Override
    public Object evaluate(PebbleTemplateImpl self, EvaluationContextImpl context) {
      Map<String, Object> given = bare ? Map.of() : arguments.getArgumentMap(self, context, filter);
      var value =
          filter instanceof DefaultFilter
              ? valueOrNull(input, self, context)
              : input.evaluate(self, context);
      if (value instanceof SafeString && !(filter instanceof EscapeFilter)) {
        value = value.toString();
      }
      try {
        return filter.apply(value, given, self, context, getLineNumber());
      } catch (BadArgument e) {
        throw new BadArgument("filter " + name + ": " + e.getMessage(), e.remedy());
      } catch (ClassCastException e) {
        throw new BadArgument("filter " + name + " cannot work with " + Values.kind(value));
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw new BadArgument("filter " + name + ": " + Failure.reason(e));
      }
    }
  }

  /** {@code value | filter(arguments)}, where a bundle contributes the filter. */
  static final class ContributedFilter extends Lowered {
    private final Expression<?> input;
    private final String name;
    private final ArgumentsNode arguments;

    ContributedFilter(Expression<?> input, String name, ArgumentsNode arguments, int line) {
      super(line);
      this.input = input;
      this.name = name;
      this.arguments = arguments;
    }

    @Override
    public Object evaluate(PebbleTemplateImpl self, EvaluationContextImpl context) {
      var value = input.evaluate(self, context);
      var filter = RenderContext.of(context).rendering().extensions().filter(name);
      return contributed(filter, "filter", name, value, arguments, self, context, this);
    }
  }

  /** {@code name(arguments)}: a macro, else a function that a bundle contributes. */
  static final class MacroCall extends Lowered implements Lowered.Streaming {
    private final String name;
    private final ArgumentsNode arguments;

    MacroCall(String name, ArgumentsNode arguments, int line) {
      super(line);
      this.name = name;
      this.arguments = arguments;
    }

    @Override
    public Object evaluate(PebbleTemplateImpl self, EvaluationContextImpl context) {
      var output = self.macro(context, name, arguments, false, getLineNumber());
      return output == null ? function(self, context) : output;
    }

    @Override
    public void stream(Template self, TemplateWriter out, RenderContext context)
        throws IOException {
      if (!self.macro(
          out, context, new Template.Call(self, name, arguments, getLineNumber()), false)) {
        out.write(function(self, context));
      }
    }

    private Object function(PebbleTemplateImpl self, EvaluationContextImpl context) {
      var function = RenderContext.of(context).rendering().extensions().function(name);
      return contributed(function, "function or macro", name, null, arguments, self, context, this);
    }
  }

  /** Calls a filter or function that a bundle contributes. */
  private static Object contributed(
      Optional<TemplateExtension> extension,
      String what,
      String name,
      Object input,
      ArgumentsNode arguments,
      PebbleTemplateImpl self,
      EvaluationContextImpl context,
      Lowered call) {
    if (extension.isEmpty()) {
      throw Failure.of(
          Codes.TEMPLATE_SYNTAX,
          self.getName(),
          call.getLineNumber(),
          "there is no " + what + " " + name,
          ForeignNames.FUNCTION.remedy(
              name, "Correct the name, or install the bundle that contributes it."));
    }
    var positional = new ArrayList<>();
    if (arguments.getPositionalArgs() != null) {
      arguments
          .getPositionalArgs()
          .forEach(each -> positional.add(each.getValueExpression().evaluate(self, context)));
    }
    var named = new LinkedHashMap<String, Object>();
    if (arguments.getNamedArgs() != null) {
      arguments
          .getNamedArgs()
          .forEach(
              each -> named.put(each.getName(), each.getValueExpression().evaluate(self, context)));
    }
    var place = Failure.place(self.getName(), call.getLineNumber());
    return extension.get().call(place, input, positional, named);
  }

  /** What is rendered to be used as a value. */
  abstract static class Captured extends Lowered implements Lowered.Streaming {
    Captured(int line) {
      super(line);
    }

    @Override
    public Object evaluate(PebbleTemplateImpl self, EvaluationContextImpl context) {
      var known = RenderContext.of(context);
      var out = new MemoryWriter(known.rendering());
      try {
        stream((Template) self, out, known);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return out.text();
    }
  }

  /** What a filter tag encloses. */
  static final class Enclosed extends Captured {
    private final RenderableNode body;

    Enclosed(RenderableNode body, int line) {
      super(line);
      this.body = body;
    }

    @Override
    public void stream(Template self, TemplateWriter out, RenderContext context)
        throws IOException {
      body.render(self, out, context);
    }
  }

  /** {@code block("name")}. */
  static final class BlockCall extends Captured {
    private final Expression<?> name;

    BlockCall(Expression<?> name, int line) {
      super(line);
      this.name = name;
    }

    @Override
    public void stream(Template self, TemplateWriter out, RenderContext context)
        throws IOException {
      var block = String.valueOf(name.evaluate(self, context));
      context.rendering().enter("block " + block, self, getLineNumber());
      self.block(out, context, block, false);
      context.rendering().leave();
    }
  }

  /** {@code parent()}. */
  static final class ParentCall extends Captured {
    private final String block;

    /**
     * @param block the block that it is in; null outside of all
     */
    ParentCall(String block, int line) {
      super(line);
      this.block = block;
    }

    @Override
    public void stream(Template self, TemplateWriter out, RenderContext context)
        throws IOException {
      var hierarchy = context.getHierarchy();
      var parent = hierarchy.getParent();
      if (parent == null || block == null) {
        throw new BadArgument("parent() is for blocks of a template that extends another");
      }
      hierarchy.ascend();
      parent.block(out, context, block, true);
      hierarchy.descend();
    }
  }

  /** {@code [a, b]}. */
  static final class ListLiteral extends Lowered {
    private final List<Expression<?>> items;

    ListLiteral(List<Expression<?>> items, int line) {
      super(line);
      this.items = items;
    }

    @Override
    public Object evaluate(PebbleTemplateImpl self, EvaluationContextImpl context) {
      var list = new Lists.Built();
      for (var item : items) {
        list.add(item.evaluate(self, context));
      }
      return list;
    }
  }

  /** An integer that need not fit a long. */
  static final class IntegerLiteral extends Lowered {
    /** What {@link Tokens} makes of it. */
    static final String FUNCTION = "__integer";

    private final Number value;

    IntegerLiteral(String digits, int line) {
      super(line);
      this.value = Numbers.integer(digits);
    }

    @Override
    public Object evaluate(PebbleTemplateImpl self, EvaluationContextImpl context) {
      return value;
    }
  }

  /** A map's literal: in the order in which it is written, and the last of equal keys wins. */
  static final class MapLiteral extends Lowered {
    /** What {@link Tokens} makes of the braces. */
    static final String FUNCTION = "__map";

    private final List<Expression<?>> keysAndValues;

    MapLiteral(List<Expression<?>> keysAndValues, int line) {
      super(line);
      this.keysAndValues = keysAndValues;
    }

    @Override
    public Object evaluate(PebbleTemplateImpl self, EvaluationContextImpl context) {
      var map = new LinkedHashMap<Object, Object>();
      for (int i = 0; i < keysAndValues.size(); i += 2) {
        var key = keysAndValues.get(i).evaluate(self, context);
        map.put(
            key instanceof SafeString ? key.toString() : key,
            keysAndValues.get(i + 1).evaluate(self, context));
      }
      return map;
    }
  }
}
