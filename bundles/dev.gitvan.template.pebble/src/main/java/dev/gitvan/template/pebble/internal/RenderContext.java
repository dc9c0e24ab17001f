package dev.gitvan.template.pebble.internal;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.template.EvaluationContextImpl;
import io.pebbletemplates.pebble.template.PebbleTemplateImpl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Pebble's context of one template, which knows the rendering that it is part of. */
final class RenderContext extends EvaluationContextImpl {
  private final PebbleEngine engine;
  private final Rendering rendering;
  private final Map<String, PebbleTemplateImpl> aliases;

  RenderContext(PebbleEngine engine, Rendering rendering, Template self) {
    this(engine, rendering, self, new ArrayList<>(), new HashMap<>());
  }

  private RenderContext(
      PebbleEngine engine,
      Rendering rendering,
      PebbleTemplateImpl self,
      List<PebbleTemplateImpl> imported,
      Map<String, PebbleTemplateImpl> aliases) {
    super(
        self,
        engine.isStrictVariables(),
        engine.getDefaultLocale(),
        engine.getMaxRenderedSize(),
        engine.getExtensionRegistry(),
        engine.getTagCache(),
        null,
        imported,
        aliases,
        rendering.scopes(),
        null,
        engine.getEvaluationOptions());
    this.engine = engine;
    this.rendering = rendering;
    this.aliases = aliases;
  }

  static RenderContext of(EvaluationContextImpl context) {
    return (RenderContext) context;
  }

  Rendering rendering() {
    return rendering;
  }

  Scopes scopes() {
    return rendering.scopes();
  }

  @Override
  public RenderContext shallowCopyWithoutInheritanceChain(PebbleTemplateImpl self) {
    return new RenderContext(engine, rendering, self, getImportedTemplates(), aliases);
  }

  /** An import in a loop gives the same alias again and again. */
  @Override
  public void addNamedImportedTemplates(String alias, PebbleTemplateImpl template) {
    aliases.put(alias, template);
  }
}
