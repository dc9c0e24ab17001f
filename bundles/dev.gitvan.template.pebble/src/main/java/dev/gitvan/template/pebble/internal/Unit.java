package dev.gitvan.template.pebble.internal;

import dev.gitvan.template.spi.CompiledTemplate;
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
  private final Part[] parts;

  /**
   * @param templates by name, the root included if it is a file
   * @param parts the files that the root names, and that those name
   */
  Unit(PebbleSession session, Template root, Map<String, Template> templates, List<Part> parts) {
    this.session = session;
    this.root = root;
    this.templates = templates;
    this.parts = parts.toArray(Part[]::new);
  }

  /** A file and what was made of it. */
  record Part(String name, CompiledText compiled) {}

  Map<String, Template> templates() {
    return templates;
  }

  /** Whether it is a session's, and every part is what would be linked now. */
  boolean isCurrent(PebbleSession user) {
    if (session != user) {
      return false;
    }
    for (var part : parts) {
      if (user.file(part.name()) != part.compiled()) {
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
        session.options(),
        session.extensions(),
        root,
        templates,
        session::link,
        new Scopes((Map<String, Object>) data));
  }
}
