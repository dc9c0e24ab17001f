package dev.gitvan.template.pebble.internal;

import dev.gitvan.template.spi.CompiledTemplate;
import dev.gitvan.template.spi.TemplateLoader;
import dev.gitvan.template.spi.TemplateLoader.Source;
import io.pebbletemplates.pebble.PebbleEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;

/**
 * A template with all those that it names statically, each in one version, so that a rendering
 * never sees half of an edit. Immutable.
 */
final class Unit implements CompiledTemplate {
  private final PebbleSession session;
  private final Template root;
  private final Map<String, Template> templates;
  private final List<Source> sources;

  /**
   * @param templates by name, the root included if it is a file
   * @param sources what they were compiled from
   */
  Unit(
      PebbleSession session, Template root, Map<String, Template> templates, List<Source> sources) {
    this.session = session;
    this.root = root;
    this.templates = templates;
    this.sources = sources;
  }

  Map<String, Template> templates() {
    return templates;
  }

  /** Whether every file still has the text that it was compiled from. */
  boolean isCurrent(TemplateLoader loader) {
    for (int i = 0; i < sources.size(); i++) {
      var source = sources.get(i);
      var now = loader.load(source.name());
      if (now != source && !now.version().equals(source.version())) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void render(Map<String, ?> data, Writer out) throws IOException {
    var rendering = rendering(data);
    var writer = new OutputWriter(rendering, out);
    try {
      root.run(writer, context(rendering));
      writer.drain();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (RuntimeException e) {
      throw Failure.rendering(e, root.getName());
    } catch (StackOverflowError e) {
      throw rendering.tooDeep();
    }
  }

  /** The value of an expression that was compiled with this. */
  Object evaluate(
      io.pebbletemplates.pebble.node.expression.Expression<?> expression, Map<String, ?> data) {
    var rendering = rendering(data);
    try {
      return expression.evaluate(root, context(rendering));
    } catch (RuntimeException e) {
      throw Failure.rendering(Failure.at(e, root.getName(), 0), root.getName());
    } catch (StackOverflowError e) {
      throw rendering.tooDeep();
    }
  }

  private RenderContext context(Rendering rendering) {
    return new RenderContext(engine(), rendering, root);
  }

  private PebbleEngine engine() {
    return session.engine();
  }

  @SuppressWarnings("unchecked")
  private Rendering rendering(Map<String, ?> data) {
    // Nothing is ever put into the data, see Scopes.
    return new Rendering(
        session.options(), root, templates, session::link, new Scopes((Map<String, Object>) data));
  }
}
