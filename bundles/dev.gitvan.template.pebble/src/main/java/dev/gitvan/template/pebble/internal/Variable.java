package dev.gitvan.template.pebble.internal;

import io.pebbletemplates.pebble.template.EvaluationContextImpl;
import io.pebbletemplates.pebble.template.PebbleTemplateImpl;

/** A variable. */
final class Variable extends Lowered.Findable {
  private final String name;

  Variable(String name, int line) {
    super(line);
    this.name = name;
  }

  String name() {
    return name;
  }

  @Override
  Object find(PebbleTemplateImpl self, EvaluationContextImpl context) {
    return RenderContext.of(context).scopes().find(name);
  }

  @Override
  public Object evaluate(PebbleTemplateImpl self, EvaluationContextImpl context) {
    var scopes = RenderContext.of(context).scopes();
    var value = scopes.find(name);
    if (value != Scopes.MISSING) {
      return value;
    }
    if (context.isStrictVariables()) {
      throw new Undefined(
          name + " is not defined", name, scopes.names(), getLineNumber(), self.getName());
    }
    return null;
  }
}
