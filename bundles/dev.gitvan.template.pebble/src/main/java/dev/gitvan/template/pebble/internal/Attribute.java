package dev.gitvan.template.pebble.internal;

import io.pebbletemplates.pebble.node.ArgumentsNode;
import io.pebbletemplates.pebble.node.PositionalArgumentNode;
import io.pebbletemplates.pebble.node.expression.Expression;
import io.pebbletemplates.pebble.template.EvaluationContextImpl;
import io.pebbletemplates.pebble.template.PebbleTemplateImpl;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** {@code owner.name}, {@code owner[key]} or {@code owner.name(arguments)}. */
final class Attribute extends Lowered.Findable implements Lowered.Streaming {
  private final Expression<?> owner;
  private final Expression<?> key;

  /** The key when it is a string in the template; else null. */
  private final String name;

  /** Null unless it is called. */
  private final ArgumentsNode arguments;

  Attribute(
      Expression<?> owner, Expression<?> key, String name, ArgumentsNode arguments, int line) {
    super(line);
    this.owner = owner;
    this.key = key;
    this.name = name;
    this.arguments = arguments;
  }

  @Override
  Object find(PebbleTemplateImpl self, EvaluationContextImpl context) {
    var object =
        owner instanceof Lowered.Findable findable
            ? findable.find(self, context)
            : owner.evaluate(self, context);
    return object == Scopes.MISSING || object == null
        ? Scopes.MISSING
        : memberOf(object, self, context);
  }

  @Override
  public Object evaluate(PebbleTemplateImpl self, EvaluationContextImpl context) {
    var object = owner.evaluate(self, context);
    if (name != null && arguments == null && object instanceof Map<?, ?> map) {
      // By far the most frequent.
      var value = map.get(name);
      if (value != null) {
        return value;
      }
    }
    if (object == null) {
      if (context.isStrictVariables()) {
        throw undefined(null, self, context);
      }
      return null;
    }
    var value = memberOf(object, self, context);
    if (value != Scopes.MISSING) {
      return value;
    }
    if (context.isStrictVariables()) {
      throw undefined(object, self, context);
    }
    return null;
  }

  /** A macro's output goes straight to where it is printed. */
  @Override
  public void stream(Template self, TemplateWriter out, RenderContext context) throws IOException {
    var value =
        arguments != null && owner.evaluate(self, context) instanceof Tags.ImportedMacros macros
            ? macros.stream(call(self), out, context)
            : evaluate(self, context);
    if (value != null) {
      out.print(value);
    }
  }

  private Template.Call call(PebbleTemplateImpl self) {
    return new Template.Call((Template) self, name, arguments, getLineNumber());
  }

  private Object memberOf(Object object, PebbleTemplateImpl self, EvaluationContextImpl context) {
    if (arguments == null) {
      return Members.get(object, name != null ? name : key.evaluate(self, context));
    }
    if (object instanceof Tags.ImportedMacros macros) {
      return macros.call(call(self), RenderContext.of(context));
    }
    List<PositionalArgumentNode> given = arguments.getPositionalArgs();
    var values = new Object[given.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = given.get(i).getValueExpression().evaluate(self, context);
    }
    return Methods.call(object, name, values, self.getName(), getLineNumber());
  }

  private Undefined undefined(
      Object object, PebbleTemplateImpl self, EvaluationContextImpl context) {
    var wanted = name != null ? name : String.valueOf(key.evaluate(self, context));
    var shown = shown();
    if (object == null) {
      return new Undefined(
          (shown == null ? "the value before it" : shown) + " is null, so it has no " + wanted,
          wanted,
          List.of(),
          getLineNumber(),
          self.getName());
    }
    var what = shown == null ? wanted + " is not defined" : shown + " has no " + wanted;
    return new Undefined(
        "env".equals(shown) ? what + ": it is not set, or not listed in templates.env" : what,
        wanted,
        Members.names(object),
        getLineNumber(),
        self.getName());
  }

  /** The owner as it is written, where that is simple; else null. */
  private String shown() {
    if (owner instanceof Variable variable) {
      return variable.name();
    }
    if (owner instanceof Attribute attribute && attribute.name != null) {
      var before = attribute.shown();
      return before == null ? null : before + "." + attribute.name;
    }
    return null;
  }
}
