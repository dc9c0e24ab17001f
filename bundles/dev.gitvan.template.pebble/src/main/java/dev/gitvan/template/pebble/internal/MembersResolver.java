package dev.gitvan.template.pebble.internal;

import io.pebbletemplates.pebble.attributes.AttributeResolver;
import io.pebbletemplates.pebble.attributes.ResolvedAttribute;
import io.pebbletemplates.pebble.node.ArgumentsNode;
import io.pebbletemplates.pebble.template.EvaluationContextImpl;

/** Gives Pebble's own expressions the same members that {@link Attribute} gives. */
final class MembersResolver implements AttributeResolver {
  @Override
  public ResolvedAttribute resolve(
      Object object,
      Object key,
      Object[] values,
      ArgumentsNode arguments,
      EvaluationContextImpl context,
      String template,
      int line) {
    if (object == null) {
      return new ResolvedAttribute(null);
    }
    var member =
        values == null
            ? Members.get(object, key)
            : Methods.call(object, String.valueOf(key), values, template, line);
    if (member != Scopes.MISSING) {
      return new ResolvedAttribute(member);
    }
    if (context.isStrictVariables()) {
      throw new Undefined(
          key + " is not defined", String.valueOf(key), Members.names(object), line, template);
    }
    return new ResolvedAttribute(null);
  }
}
