package dev.gitvan.template.pebble.internal;

import dev.gitvan.diagnostics.Codes;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.extension.escaper.SafeString;
import io.pebbletemplates.pebble.node.ArgumentsNode;
import io.pebbletemplates.pebble.node.RenderableNode;
import io.pebbletemplates.pebble.node.RootNode;
import io.pebbletemplates.pebble.template.EvaluationContextImpl;
import io.pebbletemplates.pebble.template.Macro;
import io.pebbletemplates.pebble.template.PebbleTemplateImpl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BinaryOperator;

/**
 * A template as Pebble knows it, that finds other templates and macros through the rendering. It
 * does not change once it is compiled. Safe for any thread.
 */
final class Template extends PebbleTemplateImpl {
  private final BinaryOperator<String> resolver;
  private final Map<String, MacroTag.Body> macros = new HashMap<>();
  private RenderableNode[] body = {};

  /**
   * @param resolver what a reference means, given this template's name
   */
  Template(PebbleEngine engine, RootNode root, String name, BinaryOperator<String> resolver) {
    super(engine, root, name);
    this.resolver = resolver;
  }

  /** Gives it its lowered body, before anybody sees it. */
  void complete(Iterable<RenderableNode> nodes) {
    var list = new java.util.ArrayList<RenderableNode>();
    nodes.forEach(list::add);
    body = list.toArray(RenderableNode[]::new);
  }

  /** Runs it, then the template that it extends. */
  void run(TemplateWriter out, RenderContext context) throws IOException {
    var hierarchy = context.getHierarchy();
    for (var node : body) {
      if (hierarchy.getParent() == null
          || node instanceof Statement statement && statement.runsInChild()) {
        node.render(this, out, context);
      }
    }
    if (hierarchy.getParent() instanceof Template parent) {
      hierarchy.ascend();
      parent.run(out, context);
      context.rendering().leave();
    }
  }

  @Override
  public String resolveRelativePath(String reference) {
    return resolver.apply(reference, getName());
  }

  /** Includes another template. */
  void include(
      TemplateWriter out, RenderContext context, String reference, Map<?, ?> variables, int line)
      throws IOException {
    var rendering = context.rendering();
    var template = rendering.template(resolveRelativePath(reference));
    rendering.enter(template.getName(), this, line);
    var scopes = context.scopes();
    scopes.pushScope();
    for (var variable : variables.entrySet()) {
      scopes.put(String.valueOf(variable.getKey()), variable.getValue());
    }
    template.run(out, context.shallowCopyWithoutInheritanceChain(template));
    scopes.popScope();
    rendering.leave();
  }

  /** Extends another template, which runs when this one has. */
  void extend(RenderContext context, String reference, int line) {
    var rendering = context.rendering();
    var parent = rendering.template(resolveRelativePath(reference));
    rendering.enter(parent.getName(), this, line);
    context.getHierarchy().pushAncestor(parent);
  }

  /** Refuses an import of this template: it would do nothing, whatever its author expects. */
  void checkForeign(String reference, int line) {
    if (resolveRelativePath(reference).equals(getName())) {
      throw Failure.of(
          Codes.TEMPLATE_DEPTH,
          getName(),
          line,
          "the template imports itself: " + getName() + " > " + getName(),
          "Remove the import: a template calls its own macros by their names.");
    }
  }

  /** Makes the macros of another template known by their own names. */
  void importAll(RenderContext context, String reference) {
    var template = context.rendering().template(resolveRelativePath(reference));
    if (!context.getImportedTemplates().contains(template)) {
      context.getImportedTemplates().add(template);
    }
  }

  /** Makes a macro of another template known here, for one rendering. */
  void importMacro(RenderContext context, String reference, String name, String alias) {
    var rendering = context.rendering();
    var template = rendering.template(resolveRelativePath(reference));
    if (!template.hasMacro(name)) {
      throw new BadArgument(template.getName() + " has no macro " + name);
    }
    rendering.importMacro(this, alias, new Rendering.MacroReference(template, name));
  }

  @Override
  public boolean hasMacro(String name) {
    return macros.containsKey(name);
  }

  @Override
  public void registerMacro(Macro macro) {
    if (macros.putIfAbsent(macro.getName(), (MacroTag.Body) macro) != null) {
      throw new PebbleException(null, "the macro " + macro.getName() + " is defined twice");
    }
  }

  /** Null when there is no such macro. */
  @Override
  public SafeString macro(
      EvaluationContextImpl context,
      String name,
      ArgumentsNode arguments,
      boolean ignoreChild,
      int line) {
    var known = RenderContext.of(context);
    var out = new MemoryWriter(known.rendering());
    try {
      return macro(out, known, new Call(this, name, arguments, line), ignoreChild)
          ? new SafeString(out.text())
          : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A call of a macro.
   *
   * @param caller the template that it is written in
   */
  record Call(Template caller, String name, ArgumentsNode arguments, int line) {
    Call named(String other) {
      return new Call(caller, other, arguments, line);
    }
  }

  /**
   * Runs a macro: a child's, else this template's, an imported one, a parent's.
   *
   * @param ignoreChild whether a child has been asked already
   * @return false when nothing has that name
   */
  boolean macro(TemplateWriter out, RenderContext context, Call call, boolean ignoreChild)
      throws IOException {
    var hierarchy = context.getHierarchy();
    if (!ignoreChild && hierarchy.getChild() instanceof Template child) {
      hierarchy.descend();
      boolean found = child.macro(out, context, call, false);
      hierarchy.ascend();
      return found;
    }
    var own = macros.get(call.name());
    if (own != null) {
      own.run(this, out, context, call);
      return true;
    }
    var reference = context.rendering().importedMacro(this, call.name());
    if (reference != null) {
      reference.template().foreignMacro(out, context, call.named(reference.name()));
      return true;
    }
    for (var imported : context.getImportedTemplates()) {
      if (imported.hasMacro(call.name())) {
        ((Template) imported).foreignMacro(out, context, call);
        return true;
      }
    }
    if (!(hierarchy.getParent() instanceof Template parent)) {
      return false;
    }
    hierarchy.ascend();
    boolean found = parent.macro(out, context, call, true);
    hierarchy.descend();
    return found;
  }

  /** Runs a macro of this template from another: what that one extends has no part in it. */
  void foreignMacro(TemplateWriter out, RenderContext context, Call call) throws IOException {
    var own = macros.get(call.name());
    if (own == null) {
      throw new PebbleException(
          null, getName() + " has no macro " + call.name(), call.line(), call.caller().getName());
    }
    own.run(this, out, context.shallowCopyWithoutInheritanceChain(this), call);
  }

  @Override
  public void block(Writer out, EvaluationContextImpl context, String name, boolean ignoreChild)
      throws IOException {
    // A block that shows itself through block() would end with the stack.
    var rendering = RenderContext.of(context).rendering();
    rendering.checkInterrupted();
    super.block(out, context, name, ignoreChild);
  }
}
